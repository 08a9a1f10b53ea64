// `easel recipe`: save, run, list and rm.
import { UsageError } from '../../config/config.ts'
import { isRecipeName } from '../../recipe/recipe.ts'
import { openRecipeStore, type RecipeStore, type StoredRecipe } from '../../recipe/recipe-store.ts'
import { createJsonDisplay, type Display } from '../output-sink.ts'
import { runRecipe } from './recipe-run.ts'
import { saveRecipe } from './recipe-save.ts'
import { recipeEvent } from './recipe-messages.ts'
import { createRenderer } from '../rendering/renderer.ts'
import { reasonOf, formatDuration, escapeName } from '../rendering/messages.ts'
import { exitCode, type CliEnvironment } from '../command-context.ts'

/** Returns the exit code. Throws a UsageError. */
export async function recipe(environment: CliEnvironment): Promise<number> {
  const { args, config, screen } = environment
  const { subject, files } = args
  const verb = Object.hasOwn(VERBS, subject) ? VERBS[subject as keyof typeof VERBS] : undefined
  if (!verb)
    throw new UsageError(
      `There is no "easel recipe ${subject}". Try easel recipe save, run, list or rm; see easel --help.`,
    )
  const names = subject === 'rm' ? files : files.slice(0, 1)
  if (subject === 'list' && files.length > 0) throw new UsageError('easel recipe list takes no other words.')
  if (subject !== 'list' && names.length === 0)
    throw new UsageError(`easel recipe ${subject} needs a name: ${EXAMPLES[subject as keyof typeof EXAMPLES]}.`)
  for (const name of names) checkName(name)
  const surface = args.json ? createJsonDisplay(screen) : createRenderer(screen, { layout: 'bare', values: 'none' })
  try {
    return await verb(environment, openRecipeStore(config.sessions.folder), surface)
  } catch (error) {
    if (error instanceof UsageError) throw error
    const { code = 'EASEL_FAILED' } = error as { code?: string }
    const end = { type: 'end', status: 'failed', code, message: reasonOf(error) } as const
    surface(end)
    return exitCode(end)
  }
}

type Work = (environment: CliEnvironment, store: RecipeStore, surface: Display) => Promise<number>

const VERBS = { save: saveRecipe, run: runRecipe, list, rm: remove } satisfies Record<string, Work>

const EXAMPLES = {
  save: 'easel recipe save NAME --session ID [FILE]',
  run: 'easel recipe run NAME FILES...',
  list: 'easel recipe list',
  rm: 'easel recipe rm NAME',
}

function checkName(name: string): void {
  if (isRecipeName(name.normalize('NFC'))) return
  throw new UsageError(
    `A recipe cannot be called ${JSON.stringify(name)}: use letters, digits, "-", "_" and spaces, at most 60 characters.`,
  )
}

async function list({ args, config, screen }: CliEnvironment, store: RecipeStore): Promise<number> {
  const all = await store.list()
  if (args.json) {
    for (const one of all) screen.out(`${JSON.stringify(lineOf(one))}\n`)
    return 0
  }
  if (all.length === 0) {
    screen.out(`No recipes in ${config.sessions.folder}.\n`)
    return 0
  }
  const rows = [['NAME', 'AGE', 'CELLS', 'TAKES', 'MAKES'], ...all.map(rowOf)]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  for (const row of rows)
    screen.out(
      `${row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    )
  return 0
}

function rowOf(one: StoredRecipe): string[] {
  if ('problem' in one) return [one.name, '', '', '', one.problem]
  const { name, savedAt, cells, inputs, result } = one.recipe
  const age = formatDuration(Date.now() - Date.parse(savedAt))
  return [
    name,
    age,
    String(cells.length),
    inputs.map((input) => escapeName(input.name)).join(', ') || 'no file',
    escapeName(result),
  ]
}

function lineOf(one: StoredRecipe) {
  if ('problem' in one) return { type: 'recipe', name: one.name, problem: one.problem }
  return recipeEvent(one.recipe)
}

async function remove({ args, screen }: CliEnvironment, store: RecipeStore): Promise<number> {
  let failures = 0
  for (const name of args.files) {
    const was = await store.remove(name)
    if (was) screen.out(`Removed ${name}.\n`)
    else screen.err(`easel: There is no recipe ${JSON.stringify(name)}.\n`)
    failures += was ? 0 : 1
  }
  return failures > 0 ? 1 : 0
}
