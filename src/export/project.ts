// Exports a session as a Node project in a zip: `npm install && npm start` makes its files without Easel.
import type { Event } from '../../sessions/event.ts'
import { effectiveEvents } from '../../sessions/journal/effective-events.ts'
import { createPortableNames, isSafeName } from '../portable-names.ts'
import { writeArchive, type ArchiveEntry } from './archive.ts'
import { carriedSources, packageOf, type Carried } from './carried.ts'
import { compose } from './compose.ts'
import { historyOf, type History, type Version } from './history.ts'
import { manifestFiles } from './manifest.ts'
import { planProject, type ProjectPlan } from './plan.ts'
import type { Program } from './program.ts'
import { readmeOf } from './readme.ts'
import { transcriptOf } from './transcript.ts'

/** A stored session, as SessionStore.read and OpenSession give it. */
export interface ExportedSession {
  readonly events: readonly Event[]
  /** The path of the bytes; rejects if they are no longer kept. */
  pathOf(hash: string): Promise<string>
}

export interface ExportOptions {
  /** The title of README and transcript; by default the first request. */
  readonly title?: string
}

export interface ExportResult {
  /** Number of cells that the project runs. */
  readonly cells: number
  /** Number of files that it makes and compares with the session's. */
  readonly files: number
  /** Size of the zip. */
  readonly bytes: number
  /** Sentences for the user: what is left out, and why. */
  readonly notes: readonly string[]
}

/** Writes a session's project to the path `to`, replacing what is there. Throws ExportError or a file error. */
export async function exportProject(
  session: ExportedSession,
  to: string,
  options: ExportOptions = {},
): Promise<ExportResult> {
  const events = effectiveEvents(session.events)
  const history = historyOf(events)
  const places = await layOut(history, session)
  const plan = planProject(history, { pathOf: places.inputOf, isSafe: isSafeName })
  // Current files get their own names first, older versions what is left.
  for (const version of history.files.values()) places.shownAt(version)
  const title = options.title ?? titleOf(events)
  const program = await compose({ title, cells: plan.cells, after: plan.after })
  const { files, packages } = carry(program)
  const texts = new Map([
    ['README.md', readmeOf(title, plan, places.shownAt)],
    ['TRANSCRIPT.md', transcriptOf(events, { versionOf: (event) => history.made.get(event), pathOf: places.shownAt })],
    ...manifestFiles(packages, `An Easel session: ${title}`.slice(0, 200)),
    ['cells.ts', program.source],
    ['outputs.json', outputsText(plan)],
    ['.gitignore', 'node_modules/\nwork/\n'],
    ...[...files].toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ])
  const entries = [...[...texts].map(([path, text]): ArchiveEntry => ({ path, from: { text } })), ...places.entries()]
  const bytes = await writeArchive(to, entries, lastDay(history))
  return { cells: plan.cells.length, files: plan.outputs.length, bytes, notes: plan.notes }
}

function carry({ modules, source }: Program): Carried {
  const helpers = modules['easel']
  const used = Object.keys(modules).filter((name) => name !== 'easel' && !name.startsWith('node:'))
  const needsCanvas = used.some((name) => name === 'canvas' || name === 'chartjs-node-canvas')
  const { files, packages } = carriedSources(helpers, needsCanvas, source)
  return { files, packages: new Set([...packages, ...used.map(packageOf)]) }
}

interface ProjectPaths {
  /** Path of a version that the project copies into its working folder. */
  readonly inputOf: (version: Version) => string | undefined
  /** Path of a version for README and transcript. */
  readonly shownAt: (version: Version) => string | undefined
  /** Entries for all versions whose path was requested. */
  readonly entries: () => ArchiveEntry[]
}

/** Assigns each version whose bytes are kept a path in the zip when it is first requested. */
async function layOut({ fileChanges, files }: History, session: ExportedSession): Promise<ProjectPaths> {
  const paths = new Map<string, string>()
  for (const { to } of fileChanges) {
    if (to?.hash === undefined || paths.has(to.hash)) continue
    const path = await session.pathOf(to.hash).catch(() => undefined)
    if (path !== undefined) paths.set(to.hash, path)
  }
  const name = createPortableNames()
  const laid = new Map<string, ArchiveEntry>()
  const lay = (folder: string, version: Version): string | undefined => {
    const file = paths.get(version.hash ?? '')
    if (file === undefined) return undefined
    const key = `${folder}\0${version.name}\0${version.hash}`
    const entry = laid.get(key) ?? { path: name(folder, version.name), from: { file }, packed: isPacked(version) }
    laid.set(key, entry)
    return entry.path
  }
  const shownAt = (version: Version): string | undefined => {
    const own = laid.get(`inputs\0${version.name}\0${version.hash}`)
    if (own) return own.path
    if (version.cell === undefined) return lay('inputs', version)
    return lay(files.get(version.name) === version ? 'outputs' : 'outputs/earlier', version)
  }
  return { inputOf: (version) => lay('inputs', version), shownAt, entries: () => [...laid.values()] }
}

function isPacked({ card }: Version): boolean {
  return card.kind === 'picture' && !/bmp|svg|tiff/.test(card.mime)
}

function outputsText({ outputs }: ProjectPlan): string {
  const files = outputs.flatMap(({ name, bytes, hash }) => (hash === undefined ? [] : [{ name, bytes, sha256: hash }]))
  return `${JSON.stringify({ files }, undefined, 2)}\n`
}

function titleOf(events: readonly Event[]): string {
  const asked = events.find((event) => event.type === 'ask')
  const line = asked?.text.trim().split('\n')[0] ?? ''
  return line === '' ? 'An Easel session' : line.length > 100 ? `${line.slice(0, 99)}…` : line
}

/** The day of the last cell, so that the same session gives the same zip. */
function lastDay({ cells }: History): Date {
  const last = new Date(cells.at(-1)?.clock ?? Number.NaN)
  const year = last.getUTCFullYear()
  return year >= 1980 && year < 2100 ? last : new Date(Date.UTC(2000, 0, 1))
}
