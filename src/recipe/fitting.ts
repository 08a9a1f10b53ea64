// Adapts a recipe to given files: their names in the sandbox, the cells to run, and the names of results.
import type { Recipe, RecipeCell } from './recipe.ts'
import { renameFiles } from './renaming.ts'

export interface FittedRecipe {
  /** Names in the sandbox, one for each given file. */
  readonly inputs: readonly string[]
  readonly cells: readonly RecipeCell[]
  /** The name of a result for the user. */
  resultName(name: string): string
}

export interface FittableRecipe extends Pick<Recipe, 'renames'> {
  readonly inputs: readonly { readonly name: string }[]
  readonly cells: readonly RecipeCell[]
}

/** Fits a recipe to as many distinct names as it has inputs. */
export function fit(recipe: FittableRecipe, given: readonly string[]): FittedRecipe {
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
