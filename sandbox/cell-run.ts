// One cell from its script to its end: runs the body, hands settled operations back, fires timers, and decides how it ended.
import * as z from 'zod/mini'
import { CellError, writeScript, type CellScript } from './cell.ts'
import { MODULE_NAMES } from './module-names.ts'
import type { Isolate, Stop } from './isolate.ts'
import type { CellStatus, Request } from './protocol.ts'

export interface Outcome {
  readonly status: CellStatus
  readonly code?: string
  readonly message?: string
  readonly line?: number
  readonly column?: number
  readonly names: readonly string[]
}

/** A native operation that is done and waits to be handed to the guest. */
export interface Settled {
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
  const queue: Settled[] = []
  const limits = new Set<string>()
  let wake: () => void = () => undefined
  const deadline = performance.now() + request.timeoutMs
  const left = (): number => Math.max(1, Math.ceil(deadline - performance.now()))

  /** Resolves at the next settled operation; false when the time is up. */
  const nextSettled = (): Promise<boolean> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), left())
      wake = () => {
        clearTimeout(timer)
        resolve(true)
      }
      if (queue.length > 0) wake()
    })

  /** Until the body has ended and nothing is left to do. */
  const drive = async (script: CellScript): Promise<Stop | 'never' | undefined> => {
    let stop = (await isolate.begin(request.seed, request.clock)) ?? (await isolate.run(script, left()))
    while (!stop) {
      const done = queue.shift()
      if (done) stop = await isolate.settle(done.id, done.json, done.bytes, left())
      else if (performance.now() >= deadline) return { kind: 'timeout' }
      else if (underWay() > 0) {
        if (!(await nextSettled())) return { kind: 'timeout' }
      } else {
        const ended = (await isolate.ended()) !== undefined
        const { fired, stop: stopped } = await isolate.fire(ended, left())
        stop = stopped
        if (!fired && !stop) return ended ? undefined : 'never'
      }
    }
    return stop
  }

  const outcome = async (): Promise<Outcome> => {
    let script: CellScript
    try {
      script = writeScript(request.code, request.cell, known)
    } catch (error) {
      if (!(error instanceof CellError)) throw error
      const { code, message, line, column } = error
      // `crashed` makes the near side start another process.
      return { status: code === 'EASEL_UNREADABLE' ? 'crashed' : 'rejected', code, message, line, column, names: [] }
    }
    const stop = await drive(script)
    if (stop !== 'never' && stop && stop.kind !== 'threw') return stopped(stop.kind, request.timeoutMs, memoryBytes)
    // What still runs belongs to this cell: it must not settle in, or take the places of, the next.
    while (underWay() > 0) if (!(await nextSettled())) return stopped('timeout', request.timeoutMs, memoryBytes)
    const thrown = stop === 'never' ? undefined : stop ? unhandled(stop.message) : await isolate.ended()
    const names = await isolate.close(1000)
    if (stop === 'never') return { ...NEVER, names }
    if (!thrown) return { status: 'ok', names }
    const end = failed(thrown, script, limits, names)
    // V8's word for a byte array that does not fit any more: what is kept would fail the next cell too.
    return end.message === 'RangeError: Array buffer allocation failed' ? stopped('memory', 0, memoryBytes) : end
  }

  return {
    settled(done) {
      queue.push(done)
      wake()
    },
    limited: (code) => void limits.add(code),
    outcome: outcome(),
  }
}

const NEVER = {
  status: 'threw',
  code: 'EASEL_NEVER_SETTLED',
  message: 'The cell awaits a promise that nothing will settle: no operation and no timer is left.',
} as const

function stopped(kind: 'timeout' | 'memory', timeoutMs: number, memoryBytes: number): Outcome {
  return kind === 'timeout'
    ? { status: 'timeout', code: 'EASEL_TIMEOUT', message: timeoutMessage(timeoutMs), names: [] }
    : { status: 'memory', code: 'EASEL_MEMORY', message: memoryMessage(memoryBytes), names: [] }
}

function memoryMessage(bytes: number): string {
  const limit = `${Math.round(bytes / 1_048_576).toLocaleString('en-US')} MB`
  return `The cell used more memory than the sandbox has, ${limit}. Work on less at a time, or on smaller pictures.`
}

/** The sentence of a cell that ran out of time. */
export function timeoutMessage(timeoutMs: number): string {
  return `The cell ran longer than its limit of ${timeoutMs / 1000} s. Do less in one cell, or raise the limit with --timeout.`
}

/** isolated-vm reports a rejection that nobody handled with its message alone. */
function unhandled(message: string): string {
  return JSON.stringify({ name: 'Unhandled rejection', message, stack: '' })
}

const short = z.string().check(z.maxLength(8000))
const flat = z.object({
  name: short,
  message: short,
  stack: short,
  code: z.optional(z.string().check(z.maxLength(60))),
})

/** The guest's word on what was thrown; whatever else it says is one sentence. */
function readThrown(json: string): z.infer<typeof flat> {
  const unreadable = { name: 'Error', message: 'What the cell threw cannot be shown.', stack: '' }
  if (json.length > 100_000) return unreadable
  try {
    return flat.parse(JSON.parse(json))
  } catch {
    return unreadable
  }
}

/** Names, message and place of what the cell threw. */
function failed(json: string, script: CellScript, limits: ReadonlySet<string>, names: readonly string[]): Outcome {
  const { name, message, stack, code } = readThrown(json)
  const place = new RegExp(`${script.filename.replace('.', '\\.')}:(\\d+):(\\d+)`).exec(stack)
  const line = place ? Number(place[1]) : undefined
  const column = place && line !== undefined ? script.shift(line, Number(place[2])) : undefined
  const isLimit = code !== undefined && (limits.has(code) || code.startsWith('EASEL_LIMIT_'))
  return {
    status: isLimit ? 'limit' : 'threw',
    code: code ?? 'EASEL_THREW',
    message: isLimit ? message : `${name}: ${message}`,
    ...(line === undefined ? {} : { line, column }),
    names,
  }
}
