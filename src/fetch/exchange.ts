// Sends one request and reads the response's headers, on its own connection: no proxy, cookies or compression.
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import type { TLSSocket } from 'node:tls'
import { openConnection, type Network } from './connection.ts'
import type { WebUrl } from './web-url.ts'

export interface Exchange {
  readonly response: IncomingMessage
  readonly socket: TLSSocket
}

const MAX_HEADER_BYTES = 16_384

/** The caller closes the socket. Throws FetchError, a system error, or anything once `signal` aborts. */
export async function exchange(url: WebUrl, world: Network, signal: AbortSignal): Promise<Exchange> {
  const socket = await openConnection(url, world, signal)
  const asking = request(url.href, {
    // No agent: the socket is not reused.
    createConnection: () => socket,
    method: 'GET',
    headers: {
      accept: 'image/*, text/csv, application/json, text/plain, */*;q=0.5',
      'accept-encoding': 'identity',
      'user-agent': 'Easel (https fetch for a person)',
    },
    maxHeaderSize: MAX_HEADER_BYTES,
    insecureHTTPParser: false,
  })
  asking.on('error', () => undefined)
  asking.end()
  try {
    const [response] = (await once(asking, 'response', { signal })) as [IncomingMessage]
    response.on('error', () => undefined)
    return { response, socket }
  } catch (error) {
    socket.destroy()
    throw error
  }
}
