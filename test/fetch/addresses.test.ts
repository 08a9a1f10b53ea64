// Hostile spellings of addresses: whatever a URL, name or redirect contains, no internal address is ever connected to.
import { createServer, type AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isOwn, isPublic } from '../../src/fetch/addresses.ts'
import { fetchFile } from '../../src/fetch/fetch-file.ts'
import { FetchError } from '../../src/fetch/fetch-error.ts'
import { BROKEN, SPELLINGS } from './spellings.ts'

let connections = 0
const inner = createServer((socket) => {
  connections++
  socket.destroy()
})
let port = 0
beforeAll(async () => {
  // IPv4 and IPv6, where the machine has both.
  await new Promise<void>((resolve) => {
    inner.once('error', () => inner.listen(0, '127.0.0.1', resolve))
    inner.listen({ port: 0, host: '::', ipv6Only: false }, resolve)
  })
  port = (inner.address() as AddressInfo).port
})
afterAll(() => void inner.close())

const request = () => ({
  signal: new AbortController().signal,
  folder: '/nonexistent',
  maxBytes: 1000,
  timeoutMs: 2000,
})

/** The code of the refusal; any connection is an error. */
async function refused(url: string, addresses: readonly string[] = ['127.0.0.1']): Promise<string> {
  const resolve = () =>
    Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })))
  const connect = (): never => {
    throw new Error(`connects for ${url}`)
  }
  try {
    await fetchFile(url, { ...request(), resolve, connect })
  } catch (error) {
    if (!(error instanceof FetchError)) throw error
    expect(error.message).not.toMatch(/connects|ECONN/)
    return error.code
  }
  throw new Error(`fetched ${url}`)
}

const here = (url: string): string => url.replace('PORT', String(port))

describe('a URL', () => {
  it.each(SPELLINGS)('%j leads nowhere', async (spelling) => {
    expect(await refused(here(spelling))).toBe('fetch_address')
  })

  it.each(BROKEN)('%j is refused: %s', async (spelling, code) => {
    expect(await refused(here(spelling))).toBe(code)
  })

  it.each([
    [['93.184.215.14', '127.0.0.1']],
    [['127.0.0.1', '93.184.215.14']],
    [['2606:2800:21f:cb07::1', '::1']],
    [['93.184.215.14', '::ffff:10.0.0.1']],
    [['93.184.215.14', 'fe80::1%eth0']],
    [['64:ff9b::7f00:1']],
    [['not an address']],
  ])('of a name with the addresses %j is refused as a whole', async (addresses) => {
    expect(await refused(`https://mixed.example.org:${port}/`, addresses)).toBe('fetch_address')
  })

  it('of a name without any address is told of so', async () => {
    expect(await refused('https://none.example.org/', [])).toBe('fetch_dns')
  })

  it('reached nobody on this machine, with the real resolver and the real network either', async () => {
    for (const spelling of [
      'https://127.0.0.1:PORT/',
      'https://[::1]:PORT/',
      'https://localhost:PORT/',
      'https://0:PORT/',
    ])
      await expect(fetchFile(here(spelling), request())).rejects.toMatchObject({ code: 'fetch_address' })
    expect(connections).toBe(0)
    expect(SPELLINGS.length + BROKEN.length).toBeGreaterThan(120)
  })
})

describe('a connection', () => {
  it('goes to the address that was checked, though the name would lead elsewhere when it is asked again', async () => {
    let lookups = 0
    const resolve = () => Promise.resolve([{ address: lookups++ === 0 ? '93.184.215.14' : '127.0.0.1', family: 4 }])
    const pinned: unknown[] = []
    const connect: NonNullable<Parameters<typeof fetchFile>[1]['connect']> = ({ lookup, ...rest }) => {
      const { host, port: at } = rest as { host: string; port: number }
      for (const all of [true, false]) lookup?.(host, { all }, (_, address) => pinned.push([host, at, address]))
      throw new Error('far enough')
    }
    const work = fetchFile('https://rebinding.example.org/', { ...request(), resolve, connect })
    await expect(work).rejects.toMatchObject({ code: 'fetch_failed' })
    const [host, checked] = ['rebinding.example.org', '93.184.215.14']
    expect(pinned).toEqual([
      [host, 443, [{ address: checked, family: 4 }]],
      [host, 443, checked],
    ])
    expect(lookups).toBe(1)
  })

  it('is ended before anything is sent if another address is at its other end', async () => {
    const { connect: real } = await import('node:net')
    let written = -1
    const connect = () => {
      const socket = real(port, '127.0.0.1')
      socket.on('close', () => (written = socket.bytesWritten))
      return socket
    }
    const resolve = () => Promise.resolve([{ address: '93.184.215.14', family: 4 }])
    const before = connections
    await expect(fetchFile('https://example.org/', { ...request(), resolve, connect })).rejects.toMatchObject({
      code: 'fetch_address',
      message: 'example.org is not on the public internet, so nothing is fetched from it.',
    })
    await expect.poll(() => written).toBe(0)
    await expect.poll(() => connections).toBe(before + 1)
  })
})

