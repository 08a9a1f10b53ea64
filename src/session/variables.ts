// The variables of a session's earlier cells: a cache of the journal. What a snippet can reach of them is brought back by
// running cells again, when it is needed and not before.
import type { Limits } from '../../sandbox/limits.ts'
import type { Event, EventOf } from '../../sessions/event.ts'
import { lostCells, lostNames, planReplay, type Lost } from '../../sessions/replay.ts'
import type { OpenSession } from '../../sessions/store.ts'
import type { Checker } from '../check/checker.ts'
import { reachOf, type Reach } from '../check/reach.ts'
import type { Sandbox } from '../runner/sandbox.ts'
import { createLivingCells } from './living-cells.ts'
import { createPastCells, type OkCell } from './past-cells.ts'
import { createSandboxFiles } from './replay-files.ts'
import { folderLine, runSteps, type StepRooms, type StepsEnd } from './replay-steps.ts'
import { failedCell, missingFile, skippedCell } from './replay-wording.ts'
import { runLine } from './rerun.ts'

export interface Variables {
  /**
   * Brings back what `code` can reach. Yields passing `progress` events and at most one `restored`: the first time after
   * a reset always, later when cells were run again. Rejects with the signal's reason when it aborts.
   */
  prepare(code: string, signal: AbortSignal): AsyncGenerator<Event>
  /** Makes the sandbox's files the session's current ones. */
  files(): Promise<void>
  /** A cell ended ok in the sandbox: it lives there. */
  ran(cell: number): void
}

export interface VariableRooms {
  readonly stored: Pick<OpenSession, 'events' | 'pathOf' | 'currentFiles'>
  /** Has no file and no variable of the session yet. */
  readonly sandbox: Sandbox
  readonly checker: Pick<Checker, 'accept' | 'forget'>
  readonly limits: Limits
}

/** Shows the checker all names of the journal, before any of them is back. */
export function createVariables({ stored, sandbox, checker, limits }: VariableRooms): Variables {
  const past = createPastCells(stored.events)
  const living = createLivingCells(sandbox)
  const files = createSandboxFiles(stored, sandbox)
  const failures = createFailures(checker)
  for (const { code, names } of past.read()) checker.accept(code, names)
  let untold = past.read().length > 0 || stored.currentFiles().length > 0
  /** A replay was broken off: what is in the child nobody can say. */
  let broken = false

  const look = (): readonly OkCell[] => {
    const cells = past.read()
    if (living.isAnother()) {
      untold ||= cells.length > 0 || stored.currentFiles().length > 0
      broken = false
    }
    living.settle(cells)
    files.follow()
    return cells
  }
  async function* replay(reach: Reach, missing: string[], signal: AbortSignal): AsyncGenerator<Event, number> {
    const rooms: StepRooms = { events: stored.events, sandbox, limits, files, living, missing }
    const cell = stored.events.findLast((event) => event.type === 'cell')?.cell ?? 0
    const run = new Set<number>()
    for (let losses = 0; ;) {
      const cells = look()
      const plan = planReplay(cells, reach, living, failures.lost(cells))
      if (plan.steps.length === 0) return run.size
      if (plan.fresh && living.cells.size > 0) {
        await sandbox.renew()
        continue
      }
      broken = true
      const end = yield* withProgress(runSteps(rooms, plan, cells, signal), cell, plan.steps.length)
      broken = false
      for (const step of plan.steps) if (!step.imports && living.cells.has(step.cell)) run.add(step.cell)
      if (end.type === 'done') continue
      if (end.lost) losses++
      if (end.cell === 0 && !end.lost) await sandbox.renew()
      const left = plan.steps.filter((step) => !step.imports && step.cell > end.cell).map((step) => step.cell)
      missing.push(...failures.add(cells, end, losses > 1 ? left : []))
    }
  }

  return {
    async *prepare(code, signal) {
      signal.throwIfAborted()
      const began = performance.now()
      look()
      if (broken) await sandbox.renew()
      const missing: string[] = []
      const reach = reachOf(code)
      const cells = yield* replay(reach, missing, signal)
      const current = stored.currentFiles()
      const gone = await files.go(current)
      const folders = foldersFor(reach, look(), living.cells)
      if (folders.length > 0) await runLine(sandbox, folderLine(folders), signal)
      if (untold) missing.push(...gone.map(missingFile))
      if (!untold && cells === 0 && missing.length === 0) return
      untold = false
      const ms = Math.round(performance.now() - began)
      yield { type: 'restored', cells, files: current.length - gone.length, ms, missing } satisfies EventOf<'restored'>
    },
    async files() {
      look()
      await files.go(stored.currentFiles())
    },
    ran(cell) {
      if (living.isAnother()) broken = true
      living.ran(cell)
    },
  }
}

async function* withProgress(
  steps: AsyncGenerator<number, StepsEnd>,
  cell: number,
  total: number,
): AsyncGenerator<Event, StepsEnd> {
  for (;;) {
    const { done, value } = await steps.next()
    if (done) return value
    yield { type: 'progress', cell, done: value, total, label: 'restoring' }
  }
}

/** Remembers which cells cannot be run again; the checker hides what they declared. */
function createFailures(checker: Pick<Checker, 'forget'>) {
  const failed = new Set<number>()
  let known: Lost = new Map()
  return {
    lost: (cells: readonly OkCell[]): Lost => (known = failed.size > 0 ? lostCells(cells, failed) : known),
    /** Sentences for the cell that failed, those given up with it and those that depend on them. */
    add(cells: readonly OkCell[], end: Extract<StepsEnd, { type: 'failed' }>, givenUp: readonly number[]): string[] {
      if (end.cell === 0) return []
      const before = known
      for (const cell of [end.cell, ...givenUp]) failed.add(cell)
      known = lostCells(cells, failed)
      checker.forget(lostNames(cells, known))
      const names = (cell: number): string[] => lostNames(cells, new Map([[cell, undefined]]))
      const fresh = [...known].filter(([cell]) => !before.has(cell) && cell !== end.cell)
      return [
        failedCell(end.cell, end.failure, names(end.cell)),
        ...fresh.map(([cell, cause]) => skippedCell(cell, cause, names(cell))),
      ]
    },
  }
}

/** Folders that the code writes into and an earlier cell made, though no file in them is left. */
function foldersFor({ strings }: Reach, cells: readonly OkCell[], living: ReadonlySet<number>): string[] {
  const paths = strings.map(plainPath).filter((path) => path.includes('/'))
  if (paths.length === 0) return []
  const makers = cells.filter(({ cell, code }) => !living.has(cell) && /mkd/.test(code))
  const made = makers.flatMap(({ mentions }) => mentions.strings.map(plainPath))
  return [...new Set(made)].filter((folder) => folder !== '' && paths.some((path) => path.startsWith(`${folder}/`)))
}

function plainPath(path: string): string {
  return path.replace(/^\/mnt\/data\/|^\.\//, '').replace(/\/+$/, '')
}
