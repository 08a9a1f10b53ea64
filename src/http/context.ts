// The dependencies of the routes, assembled by `server.ts` and by tests.
import type { Planner } from '../planner/planner.ts'
import type { Limits } from '../../sandbox/limits.ts'
import type { Durations, SessionStore } from '../../sessions/store.ts'
import type { Budgets } from '../spending/budget.ts'
import type { SessionService } from '../runtime/session-service.ts'
import type { RateLimit, StartRates } from './auth/rate-limit.ts'
import type { ServerSessions } from './sessions.ts'
import type { OriginCheckOptions } from './auth/origin-check.ts'
import type { Metrics } from './metrics.ts'
import type { StreamLimit } from './events/stream-limit.ts'
import type { Authentication } from './auth/auth.ts'

/** The dependencies of a server. */
export interface ServerDeps {
  readonly store: SessionStore
  /** Its `onIdle` must call `sessions.handleDeactivated`. */
  readonly service: SessionService
  readonly planner: Planner
  readonly settings: Settings
  /** Writes one line to the server's log. */
  readonly log: (line: string) => void
}

export interface Settings extends OriginCheckOptions {
  readonly version: string
  readonly limits: Limits
  /** Budgets for models. */
  readonly budgets?: Budgets | undefined
  readonly durations: Durations
  /** The connected model, if any. */
  readonly model: { readonly name: string | undefined } | undefined
  /** Whether files are fetched from the web; default true. */
  readonly fetches?: boolean
  /** The token that every client must present, if the server demands one. */
  readonly token: string | undefined
  /** Limit on sessions that have a sandbox at the same time. */
  readonly sandboxes: number
  /** Number of proxies in front whose X-Forwarded-For is trusted; default 0. */
  readonly proxies?: number
  /** Rate limit for new sessions; default: as fast as the machine starts their sandboxes. */
  readonly starts?: StartRates
  /** Limits on open event streams, in total and of one owner. */
  readonly streams: { readonly most: number; readonly each: number }
  /** Folder of the built page. */
  readonly pageFolder: string
  /** Folder of the sample files. */
  readonly samples: string
  /** Interval of the heartbeat of an idle event stream. */
  readonly heartbeatMs?: number
}

/** The dependencies of a route. */
export interface ServerContext extends ServerDeps {
  readonly sessions: ServerSessions
  readonly owners: Authentication
  readonly streamLimit: StreamLimit
  readonly rateLimit: RateLimit
  readonly metrics: Metrics
  /** Aborts when the server shuts down: event streams end, so that connections close. */
  readonly closing: AbortSignal
}
