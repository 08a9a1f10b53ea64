// Makes a recipe from a session's journal.
import { effectiveEvents } from '../../sessions/journal/effective-events.ts'
import type { Limits } from '../../sandbox/limits.ts'
import type { Event } from '../../sessions/event.ts'
import { draftsFor } from './closure.ts'
import { columnsNamed } from './columns.ts'
import { RecipeError, RECIPE_VERSION, type Recipe } from './recipe.ts'
import { findTarget } from './target.ts'
import { tryDrafts } from './trial.ts'
import type { RecipeSandboxPool } from './recipe-sandbox.ts'

export interface RecipeSource {
  readonly events: readonly Event[]
  readonly pathOf: (hash: string) => Promise<string>
}

export interface RecipeRequest {
  /** The recipe's name. */
  readonly name: string
  /** The file; undefined for the last one made. */
  readonly file: string | undefined
}

export interface SavingDeps {
  readonly sandboxes: Pick<RecipeSandboxPool, 'next'>
  readonly limits: Limits
}

/** Makes and tries a recipe; `isSame`: it made the same bytes from the session's own files. Throws RecipeError. */
export async function makeRecipe(
  source: RecipeSource,
  { name, file }: RecipeRequest,
  deps: SavingDeps,
  signal: AbortSignal,
): Promise<{ readonly recipe: Recipe; readonly isSame: boolean }> {
  const target = findTarget(effectiveEvents(source.events), file)
  const drafts = draftsFor(target.events, target.file.cell)
  const { draft, renames, isSame } = await tryDrafts({ ...deps, pathOf }, drafts, target.file, signal)
  const codes = draft.cells.map(({ code }) => code)
  const recipe: Recipe = {
    version: RECIPE_VERSION,
    name,
    savedAt: new Date().toISOString(),
    inputs: draft.inputs.map(({ name: input, card }) => ({ name: input, columns: columnsNamed(card, codes) })),
    result: target.file.name,
    cells: draft.cells.map(({ code, seed, made }) => ({ code, seed, made: [...made] })),
    renames,
  }
  return { recipe, isSame }

  async function pathOf({ name: input, hash }: { readonly name: string; readonly hash: string | undefined }) {
    if (hash !== undefined) return source.pathOf(hash)
    throw new RecipeError(
      'EASEL_RECIPE_NO_FILE',
      `The content of ${JSON.stringify(input)} was never stored, so the recipe cannot be tried.`,
    )
  }
}
