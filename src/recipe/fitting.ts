// A recipe made fit for certain files: what they are called in the sandbox, the cells as they are run, names of results.
import type { Recipe, RecipeCell } from './recipe.ts'
import { renameFiles } from './renaming.ts'

export interface Fitted {
  /** Names in the sandbox, one for each file given. */
  readonly inputs: readonly string[]
  readonly cells: readonly RecipeCell[]
  /** The name under which a result comes out. */
  resultName(name: string): string
}

export interface Fitting extends Pick<Recipe, 'renames'> {
  readonly inputs: readonly { readonly name: string }[]
  readonly cells: readonly RecipeCell[]
}

/** Fits a recipe to as many names as it takes; they are different from each other. */
export function fit(recipe: Fitting, given: readonly string[]): Fitted {
  const { cells } = recipe
  const inputs = recipe.inputs.map(({ name }) => name)
  const renaming = renameFiles({ inputs, made: cells.flatMap(({ made }) => made) }, given)
  if (recipe.renames === 'files') return { inputs, cells, resultName: (name) => renaming.resultOf(name) }
  return {
    inputs: given,
    cells: cells.map((cell) => ({ ...cell, code: renaming.rewrite(cell.code) })),
    resultName: (name) => renaming.resultName(name),
  }
}
