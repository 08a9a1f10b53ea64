// Reads a delimited text column by column: types are guessed from the first rows, the whole file is scanned once, and
// columns whose guess was wrong a second time.
import type { DateOrder } from '../dates.ts'
import { count, countRemarks, findLayout, remarkNotes, totalNotes, uniqueNames, type Layout } from '../layout.ts'
import { isPlainNumber, tellsConvention, type Convention } from '../numbers.ts'
import { readNumbers, readTexts, type ReadColumn, type ReadTable } from '../typed-columns.ts'
import { decideType, isCode, MIN_SHARE, type ReadingHints } from '../decide-type.ts'
import { findDialect, readHead, type FoundDialect, type Head } from './dialect.ts'
import { buildNumbers, type FoundNumbers } from './number-builder.ts'
import { scanTable, type ColumnBuilder, type ScannedTable, type TableStart } from './scan-table.ts'
import { buildTexts, type CodedTexts } from './text-builder.ts'

export interface DelimitedOptions {
  readonly delimiter?: string | undefined
  readonly header?: boolean | undefined
  readonly dateOrder?: DateOrder | undefined
}

/** Rows from whose values the types of columns are guessed. */
const SAMPLE_ROWS = 1000

interface Guess {
  readonly convention: Convention
  /** The sample has numbers that tell it. */
  readonly isSure: boolean
}

/** A file whose beginning is known. */
interface Opened {
  readonly bytes: Uint8Array
  readonly dialect: FoundDialect
  readonly layout: Layout
  readonly start: TableStart
  readonly hints: ReadingHints
  /** For each column the way in which its numbers are written, unless it has others. */
  readonly guesses: readonly (Guess | undefined)[]
  /** Expected rows. */
  readonly capacity: number
}

/** Reads a delimited text from valid UTF-8. */
export function readDelimited(bytes: Uint8Array, options: DelimitedOptions): ReadTable {
  const opened = openFile(bytes, options)
  const { guesses, layout, dialect } = opened
  const scanned = scanTable(
    bytes,
    dialect,
    opened.start,
    guesses.map((guess) => createBuilder(opened, guess)),
  )
  const remarks = countRemarks(scanned.last, guesses.length)
  const rows = scanned.rows - remarks
  const found = finishColumns(opened, scanned, rows)
  const used = countUsed(layout.names, found)
  const { names, notes } = uniqueNames(layout.names, used)
  const kept = scanned.last.length - remarks
  return {
    columns: found.slice(0, used).map((column, i) => readColumn(names[i]!, column, opened, scanned, i)),
    rows,
    delimiter: dialect.delimiter,
    notes: [
      ...quoteNotes(scanned.misquoted),
      ...layout.notes,
      ...remarkNotes(scanned.last.slice(kept)),
      ...raggedNotes(scanned, guesses.length, used, rows),
      ...notes,
      ...totalNotes(scanned.last[kept - 1]),
    ],
  }
}

function openFile(bytes: Uint8Array, options: DelimitedOptions): Opened {
  const dialect = findDialect(bytes, options.delimiter)
  const head = readHead(bytes, dialect, dialect.from, SAMPLE_ROWS)
  const layout = findLayout(head.rows, options.header)
  const hints: ReadingHints = { commaDecimals: dialect.delimiter === ';', dateOrder: options.dateOrder }
  const first = layout.above + layout.headerRows
  const sample = head.rows.slice(first)
  const width = sample.reduce((widest, row) => Math.max(widest, row.length), layout.names.length)
  return {
    bytes,
    dialect,
    layout,
    hints,
    start: { from: head.starts[first] ?? bytes.length, number: head.numbers[first] ?? 1 },
    guesses: Array.from({ length: width }, (_, i) => guessNumbers(sample, i, hints)),
    capacity: estimateRows(bytes, head, first),
  }
}

