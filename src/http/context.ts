// What the routes work with; `server.ts` puts it together, and tests do.
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
import type { Owners } from './auth/auth.ts'

/** What a server is made of. */
export interface ServerDeps {
  readonly store: SessionStore
  /** Its `onIdle` is the desk's. */
  readonly service: SessionService
  readonly planner: Planner
  readonly settings: Settings
  /** Writes one line for whoever runs the server. */
  readonly log: (line: string) => void
}

export interface Settings extends OriginCheckOptions {
  readonly version: string
  readonly limits: Limits
  /** How much models may take. */
  readonly budgets?: Budgets | undefined
  readonly durations: Durations
  /** The model that is connected, if one is. */
  readonly model: { readonly name: string | undefined } | undefined
  /** Files are fetched from the web for people; default: they are. */
  readonly fetches?: boolean
  /** What everybody must show, where the server is open to others. */
  readonly token: string | undefined
  /** Sessions that may have a sandbox at once. */
  readonly sandboxes: number
  /** Proxies in front, whose X-Forwarded-For is believed; default: none. */
  readonly proxies?: number
  /** How fast new sessions may be begun; default: as fast as the machine starts their sandboxes. */
  readonly starts?: StartRates
  /** Event streams that may be open at once, and of one owner. */
  readonly streams: { readonly most: number; readonly each: number }
  /** The built page. */
  readonly pageFolder: string
  readonly samplePath: string
  /** How often a stream that has nothing to tell says that it lives. */
  readonly heartbeatMs?: number
}

/** What a route works with. */
export interface ServerContext extends ServerDeps {
  readonly sessions: ServerSessions
  readonly owners: Owners
  readonly streamLimit: StreamLimit
  readonly rateLimit: RateLimit
  readonly metrics: Metrics
  /** Aborts when the server goes down: streams end, so that connections close. */
  readonly closing: AbortSignal
}
