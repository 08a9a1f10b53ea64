// One cell on the near side: announced, type-checked, run, and its end told, all as events.
import { randomInt } from 'node:crypto'
import type { Limits } from '../sandbox/limits.ts'
import type { Diagnostic, Event, EventOf } from '../sessions/event.ts'
import type { Checker } from './check/checker.ts'
import { withDefaultImports } from './default-imports.ts'
import type { PlannedCell } from './planner/planner.ts'
import { diedByItself, type CellReport, type CellRequest } from './runner/run.ts'
import type { RunEnd, Sandbox } from './runner/sandbox.ts'

export interface CellRooms {
  readonly checker: Pick<Checker, 'check' | 'accept'>
  readonly sandbox: Pick<Sandbox, 'run'>
  /** Brings back what a snippet can reach of earlier cells; is told of each cell that ended ok. */
  readonly variables: {
    prepare(code: string, signal: AbortSignal): AsyncGenerator<Event>
    ran(cell: number): void
  }
  readonly limits: Limits
  /** The seed of an earlier cell. */
  readonly seedOf: (cell: number) => number | undefined
  /** Numbers cells from 1 through the session. */
  readonly nextCell: () => number
}

/** Runs one snippet; `made` collects the names of the files it made. Returns its result, which is also its last event. */
export async function* runCell(
  rooms: CellRooms,
  planned: PlannedCell,
  signal: AbortSignal,
  made: string[] = [],
): AsyncGenerator<Event, EventOf<'result'>> {
  const cell = rooms.nextCell()
  // A cell that is run again with a change draws the same random numbers.
  const seed = (planned.from && rooms.seedOf(planned.from.cell)) ?? randomInt(2 ** 32)
  const clock = Date.now()
  const code = withDefaultImports(planned.code)
  yield { type: 'cell', cell, seed, clock, ...planned, code }
  const restored = yield* restoring(rooms, code, signal)
  const began = performance.now()
  const checked = restored && (await unlessAborted(rooms.checker.check(code, signal), signal))
  if (!checked || signal.aborted) return yield* ended({ type: 'result', cell, ...CANCELLED, ms: 0, names: [] })
  if (!checked.ok) {
    yield { type: 'rejected', cell, diagnostics: [...checked.diagnostics] }
    const ms = Math.round(performance.now() - began)
    return yield* ended({ type: 'result', cell, ...rejection(checked.diagnostics), ms, names: [] })
  }
  const request = { cell, seed, clock, code }
  const first = yield* running(rooms, request, signal, made)
  const end = diedByItself(first) ? yield* runAgain(rooms, request, signal, made) : first
  if (!end) return yield* ended({ type: 'result', cell, ...CANCELLED, ms: 0, names: [] })
  if (end.status === 'ok') {
    rooms.checker.accept(code, end.names)
    rooms.variables.ran(cell)
  }
  const { lost, ...facts } = end
  yield* ended({ type: 'result', ...facts, names: [...end.names] })
  if (lost) yield { type: 'notice', text: RESTARTED }
  return { type: 'result', ...facts, names: [...end.names] }
}

function rejection([first]: readonly Diagnostic[]) {
  const message = first && `${first.code} at ${first.line}:${first.column}: ${first.message}`
  const { code, line, column } = first ?? {}
  return { status: 'rejected', code, message: message ?? 'The snippet was rejected.', line, column } as const
}

/** Once more, in a new process with the same variables; undefined when it was cancelled before. */
async function* runAgain(
  rooms: CellRooms,
  request: RunRequest,
  signal: AbortSignal,
  made: string[],
): AsyncGenerator<Event, RunEnd | undefined> {
  if (signal.aborted) return undefined
  yield { type: 'notice', text: AGAIN }
  if (!(yield* restoring(rooms, request.code, signal))) return undefined
  return yield* running(rooms, request, signal, made)
}

const AGAIN = 'The sandbox process ended by itself. It was started anew, and the cell is run once more.'
const RESTARTED =
  'The sandbox was restarted: the files are kept, and the variables of earlier cells come back when they are used.'

/** False when it was cancelled. */
async function* restoring({ variables }: CellRooms, code: string, signal: AbortSignal): AsyncGenerator<Event, boolean> {
  try {
    yield* variables.prepare(code, signal)
    return true
  } catch (error) {
    if (signal.aborted) return false
    throw error
  }
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return work.catch((error: unknown) => {
    if (signal.aborted) return undefined
    throw error
  })
}

const CANCELLED = { status: 'cancelled', code: 'EASEL_CANCELLED', message: 'The cell was cancelled.' } as const

function* ended(result: EventOf<'result'>): Generator<Event, EventOf<'result'>> {
  yield result
  return result
}

type RunRequest = Omit<CellRequest, 'timeoutMs'>

/** Runs the snippet and hands on its reports as they come. */
async function* running(
  { sandbox, limits }: CellRooms,
  request: RunRequest,
  signal: AbortSignal,
  made: string[],
): AsyncGenerator<Event, RunEnd> {
  const waiting: Event[] = []
  let wake: () => void = () => undefined
  let end: RunEnd | undefined
  const run = sandbox.run(
    { ...request, timeoutMs: limits.timeoutMs },
    (report) => {
      waiting.push(eventOf(report))
      if (report.type === 'file' && !made.includes(report.name)) made.push(report.name)
      if (report.type === 'removed' && made.includes(report.name)) made.splice(made.indexOf(report.name), 1)
      wake()
    },
    signal,
  )
  run.then(
    (ending) => {
      end = ending
      wake()
    },
    () => wake(),
  )
  for (;;) {
    const event = waiting.shift()
    if (event) yield event
    else if (end) return end
    else await Promise.race([run, new Promise<void>((resolve) => (wake = resolve))])
  }
}

function eventOf(report: CellReport): Event {
  if (report.type !== 'file') return report
  const { cell, name, bytes, card } = report
  const { mime, width, height, frames } = card
  return { type: 'file', cell, name, mime, bytes, width, height, frames, card }
}
