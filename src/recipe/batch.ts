// Runs a recipe on one set of files after another. A failure is reported and the next set runs.
import type { Limits } from '../../sandbox/limits.ts'
import type { FileInfo } from '../../sandbox/protocol.ts'
import { diedByItself } from '../runner/run.ts'
import type { Sandbox } from '../runner/sandbox.ts'
import { temporaryFolderProblem } from '../runtime/processes.ts'
import { runAttempt, type Outcome, type Result } from './attempt.ts'
import { columnProblem } from './columns.ts'
import { fit } from './fitting.ts'
import type { Recipe } from './recipe.ts'
import type { RecipeSandboxPool } from './recipe-sandbox-pool.ts'

/** Progress of set number `at`, from 0. */
export type Step =
  | { readonly type: 'begun'; readonly at: number }
  /** The result files stay in place until the next step is requested. */
  | { readonly type: 'done'; readonly at: number; readonly results: readonly Result[] }
  | { readonly type: 'failed'; readonly at: number; readonly code: string; readonly message: string }

export interface Batch {
  readonly recipe: Recipe
  /** Each set has as many paths as the recipe has inputs. */
  readonly sets: readonly (readonly string[])[]
  /** Names and absolute paths for the files of a set; throws if one cannot be read. */
  readonly plan: (paths: readonly string[]) => Promise<readonly { readonly name: string; readonly path: string }[]>
  readonly sandboxes: RecipeSandboxPool
  readonly limits: Limits
}

/** Stops after the set under way when `signal` aborts. */
export async function* runBatch(batch: Batch, signal: AbortSignal): AsyncGenerator<Step> {
  for (const [at, paths] of batch.sets.entries()) {
    if (signal.aborted) return
    yield { type: 'begun', at }
    const outcome = await runSet(batch, paths, signal)
    if (!outcome) return
    yield outcome.ok
      ? { type: 'done', at, results: outcome.results }
      : { type: 'failed', at, code: outcome.code, message: outcome.message }
  }
}

/** Undefined if it was cancelled. A set in which the sandbox died by itself runs once more, in another. */
async function runSet(batch: Batch, paths: readonly string[], signal: AbortSignal): Promise<Outcome | undefined> {
  const outcome = await runOnce(batch, paths, signal)
  return outcome && !outcome.ok && diedByItself(outcome) ? runOnce(batch, paths, signal) : outcome
}

async function runOnce(batch: Batch, paths: readonly string[], signal: AbortSignal): Promise<Outcome | undefined> {
  const { recipe, plan, sandboxes, limits } = batch
  const plans = await plan(paths).catch(failure)
  if ('ok' in plans) return plans
  const sandbox = await sandboxes.next()
  const fitted = fit(
    recipe,
    plans.map(({ name }) => name),
  )
  const cards = await bring(sandbox, fitted.inputs, plans).catch(failure)
  if ('ok' in cards) return cards
  const problem = recipe.inputs.map(({ columns }, i) => columnProblem(cards[i] as FileInfo, columns)).find(Boolean)
  if (problem) return { ok: false, code: 'EASEL_RECIPE_COLUMNS', message: problem }
  try {
    const outcome = await runAttempt({ sandbox, limits, ...sandboxes.cellChecker }, fitted, signal)
    const broken = cards.find(({ problem }) => problem !== undefined)
    return outcome.ok || !broken?.problem ? outcome : { ...outcome, message: broken.problem }
  } catch (error) {
    if (signal.aborted) return undefined
    throw error
  }
}

async function bring(
  sandbox: Sandbox,
  names: readonly string[],
  plans: readonly { readonly path: string }[],
): Promise<FileInfo[]> {
  const cards: FileInfo[] = []
  for (const [i, { path }] of plans.entries()) cards.push(await sandbox.upload(names[i] ?? '', path))
  return cards
}

/** The outcome for an unusable file; bugs are rethrown. */
function failure(error: unknown): Extract<Outcome, { ok: false }> {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === undefined) throw error
  // The disk of the sandbox is full, so the next file would fail too.
  if (code === 'ENOSPC' || code === 'EDQUOT') throw temporaryFolderProblem(error)
  return { ok: false, code, message }
}