describe('an address', () => {
  it.each(['1.1.1.1', '8.8.8.8', '93.184.215.14', '100.63.255.255', '100.128.0.0', '172.15.255.255', '172.32.0.0'])(
    '%s is public',
    (address) => expect(isPublic(address)).toBe(true),
  )

  it.each(['2606:4700:4700::1111', '2001:4860:4860::8888', '2400:3200::1', '2a00:1450:4001::1', '2001:200::1'])(
    '%s is public',
    (address) => expect(isPublic(address)).toBe(true),
  )

  it.each(['', 'localhost', '127.1', '0177.0.0.1', '1.1.1.1%eth0', '2606:4700::1%1', ' 1.1.1.1', '1.1.1.1/32'])(
    '%j is none',
    (address) => expect(isPublic(address)).toBe(false),
  )

  const last = (net: string): string => net + ':ffff'.repeat(8 - net.split(':').length)
  it.each([
    ['0.0.0.0', '0.255.255.255'],
    ['10.0.0.0', '10.255.255.255'],
    ['100.64.0.0', '100.127.255.255'],
    ['127.0.0.0', '127.255.255.255'],
    ['168.63.129.16', '168.63.129.16'],
    ['169.254.0.0', '169.254.255.255'],
    ['172.16.0.0', '172.31.255.255'],
    ['192.0.0.0', '192.0.0.255'],
    ['192.0.2.0', '192.0.2.255'],
    ['192.31.196.0', '192.31.196.255'],
    ['192.52.193.0', '192.52.193.255'],
    ['192.88.99.0', '192.88.99.255'],
    ['192.168.0.0', '192.168.255.255'],
    ['192.175.48.0', '192.175.48.255'],
    ['198.18.0.0', '198.19.255.255'],
    ['198.51.100.0', '198.51.100.255'],
    ['203.0.113.0', '203.0.113.255'],
    ['224.0.0.0', '239.255.255.255'],
    ['240.0.0.0', '255.255.255.255'],
    ['::', last('1fff')],
    ['2001::', last('2001:1ff')],
    ['2001:db8::', last('2001:db8')],
    ['2002::', last('2002')],
    ['2620:4f:8000::', last('2620:4f:8000')],
    ['3ffe::', last('3ffe')],
    ['3fff::', last('3fff:fff')],
    ['4000::', last('ffff')],
  ])('from %s to %s is not public', (from, to) => expect([from, to].map(isPublic)).toEqual([false, false]))

  it('before and after those ranges is', () => {
    const v4 =
      '1.0.0.0 9.255.255.255 11.0.0.0 126.255.255.255 128.0.0.0 168.63.129.15 168.63.129.17 ' +
      '169.253.255.255 169.255.0.0 191.255.255.255 192.0.1.0 192.0.1.255 192.0.3.0 192.31.195.255 ' +
      '192.31.197.0 192.52.192.255 192.52.194.0 192.88.98.255 192.88.100.0 192.167.255.255 192.169.0.0 ' +
      '192.175.47.255 192.175.49.0 198.17.255.255 198.20.0.0 198.51.99.255 198.51.101.0 203.0.112.255 ' +
      '203.0.114.0 223.255.255.255'
    const v6 = [
      '2000::',
      last('2000'),
      '2001:200::',
      last('2001:db7'),
      '2001:db9::',
      last('2001'),
      '2003::',
      last('2620:4f:7fff'),
      '2620:4f:8001::',
      last('3ffd'),
      '3fff:1000::',
      last('3fff'),
    ]
    for (const address of [...v4.split(' '), ...v6]) expect([address, isPublic(address)]).toEqual([address, true])
  })

  it("of this machine's own is known", () => {
    for (const { address } of Object.values(networkInterfaces()).flatMap((list) => list ?? []))
      expect(isOwn(address)).toBe(true)
    expect(isOwn('1.1.1.1')).toBe(false)
  })
})
