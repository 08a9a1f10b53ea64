// Client address of a request, used to tell clients apart. X-Forwarded-For counts only if the server is configured to
// be behind proxies, because any client can send that header.
import { isIPv4, isIPv6 } from 'node:net'
import type { Context } from 'hono'

/** The client's address behind `proxies` proxies; for IPv6 its /64 network, as a client has many; '' if unknown. */
export function addressOf(c: Context, proxies: number): string {
  const { incoming } = (c.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string | undefined } } }
  const remote = incoming?.socket?.remoteAddress ?? ''
  if (proxies === 0) return normalizeAddress(remote)
  const said = (c.req.header('x-forwarded-for') ?? '').split(',').map((one) => one.trim())
  // Each proxy appends the address of its client; earlier entries may be forged.
  return normalizeAddress(said.at(-proxies) ?? '')
}

/** '' for the loopback: it may be a proxy that is not configured, with all clients behind it. */
function normalizeAddress(address: string): string {
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
