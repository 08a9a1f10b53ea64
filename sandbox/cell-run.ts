// One cell from its script to its end: runs the body, hands settled operations back, fires timers, and decides how it ended.
import { CellError, writeScript, type CellScript } from './cell.ts'
import { failed, NEVER, refused, stopped, unhandled, type Outcome } from './cell-outcome.ts'
import { MODULE_NAMES } from './module-names.ts'
import type { Isolate, Stop } from './isolate.ts'
import type { Request } from './protocol.ts'

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
  const queue = openQueue(performance.now() + request.timeoutMs)

  /** Until the body has ended and nothing is left to do. */
  const drive = async (script: CellScript): Promise<Stop | 'never' | undefined> => {
    let stop = (await isolate.begin(request.seed, request.clock)) ?? (await isolate.run(script, queue.left()))
    while (!stop) {
      const done = queue.take()
      if (done) stop = await isolate.settle(done.id, done.json, done.bytes, queue.left())
      else if (queue.isLate()) return { kind: 'timeout' }
      else if (underWay() > 0) {
        if (!(await queue.next())) return { kind: 'timeout' }
      } else {
        const ended = (await isolate.ended()) !== undefined
        const { fired, stop: stopped } = await isolate.fire(ended, queue.left())
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
    if (stop !== 'never' && stop && stop.kind !== 'threw') return stopped(stop.kind, request.timeoutMs, memoryBytes)
    // What still runs belongs to this cell: it must not settle in, or take the places of, the next.
    while (underWay() > 0) {
      queue.clear()
      if (!(await queue.next())) return stopped('timeout', request.timeoutMs, memoryBytes)
    }
    const thrown = stop === 'never' ? undefined : stop ? unhandled(stop.message) : await isolate.ended()
    const isWell = stop !== 'never' && !thrown
    const names = await isolate.close(isWell, 1000)
    if (stop === 'never') return NEVER
    if (!thrown) return { status: 'ok', names }
    const end = failed(thrown, script, limits)
    // V8's word for a byte array that does not fit any more: what is kept would fail the next cell too.
    return end.message === 'RangeError: Array buffer allocation failed' ? stopped('memory', 0, memoryBytes) : end
  }

  return { settled: queue.put, limited: (code) => void limits.add(code), outcome: outcome() }
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
  /** Resolves when something is in the queue; false when the time is up. */
  next(): Promise<boolean>
  /** Milliseconds left, at least one. */
  left(): number
  isLate(): boolean
}

/** Settled operations in their order, until a deadline. */
function openQueue(deadline: number): Queue {
  const waiting: Settled[] = []
  let wake: () => void = () => undefined
  const left = (): number => Math.max(1, Math.ceil(deadline - performance.now()))
  return {
    put(done) {
      waiting.push(done)
      wake()
    },
    take: () => waiting.shift(),
    clear: () => void waiting.splice(0),
    next: () =>
      new Promise((resolve) => {
        const timer = setTimeout(() => resolve(false), left())
        wake = () => {
          clearTimeout(timer)
          resolve(true)
        }
        if (waiting.length > 0) wake()
      }),
    left,
    isLate: () => performance.now() >= deadline,
  }
}
