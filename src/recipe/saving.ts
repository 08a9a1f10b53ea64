// Makes a recipe from a session's journal.
import { effectiveEvents } from '../../sessions/journal/effective-events.ts'
import type { Limits } from '../../sandbox/limits.ts'
import type { Event } from '../../sessions/event.ts'
import { draftsFor } from './closure.ts'
import { columnsNamed } from './columns.ts'
import { RecipeError, RECIPE_VERSION, type Recipe } from './recipe.ts'
import { tryDrafts } from './trial.ts'
import type { RecipeSandboxPool } from './recipe-sandbox-pool.ts'
import { createFileHistory, type FileVersion } from '../../sessions/journal/file-history.ts'

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

interface Target {
  readonly file: FileVersion & { readonly cell: number }
  /** The journal without requests that were undone. */
  readonly events: readonly Event[]
}

/** The file's current version; without a name, the last file made by a cell that still exists. Throws RecipeError. */
function findTarget(journal: readonly Event[], name?: string): Target {
  const events = effectiveEvents(journal)
  const history = createFileHistory()
  for (const event of events) history.take(event)
  const files = history.currentFiles()
  const made = files.filter((file) => file.cell !== undefined)
  const file = name === undefined ? lastMade(events, made) : files.find((one) => one.name === name.normalize('NFC'))
  const known = made.length > 0 ? `It made: ${listed(made)}.` : 'None of the files that it made still exists.'
  if (!file && name === undefined)
    throw new RecipeError('EASEL_RECIPE_NO_FILE', `This session has no file to make again. ${known}`)
  if (!file) throw new RecipeError('EASEL_RECIPE_NO_FILE', `This session has no file ${JSON.stringify(name)}. ${known}`)
  const { cell } = file
  if (cell !== undefined) return { file: { ...file, cell }, events }
  const origin = file.drawn ? 'drawn by a model' : 'uploaded'
  const message = `${JSON.stringify(file.name)} was ${origin}, not made by a snippet. ${known}`
  throw new RecipeError('EASEL_RECIPE_NO_FILE', message)
}

function lastMade(events: readonly Event[], made: readonly FileVersion[]): FileVersion | undefined {
  const isOf = (event: Event, { name, cell }: FileVersion): boolean =>
    event.type === 'file' && event.name === name && event.cell === cell
  const at = (file: FileVersion): number => events.findLastIndex((event) => isOf(event, file))
  return [...made].sort((a, b) => at(b) - at(a))[0]
}

function listed(files: readonly FileVersion[]): string {
  const names = files.map(({ name }) => JSON.stringify(name))
  return names.slice(-10).join(', ') + (names.length > 10 ? ` and ${names.length - 10} more` : '')
}
