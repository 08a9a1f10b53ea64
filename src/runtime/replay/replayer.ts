// Runs replay plans until everything that can be restored is: a cell that fails is left out of the next plan, a child
// that is lost is replaced. The runs are counted, so that replay ends whatever cells do.
import type { Limits } from '../../../sandbox/limits.ts'
import { findLastEvent } from '../../../sessions/journal/derived.ts'
import type { Event } from '../../../sessions/event.ts'
import { planReplay, type ReplayStep } from '../../../sessions/replay/plan.ts'
import type { StoredSession } from '../../../sessions/store.ts'
import type { SnippetAnalysis } from '../../snippet/analysis.ts'
import { diedByItself } from '../../runner/run.ts'
import type { Sandbox } from '../../runner/sandbox.ts'
import type { LiveCells } from './live-cells.ts'
import type { OkCell, PastCells } from './past-cells.ts'
import type { Failures } from './failures.ts'
import type { SandboxFiles } from './files.ts'
import { runSteps, type StepDeps, type StepsEnd } from './steps.ts'
import { brokenOff } from './messages.ts'

export interface ReplayDeps {
  readonly stored: Pick<StoredSession, 'events'>
  readonly sandbox: Sandbox
  readonly limits: Limits
  readonly past: PastCells
  readonly living: LiveCells
  readonly files: SandboxFiles
  readonly failures: Failures
}

export interface Replayer {
  /** Catches up with the journal and with a change of the child; returns the journal's cells. */
  catchUp(): readonly OkCell[]
  /** Whether the child has been replaced since the last call. */
  wasReset(): boolean
  /** Marks the child's state as unknown: the next replay begins with a new child. */
  markUnknown(): void
  /**
   * Restores what the references can reach; returns how many cells ran. Runs each at most twice, and none after the
   * second loss of the child; the rest is left to the next run. Rejects with the signal's reason when it aborts.
   */
  run(references: SnippetAnalysis, missing: string[], signal: AbortSignal): AsyncGenerator<Event, number>
}

/** Losses of the child in one run, after which it tries no further cells. */
const MAX_LOSSES = 2
/** Times that a step runs in one replay: a second time after the child was lost or replaced. */
const MAX_TIMES = 2

export function createReplayer({ stored, sandbox, limits, past, living, files, failures }: ReplayDeps): Replayer {
  let doubtful = false
  let reset = false

  const catchUp = (): readonly OkCell[] => {
    const cells = past.read()
    if (living.wasReplaced()) {
      reset = true
      doubtful = false
    }
    living.bindPending(cells)
    files.follow()
    return cells
  }

  return {
    catchUp,
    wasReset() {
      const was = reset
      reset = false
      return was
    },
    markUnknown: () => void (doubtful = true),
    async *run(references, missing, signal) {
      const deps: StepDeps = { events: stored.events, sandbox, limits, files, living, missing }
      const cell = lastCell(stored.events)
      const [ran, crashed] = [new Set<number>(), new Set<number>()]
      const times = new Map<string, number>()
      catchUp()
      if (doubtful) await sandbox.renew()
      for (let losses = 0; ;) {
        signal.throwIfAborted()
        const cells = catchUp()
        const plan = planReplay(cells, references, living, failures.lost(cells))
        const isOver = plan.steps.length === 0
        const isEnough = losses >= MAX_LOSSES || plan.steps.some((step) => (times.get(keyOf(step)) ?? 0) >= MAX_TIMES)
        if (isEnough && !isOver) missing.push(brokenOff(plan.steps, losses))
        if (isEnough || isOver) return [...ran].filter((one) => living.cells.has(one)).length
        if (plan.fresh && living.cells.size > 0) {
          await sandbox.renew()
          continue
        }
        const { generation } = sandbox
        // Stays true if the steps are interrupted.
        doubtful = true
        const end = yield* countSteps(runSteps(deps, plan, cells, signal), plan.steps, times, cell)
        doubtful = false
        for (const step of plan.steps) if (!step.imports) ran.add(step.cell)
        if (sandbox.generation !== generation) losses++
        if (end.type === 'done') continue
        if (!end.lost && end.cell === 0) await sandbox.renew()
        // A cell whose process died by itself has not failed yet: it gets a second run.
        if (diedByItself(end.failure) && !crashed.has(end.cell)) {
          crashed.add(end.cell)
          continue
        }
        const left = plan.steps.flatMap((step) => (!step.imports && step.cell > end.cell ? step.cell : []))
        missing.push(...failures.add(cells, end, losses >= MAX_LOSSES ? left : []))
      }
    },
  }
}

const keyOf = ({ cell, imports = [] }: ReplayStep): string => [cell, ...imports.map(({ name }) => name)].join(' ')

/** Yields a progress event for each step made, and counts it. */
async function* countSteps(
  made: AsyncGenerator<number, StepsEnd>,
  steps: readonly ReplayStep[],
  times: Map<string, number>,
  cell: number,
): AsyncGenerator<Event, StepsEnd> {
  for (;;) {
    const { done, value } = await made.next()
    if (done) return value
    const key = keyOf(steps[value - 1] as ReplayStep)
    times.set(key, (times.get(key) ?? 0) + 1)
    yield { type: 'progress', cell, done: value, total: steps.length, label: 'restoring' }
  }
}

/** The number of the cell that started last. */
function lastCell(events: readonly Event[]): number {
  const last = findLastEvent(events, ({ type }) => type === 'cell')?.event
  return last?.type === 'cell' ? last.cell : 0
}
