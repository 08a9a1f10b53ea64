// Session processes that are started in advance, so that no session waits for a process to start.
import type { Limits } from '../../sandbox/limits.ts'
import type { MakeLinkFolder } from './link-folder.ts'
import { startProcesses, type Processes, type StartProcesses } from './processes.ts'

export interface PoolOptions {
  readonly limits: Limits
  readonly requireSandbox?: boolean
  /** Long cells run at lower CPU priority than those of other sessions. */
  readonly yields?: boolean
  /** Sandboxes kept warm for future sessions; default 0. */
  readonly spare?: number
  /** Starts one sandbox immediately, for the first session. */
  readonly early?: boolean
  /** Starts other processes; only in tests. */
  readonly startProcesses?: StartProcesses | undefined
  readonly makeLinkFolder?: MakeLinkFolder | undefined
}

export interface Pool {
  take(): Promise<Processes>
  close(): Promise<void>
}

export function createPool(options: PoolOptions): Pool {
  const { limits, requireSandbox = false, yields, spare = 0, early = false, makeLinkFolder } = options
  const begin = options.startProcesses ?? startProcesses
  const start = (): Promise<Processes> => begin({ limits, requireSandbox, lowersPriority: yields, makeLinkFolder })
  const waiting: Promise<Processes>[] = []
  let closed = false
  const fill = (most: number): void => {
    for (let missing = closed ? 0 : most - waiting.length; missing > 0; missing--) {
      const processes = start()
      processes.catch(() => undefined)
      waiting.push(processes)
    }
  }
  fill(Math.max(spare, early ? 1 : 0))
  return {
    take(): Promise<Processes> {
      const processes = waiting.shift() ?? start()
      // Refill later, so that the next one does not slow down the start of this one.
      setTimeout(fill, REFILL_MS, spare).unref()
      return processes
    },
    async close() {
      closed = true
      for (const processes of waiting.splice(0)) await (await processes.catch(() => undefined))?.close()
    },
  }
}

const REFILL_MS = 500
