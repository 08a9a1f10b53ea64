// Describes a file to a model: a few lines of facts, never its bytes.
import type { FileInfo } from '../../../sandbox/protocol.ts'
import { clip, formatCount, withoutBase64 } from './text.ts'

const COLUMNS_SHOWN = 60
const LINE_SHOWN = 160

/** A line for a picture, a few for a table: format, size, channels, frames, orientation; columns, rows, first lines. */
export function describeUpload(name: string, card: FileInfo): string {
  const facts =
    card.kind === 'picture' ? pictureFacts(card) : card.kind === 'table' ? tableFacts(card) : otherFacts(card)
  const head = (card.head ?? []).map((line) => `    ${clip(withoutBase64(line), LINE_SHOWN)}`)
  const lines = [
    `- ${JSON.stringify(name)}: ${facts.filter(Boolean).join(', ')}`,
    ...sheetLines(card),
    ...columnLines(card),
  ]
  const title = card.archive ? '  in it:' : '  first lines:'
  return [...lines, ...(head.length > 0 ? [title, ...head] : [])].join('\n')
}

function pictureFacts(card: FileInfo): string[] {
  const turned = card.orientation !== undefined && card.orientation > 1
  const swapped = turned && (card.orientation ?? 1) >= 5
  const many = (card.frames ?? 1) > 1
  return [
    `${formatName(card).toUpperCase()} picture`,
    `${card.width}x${card.height}`,
    channelFacts(card),
    card.space && card.space !== 'srgb' && (card.channels ?? 3) > 2 ? card.space : '',
    card.depth && card.depth !== 'uchar' ? `depth ${card.depth}` : '',
    many ? `${card.frames} frames${delayFacts(card.delay)}` : '',
    turned ? `EXIF orientation ${card.orientation}${swapped ? ' (shown upright it is turned a quarter)' : ''}` : '',
    `${formatCount(card.bytes)} bytes`,
    card.problem === undefined ? '' : clip(card.problem, 300).replace(/\.$/, ''),
  ]
}

/** One channel is grayscale, whatever the format calls it. */
function channelFacts({ channels, hasAlpha }: FileInfo): string {
  if (channels === undefined) return ''
  const colours = channels < 3 ? 'grayscale' : `${channels} channels`
  return hasAlpha ? `${colours} with alpha` : colours
}

/** sharp reports AVIF as `heif`, the name of its container. */
function formatName({ format, mime }: FileInfo): string {
  return format === 'heif' && mime === 'image/avif' ? 'avif' : (format ?? mime)
}

/** Delays of an animation's frames, in ms: a single value, or the shortest to the longest. */
export function delayFacts(delay: readonly number[] | undefined): string {
  if (!delay || delay.length === 0) return ''
  const [low, high] = [Math.min(...delay), Math.max(...delay)]
  return low === high ? ` of ${low} ms` : ` of ${low}-${high} ms`
}

function tableFacts(card: FileInfo): string[] {
  return [
    card.sheets ? `workbook (${card.mime})` : 'table',
    card.rows === undefined ? '' : `${formatCount(card.rows)} rows`,
    card.columns ? `${card.columns.length} columns` : '',
    card.encoding ?? '',
    card.delimiter ? `delimiter ${JSON.stringify(card.delimiter)}` : '',
    `${formatCount(card.bytes)} bytes`,
  ]
}

const SHEETS_SHOWN = 30

/** The sheets of a workbook with their sizes, and which one rows and columns are of. */
function sheetLines({ sheets = [], sheet }: FileInfo): string[] {
  if (sheets.length < 2) return []
  const shown = sheets.slice(0, SHEETS_SHOWN).map(({ name, rows, columns, hidden }) => {
    const size = rows === undefined || columns === undefined ? [] : [`${formatCount(rows)} x ${formatCount(columns)}`]
    const facts = [...size, ...(hidden === true ? ['hidden'] : [])].join(', ')
    return `${JSON.stringify(clip(name, 60))}${facts === '' ? '' : ` (${facts})`}`
  })
  const rest = sheets.length - shown.length
  const chosen = sheet === undefined ? '' : `; rows and columns are those of ${JSON.stringify(clip(sheet, 60))}`
  return [`  sheets: ${shown.join(', ')}${rest > 0 ? `, and ${rest} more` : ''}${chosen}`]
}

