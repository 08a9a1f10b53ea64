// `easel recipe save`: saves the cells that made a file of a session, after a trial run has made it again.
import { openStore } from '../../../sessions/sqlite/store.ts'
import { UsageError } from '../../config/config.ts'
import { RecipeError, type Recipe } from '../../recipe/recipe.ts'
import { makeRecipe } from '../../recipe/saving.ts'
import type { RecipeStore } from '../../recipe/recipe-store.ts'
import { openRecipeSandboxPool } from '../../recipe/recipe-sandbox-pool.ts'
import type { Display } from '../output-sink.ts'
import { recipeEvent, typedName } from './recipe-messages.ts'
import { escapeName } from '../rendering/messages.ts'
import { exitCode, type CliEnvironment } from '../command-context.ts'

/** Returns the exit code. Throws a UsageError or RecipeError. */
export async function saveRecipe(environment: CliEnvironment, store: RecipeStore, surface: Display): Promise<number> {
  const { args, interrupts, screen } = environment
  const [name = '', file, ...more] = args.files
  if (more.length > 0)
    throw new UsageError('easel recipe save saves the snippets of one file: name one, or none for the last.')
  if (args.session === undefined)
    throw new UsageError('easel recipe save needs a session: easel recipe save NAME --session ID. See easel sessions.')
  await store.checkFree(name)
  const cancel = new AbortController()
  const release = interrupts.during(() => cancel.abort())
  try {
    const { recipe, isSame } = await makeFromSession(
      environment,
      args.session,
      { name: name.normalize('NFC'), file },
      cancel.signal,
    )
    await store.save(recipe)
    if (args.json) screen.out(`${JSON.stringify({ ...recipeEvent(recipe), isSame })}\n`)
    else screen.out(`${describeRecipe(recipe, isSame).join('\n')}\n`)
    surface({ type: 'end', status: 'ok' })
    return 0
  } catch (error) {
    if (!cancel.signal.aborted) throw error
    surface(CANCELLED)
    return exitCode(CANCELLED)
  } finally {
    release()
  }
}

const CANCELLED = {
  type: 'end',
  status: 'cancelled',
  code: 'EASEL_CANCELLED',
  message: 'Cancelled: the recipe was not saved.',
} as const

async function makeFromSession(
  { args, config, startProcesses }: CliEnvironment,
  id: string,
  wanted: Parameters<typeof makeRecipe>[1],
  signal: AbortSignal,
): ReturnType<typeof makeRecipe> {
  const { limits, sessions } = config
  const store = await openStore({ folder: sessions.folder, limits: { ...limits, ...sessions.limits } })
  const { requireSandbox } = args
  const sandboxes = openRecipeSandboxPool({ limits, requireSandbox, attempts: 1, checksCells: false, startProcesses })
  try {
    const source = await store.read(id)
    if (!source)
      throw new RecipeError('session_unknown', `There is no session ${id}, or it has expired. See easel sessions.`)
    return await makeRecipe(await source.whole(), wanted, { sandboxes, limits }, signal)
  } finally {
    await Promise.all([sandboxes.close(), store.close()])
  }
}

function describeRecipe({ name, inputs, result, cells, renames }: Recipe, isSame: boolean): string[] {
  const many = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`
  const takes =
    inputs.length === 0
      ? 'takes no file'
      : `takes ${many(inputs.length, 'file')} (${inputs.map((input) => escapeName(input.name)).join(', ')})`
  const typed = typedName(name)
  return [
    `Saved ${typed}: ${takes}, runs ${many(cells.length, 'snippet')}, makes ${escapeName(result)}.`,
    ...(isSame ? [] : ["Run on the session's own files it did not make the same bytes; look at what it makes."]),
    ...(renames === 'files'
      ? ['File names in its snippets cannot be replaced, so texts in them stay as they are.']
      : []),
    `Run it: easel recipe run ${typed}${inputs.length === 0 ? '' : ' FILES...'}`,
  ]
}
