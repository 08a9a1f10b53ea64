// The application: middleware checks, then the routes; every error becomes a problem. Tests call it as a function.
import { Hono, type Context } from 'hono'
import { toSingleLine } from '../../sandbox/untrusted-text.ts'
import type { SessionService } from '../runtime/session-service.ts'
import { addressOf } from './auth/client-address.ts'
import { createRateLimit } from './auth/rate-limit.ts'
import { createServerSessions, type ServerSessions } from './sessions.ts'
import { createOriginCheck } from './auth/origin-check.ts'
import { secureHeaders } from './headers.ts'
import { createMetrics } from './metrics.ts'
import { openApi } from './openapi.ts'
import type { RouteVariables, Operation } from './route.ts'
import { createPage, plainPage } from './page.ts'
import { expired } from './active-sessions.ts'
import { notFound, Problem, problemOf, problemResponse, UNEXPECTED } from './problem.ts'
import type { ServerContext, ServerDeps } from './context.ts'
import { aboutRoutes } from './routes/about.ts'
import { eventRoutes } from './routes/events.ts'
import { exportRoutes } from './routes/export.ts'
import { fileRoutes } from './routes/files.ts'
import { sessionRoutes } from './routes/sessions.ts'
import { tableRoute } from './routes/table.ts'
import { thumbnailRoute } from './routes/thumbnail.ts'
import { turnRoutes } from './routes/turns.ts'
import { createStreamLimit } from './events/stream-limit.ts'
import { createAuthentication } from './auth/auth.ts'

/** Every route of the API; those of files.zip come before those of one file. */
export const OPERATIONS: readonly Operation[] = [
  ...sessionRoutes,
  ...fileRoutes,
  thumbnailRoute,
  tableRoute,
  ...turnRoutes,
  ...eventRoutes,
  ...exportRoutes,
  ...aboutRoutes,
]

export interface App {
  readonly fetch: Hono<RouteVariables>['fetch']
  readonly request: Hono<RouteVariables>['request']
  readonly sessions: ServerSessions
  /** From now on no new work starts; work in progress can still be watched. */
  drain(): void
  close(): void
}

/** `closing` ends the application's event streams. */
export function createApp(parts: ServerDeps, closing: AbortSignal): App {
  const { settings, service } = parts
  // Quoted names and messages must not start a line of their own in the log.
  const log = (line: string): void => parts.log(toSingleLine(line))
  const { durations, sandboxes, streams } = settings
  const server: ServerContext = {
    ...parts,
    log,
    closing,
    sessions: createServerSessions({ service, durations, sandboxes }),
    rateLimit: createRateLimit(settings.starts),
    streamLimit: createStreamLimit(streams.most, streams.each),
    metrics: createMetrics(),
    owners: createAuthentication(settings.token),
  }
  const app = new Hono<RouteVariables>()
  app.use(secureHeaders)
  app.use(async (c, next) => {
    const began = performance.now()
    await next()
    server.metrics.answered(c.req.method, c.get('route') ?? 'other', c.res.status, (performance.now() - began) / 1000)
  })
  app.use(createOriginCheck(settings))
  let draining = false
  app.use(async (c, next) => {
    const begins = c.req.method !== 'GET' && c.req.method !== 'HEAD' && !c.req.path.endsWith('/cancel')
    if (closing.aborted || (draining && begins)) throw goingDown()
    await next()
  })
  addRoutes(app, server)
  app.onError((error, c) => {
    const problem = problemOf(error)
    if (!problem) log(`${c.req.method} ${c.get('route') ?? 'a page'} failed: ${redactToken(error, settings.token)}`)
    return problemResponse(problem ?? UNEXPECTED)
  })
  app.notFound(() => problemResponse(notFound('page')))
  return {
    fetch: app.fetch,
    request: app.request,
    sessions: server.sessions,
    drain: () => void (draining = true),
    close: () => server.metrics.close(),
  }
}

function addRoutes(app: Hono<RouteVariables>, server: ServerContext): void {
  const { owners, settings } = server
  const own = async (c: Context<RouteVariables>, next: () => Promise<void>): Promise<void> => {
    await requireOwnSession(c, server)
    await next()
  }
  app.use('/api/sessions/:id', own)
  app.use('/api/sessions/:id/*', own)
  app.get('/api/openapi.json', (c) => c.json(openApi(OPERATIONS, settings.version)))
  for (const { method, path, handle } of OPERATIONS) {
    app.on(method.toUpperCase(), path, (c) => {
      c.set('route', path)
      // With a server token, only the health check is public.
      if (path !== '/healthz') owners.owner(c)
      return handle(c, server)
    })
  }
  app.all('/api/*', () => {
    throw notFound('route')
  })
  const page = createPage(settings.pageFolder)
  app.get('*', (c) => {
    if (settings.token !== undefined) {
      const token = c.req.query('token')
      if (token !== undefined) {
        owners.signIn(c, token)
        return c.redirect('/', 303)
      }
      try {
        owners.owner(c)
      } catch {
        return plainPage(401, TOKEN_PAGE)
      }
    }
    return page(c)
  })
}

const TOKEN_PAGE =
  '<h1>This Easel server requires a token.</h1><p>Open it once with <code>/?token=…</code> at the end of its address.</p>'

function goingDown(): Problem {
  return new Problem(503, 'closing', 'The server is shutting down.', { retryAfter: 5 })
}

const ID = /^[0-9A-Za-z][0-9A-Za-z_-]{21,99}$/

/** Passes only the session's owner; for others the session does not exist. */
async function requireOwnSession(
  c: Context<RouteVariables>,
  { owners, service, settings }: ServerContext,
): Promise<void> {
  const owner = owners.owner(c)
  const id = c.req.param('id') ?? ''
  if (owner === undefined || !ID.test(id)) throw notFound()
  const listed = await service.find(id)
  if (!listed) throw await missingSessionProblem(service, id, owner)
  if (listed.owner !== owner) throw notFound()
  c.set('owner', owner)
  c.set('party', { owner, address: addressOf(c, settings.proxies ?? 0) })
  c.set('session', listed)
}

/** The problem of a missing session: only its owner learns that it has expired. */
async function missingSessionProblem(service: SessionService, id: string, owner: string): Promise<Problem> {
  const tombstone = await service.tombstone(id)
  return tombstone?.owner === owner ? expired(tombstone) : notFound()
}

/** The error's text for the log, without the token. */
function redactToken(error: unknown, token: string | undefined): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return token === undefined ? text : text.replaceAll(token, '***')
}
