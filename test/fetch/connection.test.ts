// A connection before its first byte, on a fake network: which name is resolved, which address is pinned, what ends it.
import { getEventListeners } from 'node:events'
import { syncBuiltinESMExports } from 'node:module'
import { Socket, type TcpNetConnectOpts } from 'node:net'
import os from 'node:os'
import { describe, expect, it } from 'vitest'
import { network, openConnection, type Network } from '../../src/fetch/connection.ts'
import { readUrl } from '../../src/fetch/web-url.ts'
import { refusal } from './server.ts'

const A = '93.184.215.14'
const B = '2606:2800:21f:cb07::1'
const INNER = { code: 'fetch_address', message: 'a.org is not on the public internet, so nothing is fetched from it.' }

interface Scene {
  readonly asked: string[]
  readonly options: TcpNetConnectOpts[]
  readonly socket: Socket
  readonly stop: AbortController
  open(url?: string, world?: Partial<Network>): Promise<unknown>
}

/** A network in which every host has these addresses and every connection ends at `remote`. */
function scene(addresses: readonly string[], remote?: string): Scene {
  const socket = new Socket()
  Object.defineProperty(socket, 'remoteAddress', { value: remote })
  const [asked, options, stop] = [[] as string[], [] as TcpNetConnectOpts[], new AbortController()]
  const world: Network = {
    ...network,
    resolve: (host) => {
      asked.push(host)
      return Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })))
    },
    connect: (given) => {
      options.push(given)
      setImmediate(() => socket.emit('connect'))
      return socket
    },
  }
  const open = (url = 'https://a.org/', more: Partial<Network> = {}): Promise<unknown> =>
    refusal(openConnection(readUrl(url), { ...world, ...more }, stop.signal))
  return { asked, options, socket, stop, open }
}

/** The addresses that a connection with these options gets for its host. */
function lookedUp({ lookup }: TcpNetConnectOpts, all: boolean): unknown {
  let told: unknown
  lookup?.('other.org', { all }, (error, address, family) => (told = [error, address, family]))
  return told
}
const both = [
  { address: A, family: 4 },
  { address: B, family: 6 },
]

describe('the real network', () => {
  it('gives every address of a host', async () => {
    expect(await network.resolve('127.0.0.1')).toEqual([{ address: '127.0.0.1', family: 4 }])
    expect(await network.resolve('::1')).toEqual([{ address: '::1', family: 6 }])
  })

  it('forbids what is not public, and what is public but of this machine', () => {
    const { networkInterfaces } = os
    const given = { netmask: '', mac: '', internal: false, cidr: null }
    os.networkInterfaces = () => ({
      a: [
        { ...given, address: A, family: 'IPv4' },
        { ...given, address: B, family: 'IPv6', scopeid: 0 },
      ],
      b: undefined,
    })
    syncBuiltinESMExports()
    try {
      expect([A, B, '1.1.1.1', '2606:4700::1111', '10.0.0.1'].map(network.allows)).toEqual([
        false,
        false,
        true,
        true,
        false,
      ])
    } finally {
      os.networkInterfaces = networkInterfaces
      syncBuiltinESMExports()
    }
    expect([A, B].map(network.allows)).toEqual([true, true])
  })
})

