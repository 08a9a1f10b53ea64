// The server: the application on a port, with limits on how slowly and how much a client may send. A shutdown loses
// nothing: running turns get a grace period, then they are cancelled and journaled as interrupted.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Interruption } from '../turn.ts'
import { createApp, type App } from './app.ts'
import type { ServerDeps } from './context.ts'

export interface Listening {
  readonly url: string
  readonly app: App
  /** Shuts down: accepts no new work, cancels running work after `graceMs`, and resolves when everything is stored. */
  close(graceMs: number): Promise<void>
}

export interface Listen extends Omit<ServerDeps, 'service'> {
  readonly host: string
  readonly port: number
  /** Creates the session service, which must call `onIdle` when it has closed an idle session. */
  readonly createService: (onIdle: (id: string) => void) => ServerDeps['service']
  readonly patience?: Partial<Timeouts>
}

/** Timeouts in milliseconds. */
interface Timeouts {
  /** For receiving the headers of a request. */
  readonly headers: number
  /** For receiving a whole request: enough for a large upload on a slow line, but limited. */
  readonly request: number
  /** For a connection without traffic; event streams have a heartbeat. */
  readonly still: number
  /** How often connections are checked. */
  readonly check: number
}

const PATIENCE: Timeouts = { headers: 10_000, request: 600_000, still: 300_000, check: 2000 }

/** Starts listening. Rejects if the port is in use. */
export async function listen({ host, port, createService, patience = {}, ...parts }: Listen): Promise<Listening> {
  const closing = new AbortController()
  let app: App | undefined
  const service = createService((id) => app?.sessions.handleDeactivated(id))
  const made = createApp({ ...parts, service }, closing.signal)
  app = made
  const server = createHttpServer(made, { ...PATIENCE, ...patience })
  try {
    await listening(server, host, port)
  } catch (error) {
    await service.close()
    throw error
  }
  const { port: actual } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`,
    app: made,
    async close(graceMs) {
      const began = performance.now()
      made.drain()
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()))
      await settle(made, graceMs)
      closing.abort()
      const hanging = setInterval(() => server.closeIdleConnections(), 50)
      const left = graceMs - (performance.now() - began)
      const force = setTimeout(() => server.closeAllConnections(), Math.max(MIN_MS, Math.min(LAST_MS, left)))
      await closed
      clearTimeout(force)
      clearInterval(hanging)
      await service.close()
      made.close()
    },
  }
}

/** At shutdown, how long clients may take to receive the rest of their responses: this at most, MIN_MS at least. */
const LAST_MS = 1000
const MIN_MS = 250

function createHttpServer(app: App, { headers, request: whole, still, check }: Timeouts): Server {
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false })
  const server = createServer(
    {
      headersTimeout: headers,
      requestTimeout: whole,
      connectionsCheckingInterval: check,
      keepAliveTimeout: 10_000,
      maxHeaderSize: 16_384,
      requireHostHeader: true,
    },
    (request, response) => void listener(request, response),
  )
  server.maxHeadersCount = 100
  server.maxConnections = 2000
  server.maxRequestsPerSocket = 10_000
  server.timeout = still
  return server
}

async function listening(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

/** Waits for running work, then cancels it. */
async function settle({ sessions }: App, graceMs: number): Promise<void> {
  const runs = sessions.allActive().flatMap(({ run }) => (run ? [run] : []))
  if (runs.length === 0) return
  const all = Promise.allSettled(runs.map((run) => run.finished))
  const late = Promise.withResolvers<void>()
  const timer = setTimeout(() => late.resolve(), graceMs)
  await Promise.race([all, late.promise])
  clearTimeout(timer)
  for (const run of runs) run.cancel(new Interruption())
  await all
}