function columnLines(card: FileInfo): string[] {
  if (!card.columns || card.columns.length === 0) return []
  const all = withRanges(card.columns)
  const shown = all.slice(0, COLUMNS_SHOWN)
  const rest = all.length - shown.length
  const seen = card.seen === undefined ? '' : ` (of the first ${formatCount(card.seen)} rows)`
  return [`  columns${seen}: ${shown.join(', ')}${rest > 0 ? `, and ${rest} more` : ''}`]
}

type Column = NonNullable<FileInfo['columns']>[number]

const YEAR = /^(?:1[5-9]|20)\d\d$/
const MIN_RUN = 4

/** Descriptions of the columns; a run of year columns, as in wide tables, is one entry. */
function withRanges(columns: readonly Column[]): string[] {
  const words: string[] = []
  for (let at = 0; at < columns.length;) {
    let end = at
    while (end < columns.length && continues(columns, at, end)) end++
    const run = columns.slice(at, end)
    if (run.length >= MIN_RUN) words.push(describeRun(run))
    else words.push(describeColumn(columns[at]!))
    at = run.length >= MIN_RUN ? end : at + 1
  }
  return words
}

/** Whether column `at` is the next year of the run that starts at `from`, with the same type and direction. */
function continues(columns: readonly Column[], from: number, at: number): boolean {
  const [first, here] = [columns[from]!, columns[at]!]
  if (!YEAR.test(here.name) || here.type !== first.type) return false
  if (at - from < 2) return true
  const step = Number(columns[from + 1]!.name) - Number(first.name)
  return Number(here.name) - Number(columns[at - 1]!.name) === step
}

function describeRun(run: readonly Column[]): string {
  const numbers = run.flatMap(({ least, most }) => [least, most]).filter((value) => typeof value === 'number')
  const range =
    numbers.length > 0 ? `, ${formatNumber(Math.min(...numbers))} to ${formatNumber(Math.max(...numbers))}` : ''
  const missing = run.reduce((sum, one) => sum + (one.missing ?? 0), 0)
  const gaps = missing > 0 ? `, ${formatCount(missing)} missing` : ''
  return `${run[0]!.name} to ${run.at(-1)!.name} (${run.length} columns of ${run[0]!.type}${range}${gaps})`
}

function describeColumn({ name, type, missing = 0, least, most, values = [] }: Column): string {
  const words = values.length > 0 ? `: ${values.map((value) => clip(value, 20)).join(' | ')}` : ''
  const range = least === undefined || most === undefined ? words : ` ${formatNumber(least)} to ${formatNumber(most)}`
  return `${clip(name, 60)} (${type}${range}${missing > 0 ? `, ${formatCount(missing)} missing` : ''})`
}

/** A number with at most 12 significant digits. */
function formatNumber(value: number | string): string {
  return typeof value === 'string' ? value : String(Number(value.toPrecision(12)))
}

function otherFacts(card: FileInfo): string[] {
  const bytes = `${formatCount(card.bytes)} bytes`
  if (card.archive) return archiveFacts(card, card.archive)
  if (card.kind === 'broken') {
    const problem = clip(card.problem ?? card.mime, 300).replace(/\.$/, '')
    if (!card.width || !card.height) return [`cannot be read: ${problem}`, bytes]
    return [`picture (${card.mime})`, `${card.width}x${card.height}`, bytes, problem]
  }
  const unseen = card.problem === undefined ? [] : [clip(card.problem, 300).replace(/\.$/, '')]
  return [card.kind === 'other' ? card.mime : `${card.kind} (${card.mime})`, bytes, ...unseen]
}

function archiveFacts({ bytes, problem }: FileInfo, archive: NonNullable<FileInfo['archive']>): string[] {
  const { files, unpacked, encrypted } = archive
  return [
    'ZIP archive',
    `${formatCount(bytes)} bytes`,
    `${formatCount(files)} ${files === 1 ? 'file' : 'files'} of ${formatCount(unpacked)} bytes unpacked`,
    encrypted > 0 ? `${formatCount(encrypted)} encrypted` : '',
    problem === undefined
      ? "unpack with unzip(name) of 'easel', which gives the files' names"
      : clip(problem, 300).replace(/\.$/, ''),
  ]
}
