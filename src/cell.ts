// One cell on the near side: announced, type-checked, run, and its end recorded, all as events.
import { randomInt } from 'node:crypto'
import type { Limits } from '../sandbox/limits.ts'
import type { Diagnostic, Event, EventOf } from '../sessions/event.ts'
import type { Checker } from './check/checker.ts'
import { CANCELLED, runWithCrashRetry } from './crash-retry.ts'
import { recordAll, type Journal } from './journal.ts'
import type { PlannedCell } from './planner/planner.ts'
import type { Sandbox } from './runner/sandbox.ts'
import { withNodeImports } from './snippet/node-imports.ts'

export interface CellDeps {
  readonly journal: Pick<Journal, 'record'>
  readonly checker: Pick<Checker, 'check' | 'accept'>
  readonly sandbox: Pick<Sandbox, 'run'>
  /** Restores the earlier variables that a snippet can reach; `ran` is told of each cell that ended ok. */
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

/** Runs one snippet; `made` collects the names of the files it made. Resolves with its recorded result. */
export async function runCell(
  deps: CellDeps,
  planned: PlannedCell,
  signal: AbortSignal,
  made: string[] = [],
): Promise<EventOf<'result'>> {
  const { journal, checker, variables, limits } = deps
  const cell = deps.nextCell()
  // An edited rerun of an earlier cell draws the same random numbers.
  const seed = (planned.from && deps.seedOf(planned.from.cell)) ?? randomInt(2 ** 32)
  const clock = Date.now()
  const code = withNodeImports(planned.code)
  const end = async (result: Omit<EventOf<'result'>, 'type' | 'cell'>): Promise<EventOf<'result'>> => {
    const event = { type: 'result', cell, ...result } as const
    await journal.record(event)
    return event
  }

  await journal.record({ type: 'cell', cell, seed, clock, ...planned, code })
  const restore = (): Promise<boolean> => restoreVariables(deps, code, signal)
  const restored = await restore()
  const began = performance.now()
  const checked = restored && (await unlessAborted(checker.check(code, signal), signal))
  if (!checked || signal.aborted) return end({ ...CANCELLED, ms: 0, names: [] })
  if (!checked.ok) {
    await journal.record({ type: 'rejected', cell, diagnostics: [...checked.diagnostics] })
    return end({ ...rejection(checked.diagnostics), ms: Math.round(performance.now() - began), names: [] })
  }
  for (const text of checked.notes ?? []) await journal.record({ type: 'note', cell, text })
  const request = { cell, seed, clock, code, timeoutMs: limits.timeoutMs }
  const { lost, ...ran } = await runWithCrashRetry({ sandbox: deps.sandbox, journal, restore }, request, signal, made)
  if (ran.status === 'ok') {
    checker.accept(code, ran.names)
    variables.ran(cell)
  }
  if (ran.status === 'threw' && checked.hints) {
    await journal.record({ type: 'hints', cell, diagnostics: [...checked.hints] })
  }
  const result = await end({ ...ran, names: [...ran.names] })
  if (lost) await journal.record({ type: 'notice', text: RESTART_NOTICE })
  return result
}

function rejection([first]: readonly Diagnostic[]) {
  const message = first && `${first.code} at ${first.line}:${first.column}: ${first.message}`
  const { code, line, column } = first ?? {}
  return { status: 'rejected', code, message: message ?? 'The snippet was rejected.', line, column } as const
}

const RESTART_NOTICE =
  'The sandbox was restarted: the files are kept, and the variables of earlier cells come back when they are used.'

/** Resolves with false if it was cancelled. */
async function restoreVariables(
  { variables, journal }: Pick<CellDeps, 'variables' | 'journal'>,
  code: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await recordAll(variables.prepare(code, signal), journal)
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
