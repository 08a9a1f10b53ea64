// Runs plans until nothing is missing any more that can be had: a cell that fails is left out of the next plan, a child
// that is lost is replaced.
import type { Limits } from '../../sandbox/limits.ts'
import type { Event } from '../../sessions/event.ts'
import { planReplay } from '../../sessions/replay.ts'
import type { OpenSession } from '../../sessions/store.ts'
import type { Reach } from '../check/reach.ts'
import type { Sandbox } from '../runner/sandbox.ts'
import type { LivingCells } from './living-cells.ts'
import type { OkCell, PastCells } from './past-cells.ts'
import type { Failures } from './replay-failures.ts'
import type { SandboxFiles } from './replay-files.ts'
import { runSteps, type StepRooms, type StepsEnd } from './replay-steps.ts'

export interface ReplayRooms {
  readonly stored: Pick<OpenSession, 'events'>
  readonly sandbox: Sandbox
  readonly limits: Limits
  readonly past: PastCells
  readonly living: LivingCells
  readonly files: SandboxFiles
  readonly failures: Failures
}

export interface Replayer {
  /** Takes note of all that happened since, a change of the child too; gives the journal's cells. */
  look(): readonly OkCell[]
  /** The child was another one since the last question. */
  wasReset(): boolean
  /** What the child holds is not known: the next replay begins with another child. */
  doubt(): void
  /** Brings back what is in reach; returns how many cells ran. Rejects with the signal's reason when it aborts. */
  run(reach: Reach, missing: string[], signal: AbortSignal): AsyncGenerator<Event, number>
}

/** Losses of the child after which no other cell is tried that was not tried yet. */
const MOST_LOSSES = 2

export function createReplayer({ stored, sandbox, limits, past, living, files, failures }: ReplayRooms): Replayer {
  let doubtful = false
  let reset = false

  const look = (): readonly OkCell[] => {
    const cells = past.read()
    if (living.isAnother()) {
      reset = true
      doubtful = false
    }
    living.settle(cells)
    files.follow()
    return cells
  }

  return {
    look,
    wasReset() {
      const was = reset
      reset = false
      return was
    },
    doubt: () => void (doubtful = true),
    async *run(reach, missing, signal) {
      const rooms: StepRooms = { events: stored.events, sandbox, limits, files, living, missing }
      const cell = stored.events.findLast((event) => event.type === 'cell')?.cell ?? 0
      const ran = new Set<number>()
      look()
      if (doubtful) await sandbox.renew()
      for (let losses = 0; ;) {
        const cells = look()
        const plan = planReplay(cells, reach, living, failures.lost(cells))
        if (plan.steps.length === 0) return [...ran].filter((one) => living.cells.has(one)).length
        if (plan.fresh && living.cells.size > 0) {
          await sandbox.renew()
          continue
        }
        // Stays so where the steps are broken off.
        doubtful = true
        const end = yield* withProgress(runSteps(rooms, plan, cells, signal), cell, plan.steps.length)
        doubtful = false
        for (const step of plan.steps) if (!step.imports) ran.add(step.cell)
        if (end.type === 'done') continue
        if (end.lost) losses++
        else if (end.cell === 0) await sandbox.renew()
        const left = plan.steps.flatMap((step) => (!step.imports && step.cell > end.cell ? step.cell : []))
        missing.push(...failures.add(cells, end, losses >= MOST_LOSSES ? left : []))
      }
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
