// Provides a fresh sandbox for each attempt; while one is in use the next warms up.
import type { Limits } from '../../sandbox/limits.ts'
import type { Verdict } from '../check/checker.ts'
import type { Sandbox } from '../runner/sandbox.ts'
import { startProcesses, type Processes, type StartProcesses } from '../runtime/processes.ts'
import type { AttemptDeps } from './attempt.ts'

export interface RecipeSandboxPool {
  /** A sandbox without files and variables; the previous one is emptied. */
  next(): Promise<Sandbox>
  /** Checks each cell of a recipe only once, as attempts differ only in names inside strings. */
  readonly cellChecker: Pick<AttemptDeps, 'check' | 'ran'>
  close(): Promise<void>
}

export interface RecipeSandboxPoolOptions {
  readonly limits: Limits
  readonly requireSandbox: boolean
  /** Number of attempts; for a single one there is no second sandbox. */
  readonly attempts: number
  /** Whether cells are type-checked. */
  readonly checksCells: boolean
  /** Replaces `startProcesses` in tests. */
  readonly startProcesses?: StartProcesses | undefined
}

/** Opens the sandboxes; the first starts at once. */
export function openRecipeSandboxPool(options: RecipeSandboxPoolOptions): RecipeSandboxPool {
  const { limits, requireSandbox, attempts, checksCells } = options
  const begin = options.startProcesses ?? startProcesses
  const places: Promise<Processes>[] = []
  const count = Math.min(2, attempts)
  const start = (checks: boolean): Promise<Processes> => {
    const processes = begin({ limits, requireSandbox }).then((started) => {
      // One checker serves all of them.
      if (!checks) started.checker.close()
      return started
    })
    processes.catch(() => undefined)
    return processes
  }
  let turn = 0
  const first = start(checksCells)
  places.push(first)

  return {
    async next() {
      const before = (turn - 1) % count
      const used = turn > 0 ? places[before] : undefined
      if (used) {
        const emptied = used.then(empty)
        emptied.catch(() => undefined)
        places[before] = emptied
      }
      const at = places[turn % count] as Promise<Processes>
      turn++
      const { sandbox } = await at
      if (turn < count) places[turn] = start(false)
      return sandbox
    },
    cellChecker: createCellChecker(first),
    async close() {
      for (const place of places) await (await place.catch(() => undefined))?.close()
    },
  }
}

async function empty(processes: Processes): Promise<Processes> {
  const { sandbox } = processes
  for (const { name } of sandbox.files()) await sandbox.removeFile(name)
  await sandbox.renew()
  return processes
}

function createCellChecker(processes: Promise<Processes>): RecipeSandboxPool['cellChecker'] {
  const verdicts = new Map<number, Verdict>()
  const ran = new Set<number>()
  return {
    async check(i, code, signal) {
      const known = verdicts.get(i)
      if (known) return known
      const verdict = await (await processes).checker.check(code, signal)
      verdicts.set(i, verdict)
      return verdict
    },
    ran(i, code, names) {
      if (ran.has(i)) return
      ran.add(i)
      void processes.then(({ checker }) => checker.accept(code, names))
    },
  }
}
