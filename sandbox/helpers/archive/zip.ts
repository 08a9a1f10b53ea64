// ZIP archives: what is in one, and unpacking it as files of the session. Nothing is written before all that the
// archive states has been checked: bombs are refused by their stated sizes, and by their real ones while unpacking.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { argumentError } from '../argument.ts'
import { note } from '../notes.ts'
import { noteUnknown, type All } from '../options.ts'
import { readDirectory, ZipError, type Directory, type DirectoryEntry } from './directory.ts'
import { createUniquePaths, decodeNames, safePath } from './entry-names.ts'
import { extractEntry, extractProblem, locateEntries } from './extract.ts'
import { spaceLeft, type Space } from '../space.ts'

/** One entry of a ZIP archive. */
export interface ZipEntry {
  /** The path in the archive, as it states it. */
  readonly name: string
  /** Unpacked. */
  readonly bytes: number
  readonly compressedBytes: number
  /** Local time without a zone, such as 2024-01-31T10:00:00; null if unknown. */
  readonly modified: string | null
  readonly isFolder: boolean
  readonly encrypted: boolean
}

export interface UnzipOptions {
  /** The folder to unpack into; by default the archive's name without its ending. '.' is the working directory. */
  into?: string
  /** The entries to unpack: names, folders ('data/') or patterns ('*.csv'); all by default. */
  only?: string | readonly string[]
}

const UNZIP_OPTIONS: All<UnzipOptions> = { into: true, only: true }

/**
 * Lists a ZIP archive, folders included, without unpacking it. Takes a file name or the bytes. Names that are not UTF-8 are
 * decoded by what fits them (GBK, code page 437 …).
 * @throws Error when it is missing, no ZIP archive, or damaged.
 */
export async function listZip(file: string | Uint8Array): Promise<ZipEntry[]> {
  const { entries } = await openZip('listZip', file)
  return entries.map(({ name, entry }) => zipEntry(name, entry))
}

/**
 * Unpacks a ZIP archive and gives the names of the files written, for readTable and others. Folders are kept; absolute
 * paths, '..', links and names that are taken twice are made safe or left out, with a note.
 * @throws Error when it is no archive, damaged, encrypted, or larger than the session may hold; TypeError for options.
 */
export async function unzip(file: string | Uint8Array, options: UnzipOptions = {}): Promise<string[]> {
  noteUnknown('unzip', options, UNZIP_OPTIONS)
  const { label, bytes, directory, entries } = await openZip('unzip', file)
  const refuse = (why: string): Error => new Error(`unzip: ${label}: ${why}`)
  const into = targetFolder(file, options.into)
  const chosen = chooseEntries(entries, options.only)
  if (chosen.length === 0) {
    const some = entries.slice(0, 8).map(({ name }) => name)
    throw refuse(`nothing in it is ${JSON.stringify(options.only ?? '*')}; it has ${some.join(', ') || 'no entries'}`)
  }
  const wanted = chosen.filter(({ name }) => !isFolder(name) && !JUNK.test(name))
  const problem = contentProblem(wanted) ?? spaceProblem(wanted, await spaceLeft())
  if (problem !== undefined) throw refuse(problem)
  const files = planFiles(wanted, into)
  try {
    const starts = locateEntries(bytes, directory.entries, directory.start)
    for (const { name, entry, index, path } of files) {
      const content = extractEntry(bytes, entry, starts[index]!, name)
      await mkdir(path.slice(0, Math.max(0, path.lastIndexOf('/'))) || '.', { recursive: true })
      await writeFile(path, content)
    }
  } catch (error) {
    throw error instanceof ZipError ? refuse(error.message) : error
  }
  return files.map(({ path }) => path)
}

interface Named {
  readonly name: string
  readonly entry: DirectoryEntry
  /** Its place in the directory. */
  readonly index: number
}

interface OpenZip {
  readonly label: string
  readonly bytes: Uint8Array
  readonly directory: Directory
  readonly entries: readonly Named[]
}

async function openZip(where: string, file: string | Uint8Array): Promise<OpenZip> {
  if (typeof file !== 'string' && !(file instanceof Uint8Array))
    throw argumentError(where, 'the archive', 'a file name or bytes', file)
  const bytes = typeof file === 'string' ? await readFile(file) : file
  const label = typeof file === 'string' ? `'${file}'` : 'the archive'
  let directory: Directory
  try {
    directory = readDirectory(bytes)
  } catch (error) {
    throw error instanceof ZipError ? new Error(`${where}: ${label}: ${error.message}`) : error
  }
  const { names, encoding } = await decodeNames(directory.entries)
  if (encoding !== undefined) note(`${where}: names in ${label} were read as ${encoding}`)
  const entries = names.map((name, index) => ({ name, index, entry: directory.entries[index]! }))
  return { label, bytes, directory, entries }
}

