// Runs a session outside Easel: its cells one after another in their own folder, each with its seed and clock, and
// finally compares the files with the session's. Part of every exported project.
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { dropAddons } from './permissions.ts'
// First, as fonts must be configured before sharp is loaded.
import { clearIntervals, startClock } from './setup.ts'

const project = join(import.meta.dirname, '../..')
const work = join(project, 'work')
/** Fires when nothing else is pending; saved before a snippet can replace it. */
const later = setImmediate

rmSync(work, { recursive: true, force: true })
mkdirSync(work)
process.chdir(work)

/** Latest values of redeclared names, for functions of earlier cells. */
export const newest = {} as ReturnType<typeof JSON.parse>

/** The value of `import.meta` in a cell. */
export const place = { url: pathToFileURL(join(work, 'cell.ts')).href, filename: join(work, 'cell.ts'), dirname: work }

/** Starts a cell with its seed and clock (milliseconds since 1970) once the previous one has finished all its work. */
export async function cell(chance: { readonly seed: number; readonly clock: number }): Promise<void> {
  await waitUntilIdle()
  // By now everything that the cells import has been loaded.
  dropAddons()
  startClock(chance)
}

/** Copies a file of the project into the working folder, optionally under another `name`. */
export async function bring(path: string, name = path.slice(path.indexOf('/') + 1)): Promise<void> {
  await waitUntilIdle()
  const to = workPath(name)
  mkdirSync(dirname(to), { recursive: true })
  copyFileSync(join(project, path), to)
}

const kept = new Map<string, Buffer>()

/** Saves a file's current content as this version of its name. */
export async function keep(name: string, version: number): Promise<void> {
  await waitUntilIdle()
  kept.set(`${version} ${name}`, readFileSync(workPath(name)))
}

/** Restores a file to a version saved by `keep`. */
export async function putBack(name: string, version: number): Promise<void> {
  await waitUntilIdle()
  const bytes = kept.get(`${version} ${name}`)
  if (!bytes) throw new Error(`Version ${version} of ${name} was not kept.`)
  const to = workPath(name)
  mkdirSync(dirname(to), { recursive: true })
  writeFileSync(to, bytes)
}

/** Deletes a file. */
export async function remove(name: string): Promise<void> {
  await waitUntilIdle()
  rmSync(workPath(name), { force: true })
}

interface Expected {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
}

/** Compares the files with the session's, prints the result, and sets the exit code to 1 if they differ. */
export async function finish(): Promise<void> {
  await waitUntilIdle()
  const { files } = JSON.parse(readFileSync(join(project, 'outputs.json'), 'utf8')) as { files: Expected[] }
  const verdicts = files.map(compareFile)
  const same = verdicts.filter((verdict) => verdict === 'same').length
  const all = `${same} of ${files.length} ${files.length === 1 ? 'file is' : 'files are'} the same as in the session.`
  process.stdout.write(files.length === 0 ? 'The session left no files.\n' : `${all} They are in work/.\n`)
  if (same < files.length) process.exitCode = 1
}

function compareFile({ name, bytes, sha256 }: Expected): 'same' | 'differs' | 'missing' {
  const path = workPath(name)
  const found = existsSync(path) ? readFileSync(path) : undefined
  const hash = found && createHash('sha256').update(found).digest('hex')
  const verdict = hash === undefined ? 'missing' : hash === sha256 ? 'same' : 'differs'
  const size = verdict === 'differs' ? `${bytes} bytes in the session, ${found?.length} here` : `${bytes} bytes`
  process.stdout.write(`${verdict.padEnd(8)} ${JSON.stringify(name).slice(1, -1)} (${size})\n`)
  return verdict
}

/** Resolves when the previous cell has nothing pending any more, awaited or not. */
async function waitUntilIdle(): Promise<void> {
  clearIntervals()
  // The immediate keeps the process alive for the next step.
  await new Promise<void>((resolve) => process.once('beforeExit', () => later(resolve)))
}

/** The path of a session file below the working folder. */
function workPath(name: string): string {
  const path = join(work, name)
  if (!path.startsWith(work + sep) || name.includes('\0'))
    throw new Error(`${JSON.stringify(name)} lies outside the folder.`)
  return path
}
