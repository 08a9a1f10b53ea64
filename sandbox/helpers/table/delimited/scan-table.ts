// Scans the records of a table once and hands each column to its builder.
import { recordStart, recordTexts } from './dialect.ts'
import type { NumberBuilder } from './number-builder.ts'
import { scanRecords, type Block, type Dialect } from './scan.ts'
import { buildTexts, type TextBuilder } from './text-builder.ts'

export type ColumnBuilder = NumberBuilder | TextBuilder

/** Where the records of a table begin. */
export interface TableStart {
  /** Byte. */
  readonly from: number
  /** Number of the first record in the file. */
  readonly number: number
}

export interface ScannedTable {
  readonly rows: number
  /** The given builders, and those of cells beyond them. */
  readonly builders: readonly (ColumnBuilder | undefined)[]
  /** The last rows as texts. */
  readonly last: readonly (readonly string[])[]
  /** How many cells some rows have, by the row's index: those that have not as many as there are builders. */
  readonly odd: ReadonlyMap<number, number>
  /** Records with quotes that do not match. */
  readonly misquoted: readonly number[]
  /** The number of a row's record in the file, from 1. */
  recordOf(row: number): number
}

/** Rows at the end among which remarks are looked for. */
const MAX_LAST = 20
/** Rows of an odd width that are remembered. */
const MAX_ODD = 100_000

/** Scans a table; a column without a builder is skipped. */
export function scanTable(
  bytes: Uint8Array,
  dialect: Dialect,
  start: TableStart,
  given: readonly (ColumnBuilder | undefined)[],
): ScannedTable {
  const builders = [...given]
  const scanner = scanRecords(bytes, dialect, start.from, bytes.length, start.number)
  const odd = new Map<number, number>()
  const numbering = trackNumbers()
  let rows = 0
  let tail: number[] = []
  for (let block = scanner.next(); block.records > 0; block = scanner.next()) {
    for (let widest = widestOf(block); builders.length < widest;)
      builders.push(buildTexts(bytes, dialect.quote, 16, rows))
    for (let column = 0; column < builders.length; column++) builders[column]?.add(block, column)
    for (let record = 0; record < block.records; record++) {
      const width = block.first[record + 1]! - block.first[record]!
      if (width !== given.length && odd.size < MAX_ODD) odd.set(rows + record, width)
      numbering.add(rows + record, block.numbers[record]!)
      if (record >= block.records - MAX_LAST) tail.push(recordStart(block, record))
    }
    tail = tail.slice(-MAX_LAST)
    rows += block.records
  }
  return {
    rows,
    builders,
    last: readLast(bytes, dialect, tail[0]),
    odd,
    misquoted: scanner.misquoted,
    recordOf: numbering.find,
  }
}

function widestOf({ first, records }: Block): number {
  let widest = 0
  for (let record = 0; record < records; record++) widest = Math.max(widest, first[record + 1]! - first[record]!)
  return widest
}

function readLast(bytes: Uint8Array, dialect: Dialect, from: number | undefined): string[][] {
  if (from === undefined) return []
  const block = scanRecords(bytes, dialect, from).next()
  return Array.from({ length: block.records }, (_, record) => recordTexts(bytes, block, record, dialect.quote))
}

interface Numbering {
  add(row: number, number: number): void
  find(row: number): number
}

/** Numbers of records in the file: rows count on, except after blank records. */
function trackNumbers(): Numbering {
  const rows: number[] = []
  const offsets: number[] = []
  return {
    add(row, number) {
      if (offsets.at(-1) === number - row) return
      rows.push(row)
      offsets.push(number - row)
    },
    find(row) {
      let low = 0
      let high = rows.length - 1
      while (low < high) {
        const middle = (low + high + 1) >> 1
        if (rows[middle]! <= row) low = middle
        else high = middle - 1
      }
      return row + (offsets[low] ?? 1)
    },
  }
}
