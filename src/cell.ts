// One cell on the near side: announced, type-checked, run, and its end told, all as events.
import { randomInt } from 'node:crypto'
import type { Limits } from '../sandbox/limits.ts'
import type { Diagnostic, Event, EventOf } from '../sessions/event.ts'
import type { Checker } from './check/checker.ts'
import { withNodeImports } from './snippet/node-imports.ts'
import type { PlannedCell } from './planner/planner.ts'
import { CANCELLED, runWithCrashRetry } from './crash-retry.ts'
import type { Sandbox } from './runner/sandbox.ts'

export interface CellDeps {
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
  deps: CellDeps,
  planned: PlannedCell,
  signal: AbortSignal,
  made: string[] = [],
): AsyncGenerator<Event, EventOf<'result'>> {
  const cell = deps.nextCell()
  // A cell that is run again with a change draws the same random numbers.
  const seed = (planned.from && deps.seedOf(planned.from.cell)) ?? randomInt(2 ** 32)
  const clock = Date.now()
  const code = withNodeImports(planned.code)
  yield { type: 'cell', cell, seed, clock, ...planned, code }
  const restored = yield* restoring(deps, code, signal)
  const began = performance.now()
  const checked = restored && (await unlessAborted(deps.checker.check(code, signal), signal))
  if (!checked || signal.aborted) return yield* ended({ type: 'result', cell, ...CANCELLED, ms: 0, names: [] })
  if (!checked.ok) {
    yield { type: 'rejected', cell, diagnostics: [...checked.diagnostics] }
    const ms = Math.round(performance.now() - began)
    return yield* ended({ type: 'result', cell, ...rejection(checked.diagnostics), ms, names: [] })
  }
  for (const text of checked.notes ?? []) yield { type: 'note', cell, text }
  const restore = (): AsyncGenerator<Event, boolean> => restoring(deps, code, signal)
  const { timeoutMs } = deps.limits
  const end = yield* runWithCrashRetry(deps.sandbox, { cell, seed, clock, code, timeoutMs }, signal, made, restore)
  if (end.status === 'ok') {
    deps.checker.accept(code, end.names)
    deps.variables.ran(cell)
  }
  if (end.status === 'threw' && checked.hints) {
    yield { type: 'hints', cell, diagnostics: [...checked.hints] }
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

const RESTARTED =
  'The sandbox was restarted: the files are kept, and the variables of earlier cells come back when they are used.'

/** False when it was cancelled. */
async function* restoring({ variables }: CellDeps, code: string, signal: AbortSignal): AsyncGenerator<Event, boolean> {
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

function* ended(result: EventOf<'result'>): Generator<Event, EventOf<'result'>> {
  yield result
  return result
}