/** How the numbers of a column are written; undefined if it has none, or such as are better read as distinct texts. */
function guessNumbers(sample: Head['rows'], column: number, hints: ReadingHints): Guess | undefined {
  const texts = sample.map((row) => row[column] ?? '')
  // What the rest comes to for most columns.
  if (texts.every((text) => text === '' || isPlainNumber(text)) && texts.some((text) => text !== ''))
    return { convention: 'point', isSure: false }
  const decision = decideType(texts, new Uint8Array(texts.length).fill(1), hints)
  if (decision.type !== 'number') return undefined
  const isPlain = (text: string): boolean => /^[\x20-\x7f]*$/.test(text)
  if (texts.filter(isPlain).length < texts.length * MIN_SHARE) return undefined
  return { convention: decision.convention, isSure: texts.some(tellsConvention) }
}

function estimateRows(bytes: Uint8Array, { starts }: Head, first: number): number {
  const rows = starts.length - 1 - first
  if (rows < 1) return 16
  const size = (starts.at(-1)! - starts[first]!) / rows
  return Math.ceil(((bytes.length - starts[first]!) / Math.max(1, size)) * 1.02) + 16
}

function createBuilder({ bytes, dialect, capacity }: Opened, guess: Guess | undefined): ColumnBuilder {
  return guess ? buildNumbers(bytes, capacity, guess.convention) : buildTexts(bytes, dialect.quote, capacity)
}

type FoundColumn = FoundNumbers | CodedTexts

/** Finishes all columns; those that turned out to be no numbers are read again as texts. */
function finishColumns(opened: Opened, scanned: ScannedTable, rows: number): FoundColumn[] {
  const { bytes, dialect, start } = opened
  const found = scanned.builders.map((builder) => builder!.finish(rows))
  const isWrong = (column: FoundColumn, i: number): boolean =>
    'numbers' in column && (!areNumbers(column) || (column.tellConvention && opened.guesses[i]?.isSure === false))
  if (!found.some(isWrong)) return found
  const builders = found.map((column, i) =>
    isWrong(column, i) ? buildTexts(bytes, dialect.quote, scanned.rows) : undefined,
  )
  const again = scanTable(bytes, dialect, start, builders).builders
  return found.map((column, i) => again[i]?.finish(rows) ?? column)
}

function areNumbers({ misfits, present }: FoundNumbers): boolean {
  return misfits.length <= present * (1 - MIN_SHARE) && !misfits.some(({ text }) => isCode(text))
}

function readColumn(name: string, found: FoundColumn, opened: Opened, scanned: ScannedTable, i: number): ReadColumn {
  if ('numbers' in found) return readNumbers(name, found, opened.guesses[i]?.convention ?? 'point', scanned.recordOf)
  return readTexts(name, found, opened.hints, scanned.recordOf)
}

/** The number of columns without trailing empty unnamed ones, which spreadsheets often add. */
function countUsed(names: readonly string[], found: readonly FoundColumn[]): number {
  let used = found.length
  const isEmpty = (column: FoundColumn): boolean =>
    'numbers' in column ? column.present === 0 : column.texts.length === 0
  while (used > 0 && !names[used - 1]?.trim() && isEmpty(found[used - 1]!)) used--
  return used
}

function quoteNotes(misquoted: readonly number[]): string[] {
  return misquoted.length === 0 ? [] : [`some quotes are not closed or misplaced (first: row ${misquoted[0]})`]
}

function raggedNotes({ odd, recordOf }: ScannedTable, given: number, columns: number, rows: number): string[] {
  const ragged = [...odd].filter(([row, width]) => row < rows && width !== columns).map(([row]) => row)
  // Rows as wide as expected are not listed, but too narrow if a later one was wider.
  const narrow = columns > given ? rows - [...odd.keys()].filter((row) => row < rows).length : 0
  if (ragged.length + narrow === 0) return []
  const first = narrow > 0 ? `first: row ${recordOf(0)}` : `first: row ${recordOf(ragged[0]!)}`
  return [`${count(ragged.length + narrow, 'row')} not as wide as the ${columns} columns (${first}); gaps are null`]
}
