// `easel recipe run`: runs a recipe on file after file, without planner or session; results go to -o DIR.
import { basename } from 'node:path'
import type { Event, EventOf } from '../../../sessions/event.ts'
import { UsageError } from '../../config/config.ts'
import type { Result } from '../../recipe/attempt.ts'
import { runBatch, type Step } from '../../recipe/batch.ts'
import type { Recipe } from '../../recipe/recipe.ts'
import type { RecipeStore } from '../../recipe/recipe-store.ts'
import { openRecipeSandboxPool } from '../../recipe/recipe-sandbox-pool.ts'
import type { Display } from '../output-sink.ts'
import { createOutputs } from '../output-files.ts'
import { typedName } from './recipe-messages.ts'
import { planUploads } from '../uploads.ts'
import { reasonOf, shortPath, escapeName } from '../rendering/messages.ts'
import { exitCode, type CliEnvironment } from '../command-context.ts'

/** Returns the exit code: 1 if a file failed. Throws a UsageError or RecipeError. */
export async function runRecipe(environment: CliEnvironment, store: RecipeStore, surface: Display): Promise<number> {
  const { args, config, interrupts } = environment
  const [name = '', ...paths] = args.files
  const recipe = await store.read(name)
  const sets = setsOf(recipe, paths)
  await createOutputs(args.outDir).check()
  const { limits } = config
  const cancel = new AbortController()
  const release = interrupts.during(() => cancel.abort())
  const { requireSandbox } = args
  const { startProcesses } = environment
  const sandboxes = openRecipeSandboxPool({
    limits,
    requireSandbox,
    attempts: sets.length,
    checksCells: true,
    startProcesses,
  })
  const report = createReport(environment, surface, recipe, sets)
  try {
    const batch = { recipe, sets, plan: (set: readonly string[]) => planUploads(set), sandboxes, limits }
    for await (const step of runBatch(batch, cancel.signal)) await report.step(step)
    const end = report.end(cancel.signal.aborted)
    surface(end)
    return exitCode(end)
  } finally {
    await sandboxes.close()
    release()
  }
}

function setsOf({ name, inputs }: Recipe, paths: readonly string[]): string[][] {
  const size = inputs.length
  const names = inputs.map((input) => escapeName(input.name)).join(', ')
  if (size === 0 && paths.length > 0)
    throw new UsageError(`The recipe "${name}" takes no files: easel recipe run ${typedName(name)}.`)
  if (size === 0) return [[]]
  if (paths.length === 0)
    throw new UsageError(`The recipe "${name}" needs files like ${names}: easel recipe run ${typedName(name)} FILES...`)
  if (paths.length % size !== 0)
    throw new UsageError(
      `The recipe "${name}" takes ${size} files at a time (like ${names}); ${paths.length} cannot be divided so.`,
    )
  return Array.from({ length: paths.length / size }, (_, i) => paths.slice(i * size, (i + 1) * size))
}

interface Report {
  step(step: Step): Promise<void>
  end(cancelled: boolean): EventOf<'end'>
}

function createReport(
  { args, screen }: CliEnvironment,
  surface: Display,
  recipe: Recipe,
  sets: readonly string[][],
): Report {
  const labels = sets.map((set) => set.map((path) => escapeName(basename(path))).join(' + ') || recipe.name)
  const total = sets.length
  let [done, failed] = [0, 0]

  const fail = (at: number, reason: string): void => {
    failed++
    const text = `${labels[at]}: ${reason}`
    // For a user it is an error, but the run continues.
    surface(args.json ? { type: 'notice', text } : { type: 'print', cell: 0, stream: 'stderr', text: `${text}\n` })
  }
  const deliver = async (at: number, results: readonly Result[]): Promise<void> => {
    // New outputs for each set, so that it does not overwrite the results of the previous one.
    const outputs = createOutputs(args.outDir)
    const events: Event[] = []
    try {
      for (const result of results) {
        const { path, renamed } = await outputs.write(result.name, result.path)
        if (renamed) events.push({ type: 'notice', text: sayRenamed(labels[at] ?? '', result.name, path) })
        events.push(fileEvent(result, path, recipe.cells.length))
      }
      done++
    } catch (error) {
      fail(at, `the result could not be written: ${reasonOf(error)}`)
    }
    for (const event of events) surface(event)
  }
  const progress = (at: number): void => {
    // In a pipe the renderer writes one line a quarter, so the label is the recipe's.
    const label = (args.json || screen.moving ? labels[at] : undefined) ?? recipe.name
    surface({ type: 'progress', cell: 0, done: done + failed, total, label })
  }

  return {
    async step(step) {
      if (step.type === 'begun') return progress(step.at)
      if (step.type === 'failed') fail(step.at, step.message)
      else await deliver(step.at, step.results)
      if (step.at === total - 1) progress(step.at)
    },
    end(cancelled) {
      const message = `${done} of ${total} ${recipe.inputs.length === 1 ? 'files' : 'runs'} done, ${failed} failed.`
      if (cancelled && done + failed < total) {
        const text = `Cancelled: ${done} of ${total} done, ${failed} failed.`
        return { type: 'end', status: 'cancelled', code: 'EASEL_CANCELLED', message: text }
      }
      if (failed === 0) return { type: 'end', status: 'ok' }
      return { type: 'end', status: 'failed', code: 'recipe_failures', message }
    },
  }
}

function sayRenamed(label: string, name: string, path: string): string {
  return `${escapeName(name)} already existed, so the result of ${label} is ${escapeName(shortPath(path))}.`
}

function fileEvent({ name, bytes, card }: Result, path: string, cell: number): EventOf<'file'> {
  const { mime, width, height, frames } = card
  // The display distinguishes files by this name, so it must be the name after a rename.
  const written = name.slice(0, name.length - basename(name).length) + basename(path)
  return { type: 'file', cell, name: written, path, mime, bytes, width, height, frames, card }
}
