// Stores recipes as DIR/recipes/NAME.json, each written atomically and never over another.
import { randomBytes } from 'node:crypto'
import { link, open, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder, syncFolder } from '../../sessions/blobs/blobs.ts'
import { storeError } from '../../sessions/errors.ts'
import { isRecipeName, recipe as shape, RecipeError, RECIPE_VERSION, type Recipe } from './recipe.ts'

export interface RecipeStore {
  /** Durable when it resolves. Throws EASEL_RECIPE_EXISTS or a StoreError. */
  save(recipe: Recipe): Promise<void>
  /** Throws EASEL_RECIPE_UNKNOWN, EASEL_RECIPE_NEWER or EASEL_RECIPE_DAMAGED. */
  read(name: string): Promise<Recipe>
  /** Throws EASEL_RECIPE_EXISTS, so that no work is done that could not be saved. */
  checkFree(name: string): Promise<void>
  /** All recipes sorted by name; for an unreadable one, the reason. */
  list(): Promise<readonly StoredRecipe[]>
  /** Returns false if there is none of this name. */
  remove(name: string): Promise<boolean>
}

export type StoredRecipe = { readonly name: string } & ({ readonly recipe: Recipe } | { readonly problem: string })

const ENDING = '.json'
/** Larger than any recipe that we write; bigger files are not ours. */
const MAX_BYTES = 100_000_000

/** The recipes of a data folder, created with the first one. Callers check names with `isRecipeName`. */
export function openRecipeStore(dataFolder: string): RecipeStore {
  const folder = join(dataFolder, 'recipes')
  const pathOf = (name: string): string => join(folder, `${name.normalize('NFC')}${ENDING}`)

  const store: RecipeStore = {
    async save(recipe) {
      await makeFolder(folder).catch((error: unknown) => {
        throw storeError(error, dataFolder)
      })
      const temp = join(folder, `.${randomBytes(12).toString('hex')}`)
      try {
        await writeWhole(temp, `${JSON.stringify(recipe, undefined, 2)}\n`)
        // Unlike a rename, a link never replaces an existing file.
        await link(temp, pathOf(recipe.name))
      } catch (error) {
        throw codeOf(error) === 'EEXIST' ? exists(recipe.name) : storeError(error, dataFolder)
      } finally {
        await rm(temp, { force: true })
      }
      await syncFolder(folder)
    },
    async read(name) {
      const path = pathOf(name)
      const bytes = await stat(path).then(
        ({ size }) => size,
        () => undefined,
      )
      if (bytes === undefined) throw unknown(name, await namesIn(folder))
      const text = bytes > MAX_BYTES ? '' : await readFile(path, 'utf8')
      return parseRecipe(name, path, text)
    },
    async checkFree(name) {
      const there = await stat(pathOf(name)).catch(() => undefined)
      if (there) throw exists(name)
    },
    async list() {
      const names = await namesIn(folder)
      return Promise.all(
        names.map(async (name): Promise<StoredRecipe> => {
          const read = await store.read(name).catch((error: Error) => error)
          return read instanceof Error ? { name, problem: read.message } : { name, recipe: read }
        }),
      )
    },
    async remove(name) {
      const gone = await rm(pathOf(name)).then(
        () => true,
        (error: unknown) => {
          if (codeOf(error) === 'ENOENT') return false
          throw error
        },
      )
      if (gone) await syncFolder(folder)
      return gone
    },
  }
  return store
}

function unknown(name: string, others: readonly string[]): RecipeError {
  const known = others.length > 0 ? `There are: ${others.slice(0, 20).join(', ')}.` : 'None has been saved yet.'
  return new RecipeError('EASEL_RECIPE_UNKNOWN', `There is no recipe ${JSON.stringify(name)}. ${known}`)
}

async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

function exists(name: string): RecipeError {
  const message = `There is a recipe ${JSON.stringify(name)} already. Choose another name, or remove it first: easel recipe rm ${quoted(name)}`
  return new RecipeError('EASEL_RECIPE_EXISTS', message)
}

/** Quoted for a command line if it contains a space. */
function quoted(name: string): string {
  return name.includes(' ') ? `"${name}"` : name
}

async function namesIn(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  })
  const names = files
    .filter((file) => file.endsWith(ENDING))
    .map((file) => file.slice(0, -ENDING.length).normalize('NFC'))
  return names.filter(isRecipeName).sort((a, b) => a.localeCompare(b))
}

function parseRecipe(name: string, path: string, text: string): Recipe {
  const json = tryJson(text)
  const read = shape.safeParse(json)
  if (read.success) return read.data
  const { version } = (json ?? {}) as { version?: unknown }
  if (typeof version === 'number' && version > RECIPE_VERSION) {
    const message = `The recipe ${JSON.stringify(name)} was saved by a newer Easel (version ${version}; this one reads up to ${RECIPE_VERSION}).`
    throw new RecipeError('EASEL_RECIPE_NEWER', message)
  }
  const message = `The recipe ${JSON.stringify(name)} cannot be read: ${path} is damaged. Remove it and save it again.`
  throw new RecipeError('EASEL_RECIPE_DAMAGED', message)
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code
}