const isFolder = (name: string): boolean => /[/\\]$/.test(name)

function zipEntry(name: string, { bytes, compressedBytes, modified, encrypted }: DirectoryEntry): ZipEntry {
  return { name, bytes, compressedBytes, modified, isFolder: isFolder(name), encrypted }
}

function targetFolder(file: string | Uint8Array, into: unknown): string {
  if (into === undefined) return typeof file === 'string' ? folderFor(file) : ''
  if (typeof into !== 'string') throw argumentError('unzip', 'into', 'the name of a folder', into)
  return into.replace(/\/+$/, '').replace(/^\.$/, '')
}

/** The archive's name without its ending; never the name of the archive itself. */
function folderFor(file: string): string {
  const base = safePath(file.replace(/^.*\//, ''))
  const stem = base.replace(/(.)\.[^.]*$/, '$1')
  return stem === base ? `${base} files` : stem
}

function chooseEntries(entries: readonly Named[], only: unknown): readonly Named[] {
  if (only === undefined) return entries
  const list: readonly unknown[] = Array.isArray(only) ? only : [only]
  const patterns = list.map((one) => {
    if (typeof one !== 'string') throw argumentError('unzip', 'only', 'names or patterns of entries', one)
    return one
  })
  return entries.filter(({ name }) => patterns.some((pattern) => fits(name, pattern)))
}

/** Whether a name is it, is in that folder, or fits a pattern with `*`; a pattern without a folder fits in all. */
function fits(name: string, pattern: string): boolean {
  if (name === pattern || name.startsWith(`${pattern.replace(/\/$/, '')}/`)) return true
  const own = pattern.includes('/') ? name : name.replace(/^.*\//, '')
  if (!pattern.includes('*')) return own === pattern
  const source = pattern.split('*').map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${source.join('.*')}$`, 'isu').test(own)
}

interface Planned extends Named {
  /** Where it is written. */
  readonly path: string
}

const JUNK = /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$)/i
const LINK = 0o120000
const REGULAR = 0o100000

function contentProblem(files: readonly Named[]): string | undefined {
  for (const { name, entry } of files) {
    const problem = isOdd(entry) ? undefined : extractProblem(entry, name)
    if (problem !== undefined) return problem
  }
  return undefined
}

/** A link or a device. */
const isOdd = ({ unixKind }: DirectoryEntry): boolean => ![0, REGULAR].includes(unixKind)

function planFiles(files: readonly Named[], into: string): Planned[] {
  const odd = files.filter(({ entry }) => isOdd(entry))
  const paths = files.map(({ name }) => safePath(name))
  const folders = paths.flatMap((path) =>
    path
      .split('/')
      .slice(0, -1)
      .map((_, i, parts) => parts.slice(0, i + 1).join('/')),
  )
  const unique = createUniquePaths(folders)
  const changed: string[] = []
  const planned = files.flatMap((file, i) => {
    if (isOdd(file.entry) || paths[i] === '') return []
    const path = unique(paths[i]!)
    if (path !== file.name.normalize('NFC')) changed.push(`'${file.name}' as '${path}'`)
    return [{ ...file, path: into === '' ? path : `${into}/${path}` }]
  })
  if (odd.length > 0) {
    const kind = odd[0]!.entry.unixKind === LINK ? 'a link' : 'not a file'
    note(`unzip: ${odd.length} entries were left out, as '${odd[0]!.name}', which is ${kind}`)
  }
  if (changed.length > 0) {
    const rest = changed.length > 3 ? ` and ${changed.length - 3} more` : ''
    note(`unzip: names that are not safe or are taken were changed: ${changed.slice(0, 3).join(', ')}${rest}`)
  }
  return planned
}

/** Why the stated sizes are too much; undefined if they are not. */
function spaceProblem(files: readonly Named[], space: Space): string | undefined {
  const format = (bytes: number): string => bytes.toLocaleString('en-US')
  const large = files.find(({ entry }) => entry.bytes > space.fileBytes)
  if (large) {
    return `'${large.name}' unpacks to ${format(large.entry.bytes)} bytes; one file may have ${format(space.fileBytes)}`
  }
  if (files.length > space.files) {
    return `it has ${format(files.length)} files; the session takes ${format(space.files)} more. Choose some: { only: ['*.csv'] }`
  }
  const sum = files.reduce((all, { entry }) => all + entry.bytes, 0)
  if (sum <= space.bytes) return undefined
  return `it unpacks to ${format(sum)} bytes; the session takes ${format(space.bytes)} more. Choose some: { only: ['*.csv'] }`
}
