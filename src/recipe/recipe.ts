// A recipe is the cells that made a file of a session, to be run on other files without a model; its stored form.
import * as z from 'zod/mini'

/** Incremented when the stored form changes its meaning. */
export const RECIPE_VERSION = 1

const fileName = z.string().check(z.minLength(1), z.maxLength(1024))

const recipeInput = z.object({
  name: fileName,
  /** Columns of the table that the cells use; a replacement must have them. */
  columns: z.array(z.string()),
})

const recipeCell = z.object({
  code: z.string(),
  seed: z.int().check(z.minimum(0)),
  /** Files that the cell made in the session. */
  made: z.array(fileName),
})
export type RecipeCell = z.infer<typeof recipeCell>

export const recipe = z.object({
  version: z.literal(RECIPE_VERSION),
  name: z.string(),
  /** ISO 8601. */
  savedAt: z.string(),
  /** The input files by their names in the session, in the order in which replacements are given. */
  inputs: z.array(recipeInput).check(z.maxLength(1000)),
  /** The file for which the recipe was saved. */
  result: fileName,
  /** In execution order; the files that the last one makes are the results. */
  cells: z.array(recipeCell).check(z.minLength(1), z.maxLength(10_000)),
  /**
   * `code`: the cells are rewritten to name the files they are run on. `files`: where that does not work, other files
   * get the names that the cells know, and results are renamed afterwards.
   */
  renames: z.enum(['code', 'files']),
})
export type Recipe = z.infer<typeof recipe>

/** A recipe that cannot be made, found or run: `code` is stable, `message` a sentence for the user. */
export class RecipeError extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** Letters of any script, digits, `-`, `_` and single spaces inside, 60 characters at most. */
export function isRecipeName(name: string): boolean {
  return /^(?! )(?!.* $)[\p{L}\p{M}\p{N}_ -]{1,60}$/u.test(name) && Buffer.byteLength(name) <= 240
}
