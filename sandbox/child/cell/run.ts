// One cell from its script to its end: runs the body, hands settled operations back, fires timers, and decides how it ended.
import { CellError, writeScript, type CellScript } from './script.ts'
import { startCellClock } from './clock.ts'
import { failed, NEVER, outOfMemory, outOfTime, refused, unhandled, type Outcome } from './outcome.ts'
import { MODULE_NAMES } from '../../module-names.ts'
import type { Isolate, Stop } from '../isolate.ts'
import type { Request } from '../../protocol.ts'

/** A native operation that is done and waits to be handed to the guest. */
interface Settled {
  readonly id: number
  readonly json: string
  readonly bytes: readonly Uint8Array[]
}

export interface CellRun {
  /** To be called when an operation is done. */
  settled(done: Settled): void
  /** To be called when an operation reached a limit. */
  limited(code: string): void
  readonly outcome: Promise<Outcome>
}

/** The isolate's own bounds for what is asked of it at the end come after the clock's, whose word it is. */
const GRACE_MS = 1000

const known: ReadonlySet<string> = new Set(MODULE_NAMES)

export interface Bounds {
  /** Counts the operations still running. */
  readonly underWay: () => number
  readonly memoryBytes: number
}

/** Starts a cell in the isolate. */
export function runCell(isolate: Isolate, request: Extract<Request, { type: 'run' }>, bounds: Bounds): CellRun {
  const { underWay, memoryBytes } = bounds
  const limits = new Set<string>()
  const queue = openQueue()
  const clock = startCellClock(request, () => {
    isolate.stop()
    queue.wake()
  })
  const late = (): Outcome => outOfTime(clock.reached ?? 'wall', request, clock.cpuMs())

  /** Until the body has ended and nothing is left to do. */
  const drive = async (script: CellScript): Promise<Stop | 'never' | undefined> => {
    let stop =
      (await isolate.begin(request.seed, request.clock, clock.left())) ?? (await isolate.run(script, clock.left()))
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
    if (script instanceof CellError) return refused(script)
    const stop = await drive(script)
    if (stop !== 'never' && stop && stop.kind !== 'threw') {
      return stop.kind === 'timeout' ? late() : outOfMemory(memoryBytes)
    }
    // What still runs belongs to this cell: it must not settle in, or take the places of, the next.
    while (underWay() > 0 && !clock.reached) {
      queue.clear()
      await queue.next()
    }
    if (clock.reached) return late()
    const thrown =
      stop === 'never' ? undefined : stop ? unhandled(stop.message) : await isolate.ended(clock.left() + GRACE_MS)
    const isWell = stop !== 'never' && !thrown
    const names = await isolate.close(isWell, clock.left() + GRACE_MS)
    if (clock.reached) return late()
    if (stop === 'never') return NEVER
    if (!thrown) return { status: 'ok', names }
    const end = failed(thrown, script, limits)
    // V8's word for a byte array that does not fit any more: what is kept would fail the next cell too.
    return end.message === 'RangeError: Array buffer allocation failed' ? outOfMemory(memoryBytes) : end
  }

  return {
    settled: queue.put,
    limited: (code) => void limits.add(code),
    outcome: outcome().finally(() => clock.stop()),
  }
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
  /** Forgets what is in the queue. */
  clear(): void
  /** Resolves when something is in the queue, or at a `wake`. */
  next(): Promise<void>
  wake(): void
}

/** Settled operations in their order. */
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
