// Runs one cell from script to outcome: runs the body, settles operations, fires timers, decides how it ended.
import { CellError, writeScript, type CellScript } from './script.ts'
import { startCellClock } from './clock.ts'
import {
  thrownOutcome,
  NEVER_SETTLED,
  memoryOutcome,
  timeoutOutcome,
  rejectedOutcome,
  describeUnhandled,
  type Outcome,
} from './outcome.ts'
import { LAZY_MODULES } from '../../lazy-bundles.ts'
import { MODULE_NAMES } from '../../module-names.ts'
import type { Isolate, StopReason } from '../isolate.ts'
import type { Request } from '../../protocol.ts'

/** A native operation that has finished and is to be handed to the guest. */
interface Settled {
  readonly id: number
  readonly json: string
  readonly bytes: readonly Uint8Array[]
}

export interface CellRun {
  /** Call when an operation has finished. */
  settled(done: Settled): void
  /** Call when an operation has reached a limit. */
  limited(code: string): void
  readonly outcome: Promise<Outcome>
}

/** Extra time for the isolate's own timeouts at the end of a cell, so that the cell clock's verdict comes first. */
const GRACE_MS = 1000

const known: ReadonlySet<string> = new Set(MODULE_NAMES)

export interface CellRunDeps {
  /** Number of operations still running. */
  readonly underWay: () => number
  readonly memoryBytes: number
}

/** Starts a cell in the isolate. */
export function runCell(isolate: Isolate, request: Extract<Request, { type: 'run' }>, bounds: CellRunDeps): CellRun {
  const { underWay, memoryBytes } = bounds
  const limits = new Set<string>()
  const queue = openQueue()
  const clock = startCellClock(request, () => {
    isolate.stop()
    queue.wake()
  })
  const late = (): Outcome => timeoutOutcome(clock.reached ?? 'wall', request, clock.cpuMs())

  /** Runs until the body has ended and nothing is left to do. */
  const drive = async (script: CellScript): Promise<StopReason | 'never' | undefined> => {
    let stop = await startScript(isolate, request, script, () => clock.left())
    while (!stop) {
      const done = queue.take()
      if (clock.reached) return { kind: 'timeout' }
      if (done) stop = await isolate.settle(done.id, done.json, done.bytes, clock.left())
      else if (underWay() > 0) await queue.next()
      else {
        const ended = (await isolate.ended(clock.left())) !== undefined
        const { fired, stop: stopped } = await isolate.fire(ended, clock.left())
        stop = stopped
        if (!fired && !stop) return ended ? undefined : 'never'
      }
    }
    return stop
  }

  const outcome = async (): Promise<Outcome> => {
    const script = scriptOf(request)
    if (script instanceof CellError) return rejectedOutcome(script)
    const stop = await drive(script)
    if (stop !== 'never' && stop && stop.kind !== 'threw') {
      return stop.kind === 'timeout' ? late() : memoryOutcome(memoryBytes)
    }
    // Operations still running belong to this cell: they must not settle in the next one or take up its slots.
    while (underWay() > 0 && !clock.reached) {
      queue.clear()
      await queue.next()
    }
    if (clock.reached) return late()
    const thrown =
      stop === 'never'
        ? undefined
        : stop
          ? describeUnhandled(stop.message)
          : await isolate.ended(clock.left() + GRACE_MS)
    const isOk = stop !== 'never' && !thrown
    const names = await isolate.close(isOk, clock.left() + GRACE_MS)
    if (clock.reached) return late()
    if (stop === 'never') return NEVER_SETTLED
    if (!thrown) return { status: 'ok', names }
    const end = thrownOutcome(thrown, script, limits)
    // V8's error when a byte array does not fit in memory: the data kept would make the next cell fail too.
    return end.message === 'RangeError: Array buffer allocation failed' ? memoryOutcome(memoryBytes) : end
  }

  return {
    settled: queue.put,
    limited: (code) => void limits.add(code),
    outcome: outcome().finally(() => clock.stop()),
  }
}

/** Runs the script up to its first await, with the lazy bundles that it imports. */
async function startScript(
  isolate: Isolate,
  { seed, clock }: Extract<Request, { type: 'run' }>,
  script: CellScript,
  left: () => number,
): Promise<StopReason | undefined> {
  const bundles = new Set(script.modules.flatMap((name) => LAZY_MODULES.get(name) ?? []))
  return (
    (await isolate.load([...bundles], left())) ??
    (await isolate.begin(seed, clock, left())) ??
    (await isolate.run(script, left()))
  )
}

function scriptOf({ code, cell }: { readonly code: string; readonly cell: number }): CellScript | CellError {
  try {
    return writeScript(code, cell, known)
  } catch (error) {
    if (error instanceof CellError) return error
    throw error
  }
}

interface Queue {
  readonly put: (done: Settled) => void
  take(): Settled | undefined
  /** Drops everything in the queue. */
  clear(): void
  /** Resolves when the queue has an entry, or on `wake`. */
  next(): Promise<void>
  wake(): void
}

/** Settled operations, first in, first out. */
function openQueue(): Queue {
  const waiting: Settled[] = []
  let wake: () => void = () => undefined
  return {
    put(done) {
      waiting.push(done)
      wake()
    },
    take: () => waiting.shift(),
    clear: () => void waiting.splice(0),
    next: () =>
      new Promise((resolve) => {
        wake = resolve
        if (waiting.length > 0) resolve()
      }),
    wake: () => wake(),
  }
}
