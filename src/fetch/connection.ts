// Opens a connection to a host that was resolved, checked and pinned: nothing is sent before the peer's address is
// known to be one that was checked.
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

/** Network access of a fetch, which tests replace. */
export interface Network {
  /** All addresses of a host. */
  readonly resolve: (host: string) => Promise<readonly Address[]>
  readonly connect: (options: TcpNetConnectOpts) => Socket
  /** Whether an address may be connected to. */
  readonly allows: (address: string) => boolean
  /** CA certificates to trust instead of the default ones. */
  readonly ca?: string | undefined
}

export const network: Network = {
  resolve: (host) => lookup(host, { all: true, verbatim: true }),
  connect: (options) => connectTcp(options),
  allows: (address) => isPublic(address) && !isOwn(address),
}

/** Connects with TLS; the caller closes the socket. Throws FetchError, a system error, or anything once aborted. */
export async function openConnection(url: WebUrl, world: Network, signal: AbortSignal): Promise<TLSSocket> {
  const addresses = await addressesOf(url, world, signal)
  const socket = world.connect({
    host: url.host,
    port: url.port,
    lookup: createPinnedLookup(addresses),
    autoSelectFamily: addresses.length > 1,
    noDelay: true,
  })
  destroyOnAbort(socket, signal)
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
    // Regardless of NODE_TLS_REJECT_UNAUTHORIZED.
    rejectUnauthorized: true,
    ...(world.ca === undefined ? {} : { ca: world.ca }),
  })
  destroyOnAbort(secure, signal)
  await once(secure, 'secureConnect', { signal })
  return secure
}

/** Resolves the host once for each connection; a single forbidden address refuses the host. */
async function addressesOf(url: WebUrl, world: Network, signal: AbortSignal): Promise<readonly Address[]> {
  const addresses = url.isAddress
    ? [{ address: url.host, family: url.host.includes(':') ? 6 : 4 }]
    : await raceAbort(signal, world.resolve(url.host)).catch((error: unknown) => {
        signal.throwIfAborted()
        const { code } = error as NodeJS.ErrnoException
        if (code === 'ENOTFOUND' || code === 'ENODATA') throw noHost(url.host)
        throw new FetchError(
          'fetch_dns',
          `The address of ${url.host} could not be resolved (${code ?? 'no reason given'}).`,
        )
      })
  if (addresses.length === 0) throw noHost(url.host)
  if (!addresses.every(({ address }) => world.allows(address))) throw notPublic(url.host)
  return addresses
}

function noHost(host: string): FetchError {
  return new FetchError('fetch_dns', `There is no host ${host}.`)
}

/** A lookup that returns the checked addresses, so that the name is not resolved again. */
function createPinnedLookup(addresses: readonly Address[]): LookupFunction {
  return (_, options, callback) => {
    if (options.all) callback(null, [...addresses])
    else callback(null, addresses[0]?.address ?? '', addresses[0]?.family)
  }
}

function destroyOnAbort(socket: Socket, signal: AbortSignal): void {
  const end = (): void => void socket.destroy()
  if (signal.aborted) end()
  signal.addEventListener('abort', end, { once: true })
  socket.once('close', () => signal.removeEventListener('abort', end))
  // Readers get the error themselves; without this listener it would be uncaught after they are done.
  socket.on('error', () => undefined)
}

async function raceAbort<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
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
