// One connection to a host that was resolved, checked and pinned: no byte goes out before the address at the other end is
// known to be one of those that were checked.
import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import { connect as connectTcp, type LookupFunction, type Socket, type TcpNetConnectOpts } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { isOwn, isPublic } from './addresses.ts'
import { FetchError } from './fetch-error.ts'
import { notPublic, type WebUrl } from './web-url.ts'

interface Address {
  readonly address: string
  readonly family: number
}

/** The world around a fetch, as tests replace it. */
export interface Network {
  /** All addresses of a host. */
  readonly resolve: (host: string) => Promise<readonly Address[]>
  readonly connect: (options: TcpNetConnectOpts) => Socket
  /** Whether an address may be connected to. */
  readonly allows: (address: string) => boolean
  /** Certificates to trust beside none other. */
  readonly ca?: string | undefined
}

export const network: Network = {
  resolve: (host) => lookup(host, { all: true, verbatim: true }),
  connect: (options) => connectTcp(options),
  allows: (address) => isPublic(address) && !isOwn(address),
}

/** Connects and shakes hands; the caller ends the socket. Throws FetchError, or what the system said; anything once `signal` aborts. */
export async function openConnection(url: WebUrl, world: Network, signal: AbortSignal): Promise<TLSSocket> {
  const addresses = await addressesOf(url, world, signal)
  const socket = world.connect({
    host: url.host,
    port: url.port,
    lookup: pinnedTo(addresses),
    autoSelectFamily: addresses.length > 1,
    noDelay: true,
  })
  endWith(socket, signal)
  await once(socket, 'connect', { signal })
  const { remoteAddress } = socket
  if (
    remoteAddress === undefined ||
    !addresses.some(({ address }) => address === remoteAddress) ||
    !world.allows(remoteAddress)
  ) {
    socket.destroy()
    throw notPublic(url.host)
  }
  const secure = connectTls({
    socket,
    host: url.host,
    servername: url.isAddress ? undefined : url.host,
    ALPNProtocols: ['http/1.1'],
    minVersion: 'TLSv1.2',
    // Whatever the environment says of certificates.
    rejectUnauthorized: true,
    ...(world.ca === undefined ? {} : { ca: world.ca }),
  })
  endWith(secure, signal)
  await once(secure, 'secureConnect', { signal })
  return secure
}

/** Resolved by us, once a connection; one forbidden address among them refuses all. */
async function addressesOf(url: WebUrl, world: Network, signal: AbortSignal): Promise<readonly Address[]> {
  const addresses = url.isAddress
    ? [{ address: url.host, family: url.host.includes(':') ? 6 : 4 }]
    : await before(signal, world.resolve(url.host)).catch((error: unknown) => {
        signal.throwIfAborted()
        const { code } = error as NodeJS.ErrnoException
        if (code === 'ENOTFOUND' || code === 'ENODATA') throw noHost(url.host)
        throw new FetchError(
          'fetch_dns',
          `The address of ${url.host} could not be found out (${code ?? 'no reason given'}).`,
        )
      })
  if (addresses.length === 0) throw noHost(url.host)
  if (!addresses.every(({ address }) => world.allows(address))) throw notPublic(url.host)
  return addresses
}

function noHost(host: string): FetchError {
  return new FetchError('fetch_dns', `There is no host ${host}.`)
}

/** Names are not looked up again between the check and the connection. */
function pinnedTo(addresses: readonly Address[]): LookupFunction {
  return (_, options, callback) => {
    if (options.all) callback(null, [...addresses])
    else callback(null, addresses[0]?.address ?? '', addresses[0]?.family)
  }
}

function endWith(socket: Socket, signal: AbortSignal): void {
  const end = (): void => void socket.destroy()
  if (signal.aborted) end()
  signal.addEventListener('abort', end, { once: true })
  socket.once('close', () => signal.removeEventListener('abort', end))
  // Whoever reads it is told; nobody may be reading it any more.
  socket.on('error', () => undefined)
}

async function before<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const aborted = Promise.withResolvers<never>()
  const abort = (): void => aborted.reject(signal.reason as Error)
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([work, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