describe('a connection', () => {
  it('is made to the addresses that were looked up once, the first one first', async () => {
    const { asked, options, open } = scene([A, B])
    expect(await open('https://a.org.:8443/')).toEqual(INNER)
    expect(asked).toEqual(['a.org'])
    const [given] = options as [TcpNetConnectOpts]
    expect(given).toMatchObject({ host: 'a.org', port: 8443, autoSelectFamily: true, noDelay: true })
    expect(lookedUp(given, true)).toEqual([null, both, undefined])
    expect(lookedUp(given, false)).toEqual([null, A, 4])
  })

  it.each([
    ['https://93.184.215.14/', { address: A, family: 4 }],
    ['https://[2606:2800:21f:cb07::1]/', { address: B, family: 6 }],
  ])('to %s asks nobody for the address', async (url, address) => {
    const { asked, options, open } = scene([])
    await open(url)
    expect(asked).toEqual([])
    const [given] = options as [TcpNetConnectOpts]
    expect(given).toMatchObject({ host: address.address, port: 443, autoSelectFamily: false })
    expect(lookedUp(given, true)).toEqual([null, [address], undefined])
  })

  it.each([undefined, '1.1.1.1', '127.0.0.1'])('that comes out at %s is ended', async (remote) => {
    const { socket, open } = scene([A], remote)
    expect(await open()).toEqual(INNER)
    expect(socket.destroyed).toBe(true)
    expect(socket.bytesWritten).toBe(0)
  })

  it('is judged again at its other end', async () => {
    const { socket, options, open } = scene([A], A)
    expect(await open('https://a.org/', { allows: () => options.length === 0 })).toEqual(INNER)
    expect(socket.destroyed).toBe(true)
  })

  it('is never made to an address that is not allowed, whatever the others are', async () => {
    for (const addresses of [['127.0.0.1'], [A, '10.0.0.1'], ['::1', A]]) {
      const { options, open } = scene(addresses)
      expect(await open()).toEqual(INNER)
      expect(options).toEqual([])
    }
  })
})

describe('a host', () => {
  const failing = (reason: unknown) => {
    const resolve = async (): Promise<never> => {
      throw reason
    }
    return scene([]).open('https://a.org/', { resolve })
  }
  const coded = (code: string): Error => Object.assign(new Error('secret'), { code })

  it('that is not there is told of as such', async () => {
    const none = { code: 'fetch_dns', message: 'There is no host a.org.' }
    expect(await scene([]).open()).toEqual(none)
    expect(await failing(coded('ENOTFOUND'))).toEqual(none)
    expect(await failing(coded('ENODATA'))).toEqual(none)
  })

  it('that cannot be found out is told of with the reason', async () => {
    const why = (reason: string) => ({
      code: 'fetch_dns',
      message: `The address of a.org could not be resolved (${reason}).`,
    })
    expect(await failing(coded('EAI_AGAIN'))).toEqual(why('EAI_AGAIN'))
    expect(await failing(new Error('secret'))).toEqual(why('no reason given'))
  })
})

describe('an end', () => {
  const reason = Object.assign(new Error('It is over.'), { code: 'over' })
  const over = { code: 'over', message: 'It is over.' }
  const aborted = { code: 'ABORT_ERR', message: 'The operation was aborted' }

  it('before the host is looked up, or while it is, is the reason, whatever becomes of that', async () => {
    for (const early of [true, false]) {
      const { options, stop, open } = scene([A], A)
      const looking = Promise.withResolvers<never>()
      if (early) stop.abort(reason)
      const work = open('https://a.org/', { resolve: () => looking.promise })
      if (!early) setImmediate(() => stop.abort(reason))
      expect(await work).toEqual(over)
      looking.reject(new Error('later'))
      expect(options).toEqual([])
      expect(getEventListeners(stop.signal, 'abort')).toEqual([])
    }
  })

  it('ends the socket, which holds on to nothing then', async () => {
    const { socket, stop, open } = scene([A], A)
    const work = open('https://a.org/', { connect: () => socket })
    await new Promise((resolve) => setImmediate(resolve))
    expect(getEventListeners(stop.signal, 'abort').length).toBeGreaterThan(0)
    stop.abort(reason)
    expect(await work).toEqual(aborted)
    expect(socket.destroyed).toBe(true)
    await new Promise((resolve) => setImmediate(resolve))
    expect(getEventListeners(stop.signal, 'abort')).toEqual([])
    // Nobody listens any more, so the error must not become an uncaught one.
    expect(socket.emit('error', new Error('late'))).toBe(true)
  })

  it('that came while the host was looked up ends the socket as soon as it is made', async () => {
    const { socket, stop, open } = scene([A], A)
    const connect = (): Socket => {
      stop.abort(reason)
      return socket
    }
    expect(await open('https://a.org/', { connect })).toEqual(aborted)
    expect(socket.destroyed).toBe(true)
  })

  it('of a connection that is refused holds on to nothing', async () => {
    const { socket, stop, open } = scene([A], '1.1.1.1')
    await open()
    await new Promise((resolve) => socket.once('close', resolve))
    expect(getEventListeners(stop.signal, 'abort')).toEqual([])
  })
})
