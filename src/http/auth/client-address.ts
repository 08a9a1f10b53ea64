// Where a request comes from, as far as that tells clients apart: behind a proxy only what the proxy says, and that only
// where whoever runs the server says that there is one, as anybody can write such a header.
import { isIPv4, isIPv6 } from 'node:net'
import type { Context } from 'hono'

/** The client's address behind so many proxies; an IPv6 one is its network, as a client has many; '' tells nothing. */
export function addressOf(c: Context, proxies: number): string {
  const { incoming } = (c.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string | undefined } } }
  const remote = incoming?.socket?.remoteAddress ?? ''
  if (proxies === 0) return partOf(remote)
  const said = (c.req.header('x-forwarded-for') ?? '').split(',').map((one) => one.trim())
  // Each proxy adds whom it was asked by at the end; what stands before that may be a lie.
  return partOf(said.at(-proxies) ?? '')
}

/** This machine itself may be a proxy that nobody spoke of, with everybody behind it. */
function partOf(address: string): string {
  const plain = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '')
  if (isIPv4(plain)) return plain.startsWith('127.') ? '' : plain
  if (!isIPv6(plain) || plain === '::1') return ''
  const [head = '', tail] = plain.replace(/%.*$/, '').split('::')
  const groups = head.split(':').filter(Boolean)
  const rest = tail === undefined ? [] : tail.split(':').filter(Boolean)
  const all = [...groups, ...Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => '0'), ...rest]
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}
