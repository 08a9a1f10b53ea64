// Finds the file of a session that a recipe is to make: by its name, or the last one made.
import { effectiveEvents } from '../../sessions/journal/effective-events.ts'
import type { Event } from '../../sessions/event.ts'
import { createFileHistory, type FileVersion } from '../../sessions/journal/file-history.ts'
import { RecipeError } from './recipe.ts'

export interface Target {
  readonly file: FileVersion & { readonly cell: number }
  /** The journal without requests that were undone. */
  readonly events: readonly Event[]
}

/** The file's current version; without a name, the last file made by a cell that still exists. Throws RecipeError. */
export function findTarget(journal: readonly Event[], name?: string): Target {
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
