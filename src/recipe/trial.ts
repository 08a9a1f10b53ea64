// Before a recipe is saved it is run on the session's own files, once under other names. This shows whether it makes
// the file byte for byte, which draft is needed, and whether the cells can be rewritten to name other files.
import { extname } from 'node:path'
import type { Limits } from '../../sandbox/limits.ts'
import type { FileVersion } from '../../sessions/journal/file-history.ts'
import { hashOfFile } from '../runtime/replay/replay-cell.ts'
import { runAttempt, type Outcome } from './attempt.ts'
import type { Draft } from './closure.ts'
import { fit } from './fitting.ts'
import { RecipeError, type Recipe } from './recipe.ts'
import type { RecipeSandboxPool } from './recipe-sandbox-pool.ts'

export interface TriedDraft {
  readonly draft: Draft
  readonly renames: Recipe['renames']
  /** Whether it made the same bytes as the session. */
  readonly isSame: boolean
}

export interface TrialDeps {
  readonly sandboxes: Pick<RecipeSandboxPool, 'next'>
  readonly limits: Limits
  /** The path of a version's bytes. */
  readonly pathOf: (version: FileVersion) => Promise<string>
}

/** The first draft that makes the file again, else the first that makes any file. Throws RecipeError. */
export async function tryDrafts(
  deps: TrialDeps,
  drafts: readonly Draft[],
  wanted: FileVersion,
  signal: AbortSignal,
): Promise<TriedDraft> {
  let second: TriedDraft | undefined
  let reason: string | undefined
  for (const draft of drafts) {
    const other = await tryOne(deps, draft, 'code', wanted, signal)
    if (other.isSame) return { draft, renames: 'code', isSame: true }
    // A picture that shows file names cannot be the same under other names, so the original cells are run too.
    const own = draft.inputs.length === 0 ? other : await tryOne(deps, draft, 'files', wanted, signal)
    const tried = { draft, renames: other.ok ? 'code' : 'files', isSame: own.isSame } as const
    if (own.isSame) return tried
    if (own.ok) second ??= tried
    reason ??= own.ok ? undefined : own.message
  }
  if (second) return second
  const why = reason ?? 'one of them, or one that it needs, did not end well'
  const message = `The snippets that made ${JSON.stringify(wanted.name)} do not make it again: ${why.replace(/\.$/, '')}.`
  throw new RecipeError('EASEL_RECIPE_FAILED', message)
}

type Trial =
  | { readonly ok: true; readonly isSame: boolean }
  | { readonly ok: false; readonly isSame: false; readonly message: string }

/** Tries one draft. `code`: under names that do not occur in the session. */
async function tryOne(
  { sandboxes, limits, pathOf }: TrialDeps,
  { inputs, cells }: Draft,
  renames: Recipe['renames'],
  wanted: FileVersion,
  signal: AbortSignal,
): Promise<Trial> {
  const given = inputs.map(({ name }, i) => (renames === 'code' ? `other-${i + 1}${extname(name)}` : name))
  const sandbox = await sandboxes.next()
  const fitted = fit({ inputs, cells, renames }, given)
  for (const [i, version] of inputs.entries()) await sandbox.placeFile(fitted.inputs[i] ?? '', await pathOf(version))
  const outcome = await runAttempt({ sandbox, limits, check: accepted, ran: () => undefined }, fitted, signal)
  if (!outcome.ok) return { ok: false, isSame: false, message: outcome.message }
  return { ok: true, isSame: await hasWantedResult(outcome, wanted) }
}

/** The session's checker has already accepted these cells. */
const accepted = () => Promise.resolve({ ok: true } as const)

async function hasWantedResult({ results }: Extract<Outcome, { ok: true }>, { hash }: FileVersion): Promise<boolean> {
  // Older journals have no hashes to compare.
  if (hash === undefined) return true
  for (const { path } of results) if ((await hashOfFile(path)) === hash) return true
  return false
}
