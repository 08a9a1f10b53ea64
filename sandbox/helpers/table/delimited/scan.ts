// Finds the cells of a delimited text by its bytes, a block of records at a time, so that each column can then be read
// in a loop of its own. Line ends are LF, CRLF or CR; quoting is that of RFC 4180, read leniently.

/** How the cells of a file are separated. */
export interface Dialect {
  /** One ASCII character. */
  readonly delimiter: string
  readonly quote: string
}

/** A block of records. Cell `i` of record `r` is at `first[r] + i`, up to `first[r + 1]`. */
export interface Block {
  records: number
  first: Int32Array
  /** The number of each record in the file, blank ones included, from 1. */
  numbers: Int32Array
  /** Bytes of each cell, without its quotes. */
  starts: Int32Array
  ends: Int32Array
  /** What is special about each cell: QUOTED, ESCAPED or 0. */
  marks: Uint8Array
}

/** The cell was in quotes. */
const QUOTED = 1
/** The cell holds doubled quotes. */
export const ESCAPED = 2

/** A record with more cells than this is no record of a table: usually the delimiter is wrong. */
const MAX_COLUMNS = 20_000

const MAX_RECORDS = 4096
const MAX_CELLS = 65_536
/** After so many quotes that nothing closes, quotes are read as ordinary characters. */
const MAX_UNCLOSED = 3

const LF = 10
const CR = 13
const SPACE = 32

export interface Scanner {
  /** The next block of at most `most` records, valid until the next call; no records at the end. */
  next(most?: number): Block
  /** Records with a quote that nothing closes, or text after a closing one. */
  readonly misquoted: readonly number[]
}

/**
 * Scans from byte `from` to byte `to`; `first` is the number of the first record. Records whose cells are all blank are
 * skipped, but counted.
 */
export function scanRecords(bytes: Uint8Array, dialect: Dialect, from = 0, to = bytes.length, first = 1): Scanner {
  const block = createBlock(to - from)
  const cursor: Cursor = {
    bytes,
    to,
    delimiter: dialect.delimiter.charCodeAt(0),
    quote: dialect.quote.charCodeAt(0),
    block,
    at: from,
    cells: 0,
    number: first - 1,
    unclosed: 0,
    misquoted: [],
  }
  return {
    misquoted: cursor.misquoted,
    next(most = block.numbers.length) {
      const last = Math.min(most, block.numbers.length)
      block.records = 0
      cursor.cells = 0
      while (cursor.at < to && block.records < last && cursor.cells < MAX_CELLS) {
        const begin = cursor.cells
        cursor.number++
        readRecord(cursor)
        if (isBlank(bytes, block, begin, cursor.cells)) {
          cursor.cells = begin
          continue
        }
        block.first[block.records] = begin
        block.numbers[block.records++] = cursor.number
      }
      block.first[block.records] = cursor.cells
      return block
    },
  }
}

/** Where a scan is. */
interface Cursor {
  readonly bytes: Uint8Array
  readonly to: number
  readonly delimiter: number
  readonly quote: number
  readonly block: Block
  readonly misquoted: number[]
  at: number
  /** Cells of the block so far. */
  cells: number
  /** Number of the record. */
  number: number
  /** Quotes that nothing closes. */
  unclosed: number
}

function readRecord(cursor: Cursor): void {
  const { bytes, to, delimiter, quote } = cursor
  const begin = cursor.cells
  let at = cursor.at
  for (;;) {
    const start = at
    if (bytes[at] === SPACE && delimiter !== SPACE) while (at < to && bytes[at] === SPACE) at++
    const after = at < to && bytes[at] === quote && cursor.unclosed < MAX_UNCLOSED ? readQuoted(cursor, at) : -1
    if (after >= 0) at = after
    else {
      for (; at < to; at++) {
        const byte = bytes[at]!
        if (byte === delimiter || byte === LF || byte === CR) break
      }
      addCell(cursor, start, at, 0)
    }
    if (at >= to || bytes[at] !== delimiter) break
    if (cursor.cells - begin > MAX_COLUMNS) throw new Error(tooWide(cursor.number))
    at++
  }
  if (at < to) at += bytes[at] === CR && bytes[at + 1] === LF ? 2 : 1
  cursor.at = at
}

/** Reads a quoted cell from its opening quote and returns where it ends; -1 if it is to be read as an ordinary one. */
function readQuoted(cursor: Cursor, open: number): number {
  const { bytes, to, delimiter, quote } = cursor
  let end = open + 1
  let mark = QUOTED
  for (;;) {
    end = bytes.indexOf(quote, end)
    if (end < 0 || end >= to) {
      cursor.unclosed++
      noteMisquoted(cursor)
      return -1
    }
    let after = end + 1
    if (after < to && bytes[after] === quote) {
      mark |= ESCAPED
      end += 2
      continue
    }
    while (after < to && bytes[after] === SPACE) after++
    const byte = bytes[after]
    if (after >= to || byte === delimiter || byte === LF || byte === CR) {
      addCell(cursor, open + 1, end, mark)
      return after
    }
    // A quote in the middle of a cell that is not doubled. One that begins a line opens a cell: the one before is open.
    noteMisquoted(cursor)
    if (bytes[end - 1] === LF || bytes[end - 1] === CR) {
      cursor.unclosed++
      return -1
    }
    mark |= ESCAPED
    end++
  }
}

/** Records that are remembered for their quotes. */
const MAX_MISQUOTED = 1000

function noteMisquoted({ misquoted, number }: Cursor): void {
  if (misquoted.at(-1) !== number && misquoted.length < MAX_MISQUOTED) misquoted.push(number)
}

function addCell(cursor: Cursor, start: number, end: number, mark: number): void {
  const { block } = cursor
  if (cursor.cells === block.starts.length) growCells(block)
  block.starts[cursor.cells] = start
  block.ends[cursor.cells] = end
  block.marks[cursor.cells++] = mark
}

/** A block for a text of `size` bytes: small texts are read as often as large ones. */
function createBlock(size: number): Block {
  const cells = Math.min(MAX_CELLS, Math.max(16, size))
  const records = Math.min(MAX_RECORDS, cells)
  return {
    records: 0,
    first: new Int32Array(records + 1),
    numbers: new Int32Array(records),
    starts: new Int32Array(cells),
    ends: new Int32Array(cells),
    marks: new Uint8Array(cells),
  }
}

/** Makes room for the rest of a record. */
function growCells(block: Block): void {
  const grow = <T extends Int32Array | Uint8Array>(old: T, larger: T): T => {
    larger.set(old)
    return larger
  }
  const size = block.starts.length * 2
  block.starts = grow(block.starts, new Int32Array(size))
  block.ends = grow(block.ends, new Int32Array(size))
  block.marks = grow(block.marks, new Uint8Array(size))
}

function isBlank(bytes: Uint8Array, { starts, ends }: Block, first: number, last: number): boolean {
  for (let i = first; i < last; i++) {
    for (let at = starts[i]!; at < ends[i]!; at++) if (bytes[at]! > SPACE) return false
  }
  return true
}

function tooWide(number: number): string {
  return `row ${number} has more than ${MAX_COLUMNS.toLocaleString('en-US')} cells: is the delimiter right? Pass { delimiter: '…' }`
}
