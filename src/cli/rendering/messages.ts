// Formats values for the command line: sizes, paths, files, disk errors.
import { relative } from 'node:path'
import { removeUnsafeCharacters } from '../../../sandbox/untrusted-text.ts'
import type { EventOf } from '../../../sessions/event.ts'
import type { Language } from '../../phrasebook/parsing/language.ts'
import { CHINESE_PROBLEMS } from '../../chinese-problems.ts'
import { columnsOf } from './text-width.ts'

/** 312 KB, 4.5 MB. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  if (bytes < 999_500) return `${(bytes / 1000).toFixed(bytes < 9950 ? 1 : 0)} KB`
  return `${(bytes / 1_000_000).toFixed(bytes < 9_950_000 ? 1 : 0)} MB`
}

/** 640 × 1280, or '' for a file that is not a picture. */
export function formatDimensions({
  width,
  height,
}: {
  readonly width?: number | undefined
  readonly height?: number | undefined
}): string {
  return width && height ? `${width} × ${height}` : ''
}

/** The sheets of a workbook that has several, with rows and columns: sheets 销售 (200 × 7), notes (3 × 1). */
export function formatSheets({ sheets = [] }: EventOf<'upload'>['card'], language: Language): string | undefined {
  if (sheets.length < 2) return undefined
  const named = sheets.slice(0, MAX_SHEETS).map(({ name, rows, columns }) => {
    const size = rows && columns ? ` (${rows.toLocaleString('en-US')} × ${columns.toLocaleString('en-US')})` : ''
    return `${escapeName(name)}${size}`
  })
  const [start, comma] = language === 'zh' ? [`${sheets.length} 个工作表：`, '、'] : [`${sheets.length} sheets: `, ', ']
  return `${start}${named.join(comma)}${sheets.length > MAX_SHEETS ? ' …' : ''}`
}

/** Sheets whose names are shown. */
const MAX_SHEETS = 12

/** 1,000 rows × 7 columns, or '' for a file that is no table. */
function formatRows({ rows, columns }: EventOf<'file'>['card']): string {
  if (rows === undefined || columns === undefined) return ''
  const many = (count: number, what: string): string =>
    `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`
  return `${many(rows, 'row')} × ${many(columns.length, 'column')}`
}

/** A path as the user would type it from here. */
export function shortPath(path: string): string {
  const near = relative(process.cwd(), path)
  return near === '' || near.startsWith('..') ? path : near
}

/** One line a file, in columns: path, dimensions, frames and bytes. */
export function fileLines(files: readonly EventOf<'file'>[]): string[] {
  const rows = files.map((file) => [
    escapeName(file.path ? shortPath(file.path) : file.name),
    formatDimensions(file) || formatRows(file.card),
    (file.frames ?? 1) > 1 ? `${file.frames} frames` : '',
    formatBytes(file.bytes),
  ])
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => columnsOf(row[column] ?? ''))))
  return rows.map((row) => {
    const cells = row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - columnsOf(cell)))
    return cells
      .filter((_, column) => widths[column] !== 0)
      .join('   ')
      .trimEnd()
  })
}

/** A file name on one line. */
export function escapeName(name: string): string {
  return removeUnsafeCharacters(name, '?')
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full.',
  EDQUOT: 'your disk quota is used up.',
  EACCES: 'this may not be written or read (permission denied).',
  EPERM: 'this may not be written or read (not permitted).',
  EROFS: 'the disk is read-only.',
  ENOTDIR: 'a file stands where a folder is needed.',
  EEXIST: 'a file stands where a folder is needed.',
  EISDIR: 'a folder stands where a file is needed.',
  ENAMETOOLONG: 'the name is too long for this disk.',
  EMFILE: 'too many files are open on this machine.',
  ELOOP: 'its links go round in a circle.',
}

/** A sentence for an error. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return (code === undefined ? undefined : REASONS[code]) ?? (message || String(error))
}

/** 40 s, 5 min, 3 h, 2 days: rounded down to one unit. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`
  if (seconds < 2 * 86_400) return `${Math.floor(seconds / 3600)} h`
  return `${Math.floor(seconds / 86_400)} days`
}

/** restored 4 cells, 6 files in 0.8 s */
export function formatRestored({ cells, files, ms }: EventOf<'restored'>): string {
  const many = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`
  return `restored ${cells === 0 ? '' : `${many(cells, 'cell')}, `}${many(files, 'file')} in ${(ms / 1000).toFixed(1)} s`
}

/** One line for what a model was shown, and one for each file that could not be shown. */
export function formatLook({ pictures, problems }: Pick<EventOf<'look'>, 'pictures' | 'problems'>): string[] {
  const names = pictures.flatMap((picture) =>
    picture.names.map((name) => escapeName(name) + ((picture.frames ?? 1) > 1 ? ` (${picture.frames} frames)` : '')),
  )
  const list =
    names.slice(0, MAX_NAMES).join(', ') + (names.length > MAX_NAMES ? `, ${names.length - MAX_NAMES} more` : '')
  const files = names.length === pictures.length ? '' : `${names.length} files in `
  const count = `${files}${pictures.length} ${pictures.length === 1 ? 'picture' : 'pictures'}`
  const tokens = pictures.reduce((sum, picture) => sum + picture.tokens, 0).toLocaleString('en-US')
  const line = `Shown to the model: ${list} (${count}, about ${tokens} tokens)`
  return [...(pictures.length > 0 ? [line] : []), ...problems.map((problem) => `  ${escapeName(problem)}`)]
}

const MAX_NAMES = 6
const MAX_PROMPT = 120

/** Drawing fox.png: a red fox in the snow… */
export function formatDrawing({ name, prompt }: Pick<EventOf<'drawing'>, 'name' | 'prompt'>): string {
  const line = prompt.trim().replace(/\s+/g, ' ')
  const cut = line.length > MAX_PROMPT ? `${line.slice(0, MAX_PROMPT - 1).toWellFormed()}…` : line
  return escapeName(`Drawing ${name}: ${cut}`)
}

/** What was deleted with an expired session. */
export function formatGone({ id, files, variables }: EventOf<'gone'>): string[] {
  const list = (names: readonly string[]): string =>
    names.slice(0, 20).map(escapeName).join(', ') + (names.length > 20 ? ` and ${names.length - 20} more` : '')
  return [
    `The session ${id} has expired; this is a new one.`,
    ...(files.length > 0 ? [`Files that are gone: ${list(files)}`] : []),
    ...(variables.length > 0 ? [`Variables that are gone: ${list(variables)}`] : []),
  ]
}

/** Why a file of the command line was not added to the session. */
export function formatNotAdded(path: string, error: unknown, language: Language): string {
  if (language === 'en') return `${escapeName(path)} was left out: ${reasonOf(error)}`
  const { code = '' } = error as { code?: string }
  return `没有用 ${escapeName(path)}：${CHINESE_PROBLEMS[code] ?? reasonOf(error)}`
}
