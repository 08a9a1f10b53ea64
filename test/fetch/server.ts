// A local https server that answers as each test says, and a network that resolves every name of example.org to it.
import { mkdtempSync, rmSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { isPublic } from '../../src/fetch/addresses.ts'
import type { FetchOptions, Fetched } from '../../src/fetch/fetch-file.ts'
import { fetchFile } from '../../src/fetch/fetch-file.ts'
import { certificate, key } from './certificate.ts'

export type Answer = (request: IncomingMessage, response: ServerResponse) => void

export interface FetchScene {
  /** `https://example.org:PORT` */
  readonly origin: string
  readonly port: number
  /** The requested paths. */
  readonly asked: string[]
  readonly connections: () => number
  /** The number of open connections. */
  readonly open: () => Promise<number>
  readonly folder: string
  /** Options that reach the server under every name, and no other internal address. */
  readonly options: FetchOptions
  fetch(path: string, options?: Partial<FetchOptions>): Promise<Fetched>
}

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
})

/** A server that is closed after the test. */
export async function openFetchScene(
  answers: Readonly<Record<string, Answer>>,
  host = '127.0.0.1',
): Promise<FetchScene> {
  const asked: string[] = []
  let connections = 0
  const server = createServer({ cert: certificate, key }, (request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    response.on('error', () => undefined)
    const answer = answers[path.split('?')[0] ?? '']
    if (answer) answer(request, response)
    else response.writeHead(404).end('none')
  })
  server.on('connection', () => connections++)
  server.on('tlsClientError', () => undefined)
  const folder = mkdtempSync(join(tmpdir(), 'easel-fetch-'))
  cleanups.push(() => {
    server.closeAllConnections()
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const { port } = server.address() as AddressInfo
  const options: FetchOptions = {
    signal: new AbortController().signal,
    folder,
    maxBytes: 1_000_000,
    resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
    allows: (address) => address === '127.0.0.1' || isPublic(address),
    ca: certificate,
  }
  const origin = `https://example.org:${port}`
  return {
    origin,
    port,
    asked,
    connections: () => connections,
    open: () => openConnections(server),
    folder,
    options,
    fetch: (path, more) => fetchFile(path.startsWith('http') ? path : `${origin}${path}`, { ...options, ...more }),
  }
}

function openConnections(server: Server): Promise<number> {
  return new Promise((resolve, reject) =>
    server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  )
}

/** Answers 200 with these bytes. */
export function sends(body: Uint8Array | string, headers: Readonly<Record<string, string>> = {}): Answer {
  return (_, response) => void response.writeHead(200, headers).end(body)
}

/** Redirects to another URL. */
export function leadsTo(location: string | (() => string), status = 302): Answer {
  return (_, response) =>
    void response.writeHead(status, { location: typeof location === 'string' ? location : location() }).end()
}

/** Bytes that begin like a PNG. */
export function pngLike(size: number): Uint8Array {
  const bytes = new Uint8Array(size).fill(7)
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return bytes
}

/** The code and sentence of a refusal. */
export function refusal(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    (value) => ({ fetched: value }),
    (error: { code: string; message: string }) => ({ code: error.code, message: error.message }),
  )
}
