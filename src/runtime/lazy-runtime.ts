// The processes of an open session, started at first use, together with the state of its variables.
import type { Limits } from '../../sandbox/limits.ts'
import { StoreError } from '../../sessions/errors.ts'
import type { StoredSession } from '../../sessions/store.ts'
import type { Spending } from '../spending/settings.ts'
import type { Fetch } from '../fetch/fetch-file.ts'
import type { Processes } from './processes.ts'
import { createVariables, type Variables } from './replay/variables.ts'

export interface SessionRuntime extends Processes {
  readonly variables: Variables
}

export interface RuntimeHandle {
  /** Starts the processes if needed. Rejects with EASEL_SESSION_RELEASED after `close`. */
  get(): Promise<SessionRuntime>
  readonly isClosed: boolean
  /** Ends the processes; the next `get` starts new ones. Must not be called while they are working. */
  renew(): Promise<void>
  close(): Promise<void>
}

export interface SessionOptions {
  readonly stored: StoredSession
  readonly limits: Limits
  readonly startProcesses: () => Promise<Processes>
  /** How files are fetched by URL; default: from the web; false: never. */
  readonly fetch?: Fetch | false | undefined
  readonly spending?: Spending | undefined
}

export function createLazyRuntime({ stored, limits, startProcesses }: SessionOptions): RuntimeHandle {
  let processes: Promise<SessionRuntime> | undefined
  let closed = false
  return {
    get isClosed() {
      return closed
    },
    get() {
      if (closed) return Promise.reject(releasedError(stored.id))
      if (processes) return processes
      const starting = startProcesses().then((started) => {
        const { sandbox, checker } = started
        return { ...started, variables: createVariables({ stored, sandbox, checker, limits }) }
      })
      processes = starting
      starting.catch(() => processes === starting && (processes = undefined))
      return starting
    },
    async renew() {
      const before = processes
      processes = undefined
      const at = await before?.catch(() => undefined)
      await at?.close()
    },
    async close() {
      closed = true
      const at = await processes?.catch(() => undefined)
      await at?.close()
    },
  }
}

/** The session was closed while an operation was in progress. */
export function releasedError(id: string): StoreError {
  return new StoreError('EASEL_SESSION_RELEASED', `The session ${id} is no longer open here.`)
}
