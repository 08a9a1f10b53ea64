// Runs a fitted recipe once, in a sandbox in which nothing else has run.
import type { Limits } from '../../sandbox/limits.ts'
import type { FileInfo, CellStatus } from '../../sandbox/protocol.ts'
import type { Verdict } from '../check/checker.ts'
import type { CellReport } from '../runner/run.ts'
import type { Sandbox } from '../runner/sandbox.ts'
import { foldersOf, makeFoldersCode } from '../runtime/replay/folders.ts'
import type { FittedRecipe } from './fitting.ts'
import type { RecipeCell } from './recipe.ts'

/** A file that the last cell made. */
export interface Result {
  /** The name of the result for the user. */
  readonly name: string
  /** Path of its bytes, valid while the sandbox is not used for anything else. */
  readonly path: string
  readonly bytes: number
  readonly card: FileInfo
}

export type Outcome =
  | { readonly ok: true; readonly results: readonly Result[] }
  /** `status`: the status of the cell that failed. */
  | { readonly ok: false; readonly code: string; readonly message: string; readonly status?: CellStatus }

export interface AttemptDeps {
  readonly sandbox: Pick<Sandbox, 'run' | 'file'>
  readonly limits: Limits
  /** Checks cell number `i`, from 0. `ran` reports the names that it left when it ended ok. */
  readonly check: (i: number, code: string, signal: AbortSignal) => Promise<Verdict>
  readonly ran: (i: number, code: string, names: readonly string[]) => void
}

type TimedCell = RecipeCell & { readonly clock?: number }

/** Runs the cells in order; the inputs are already in the sandbox. Rejects with the signal's reason when it aborts. */
export async function runAttempt(deps: AttemptDeps, fitted: FittedRecipe, signal: AbortSignal): Promise<Outcome> {
  let made = new Map<string, FileInfo>()
  for (const [i, cell] of fitted.cells.entries()) {
    made = new Map()
    const problem = await runCell(deps, i, cell, signal, (report) => {
      if (report.type === 'file') made.set(report.name, report.card)
      if (report.type === 'removed') made.delete(report.name)
    })
    if (problem) return problem
  }
  const results = [...made].flatMap(([name, card]) => {
    const file = deps.sandbox.file(name)
    return file ? { name: fitted.resultName(name), path: file.path, bytes: file.bytes, card } : []
  })
  if (results.length > 0) return { ok: true, results }
  return { ok: false, code: 'EASEL_RECIPE_NOTHING', message: 'No file was made.' }
}

async function runCell(
  { sandbox, limits, check, ran }: AttemptDeps,
  i: number,
  { code, seed, made, clock = Date.now() }: TimedCell,
  signal: AbortSignal,
  note: (report: CellReport) => void,
): Promise<Outcome | undefined> {
  const verdict = await check(i, code, signal)
  if (!verdict.ok) {
    const [first] = verdict.diagnostics
    return { ok: false, code: first?.code ?? 'EASEL_CHECK', message: first?.message ?? 'A snippet was rejected.' }
  }
  const { timeoutMs } = limits
  const folders = foldersOf(code, made)
  const line = { cell: 0, code: makeFoldersCode(folders), seed: 0, clock: 0, timeoutMs }
  if (folders.length > 0) await sandbox.run(line, () => undefined, signal)
  signal.throwIfAborted()
  const end = await sandbox.run({ cell: i + 1, code, seed, clock, timeoutMs }, note, signal)
  signal.throwIfAborted()
  if (end.status === 'ok') {
    ran(i, code, end.names)
    return undefined
  }
  return {
    ok: false,
    status: end.status,
    code: end.code ?? end.status,
    message: end.message ?? `A snippet ended with ${end.status}.`,
  }
}
