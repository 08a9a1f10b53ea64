// Finds out how the cells of a text file are separated.
import { decodeUtf8 } from '../encoding/utf8.ts'
import { usualWidth } from '../layout.ts'
import { ESCAPED, scanRecords, type Block, type Dialect } from './scan.ts'

/** Bytes of a file that are looked at. */
const SAMPLE_BYTES = 262_144
const QUOTE = '"'
/** In the order of preference where several split a file equally well. */
const DELIMITERS = ['\t', ';', ',', '|']
const RARE_DELIMITERS = ['\u0001', '\u001F', '~', '^', ':']
/** The share of rows of one width from which a delimiter is certain. */
const CERTAIN = 0.8

export interface FoundDialect extends Dialect {
  /** Byte at which the records begin: after a byte order mark and a line `sep=;`. */
  readonly from: number
}

/** The dialect of a file; `delimiter` if the caller knows it. */
export function findDialect(bytes: Uint8Array, delimiter: string | undefined): FoundDialect {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  const declared = /^sep=(.)\r?\n?/.exec(decodeUtf8(bytes.subarray(start, start + 8)))
  const from = start + (declared?.[0].length ?? 0)
  const found = delimiter ?? declared?.[1] ?? bestDelimiter(bytes, from)
  return { delimiter: found, quote: QUOTE, from }
}

function bestDelimiter(bytes: Uint8Array, from: number): string {
  const common = rank(bytes, from, DELIMITERS)
  if (common.score >= CERTAIN) return common.delimiter
  const rare = rank(bytes, from, RARE_DELIMITERS)
  return rare.score >= CERTAIN && rare.score > common.score ? rare.delimiter : common.delimiter
}

interface Ranked {
  readonly delimiter: string
  readonly score: number
}

function rank(bytes: Uint8Array, from: number, delimiters: readonly string[]): Ranked {
  let best: Ranked & { readonly width: number } = { delimiter: ',', score: 0, width: 0 }
  for (const delimiter of delimiters) {
    const rows = readHead(bytes, { delimiter, quote: QUOTE }, from, 50).rows
    const width = usualWidth(rows)
    if (width < 2) continue
    const share = rows.filter((row) => row.length === width).length / rows.length
    // Names are split by the delimiter, but have no decimal commas and no lists in cells.
    const isNamed = rows.slice(0, 5).some((row) => row.length === width && row.every((cell) => !/^[\d.]+$/.test(cell)))
    const score = isNamed ? share : share / 2
    const isBetter = score > best.score + 0.05 || (score > best.score - 0.05 && width > best.width * 2)
    if (isBetter) best = { delimiter, score, width }
  }
  return best
}

export interface Head {
  readonly rows: readonly (readonly string[])[]
  /** Byte at which each row begins, and the one after the last. */
  readonly starts: readonly number[]
  /** The number of each row in the file, from 1. */
  readonly numbers: readonly number[]
}

/** The first records of a file as texts: at most `most`, from the first `SAMPLE_BYTES`. */
export function readHead(bytes: Uint8Array, dialect: Dialect, from: number, most: number): Head {
  const to = Math.min(bytes.length, from + SAMPLE_BYTES)
  // One more tells where the last ends.
  const block = scanRecords(bytes, dialect, from, to).next(most + 1)
  // The last record of a sample may be cut.
  const isCut = to < bytes.length && block.records <= most
  const records = Math.min(most, isCut ? Math.max(1, block.records - 1) : block.records)
  const starts = Array.from({ length: records }, (_, record) => recordStart(block, record))
  return {
    rows: Array.from({ length: records }, (_, record) => recordTexts(bytes, block, record, dialect.quote)),
    starts: [...starts, records < block.records ? recordStart(block, records) : to],
    numbers: [...block.numbers.subarray(0, records)],
  }
}

/** Byte at which a record of a block begins. */
export function recordStart({ first, starts, marks }: Block, record: number): number {
  const cell = first[record]!
  return starts[cell]! - (marks[cell] === 0 ? 0 : 1)
}

/** Bytes of a cell that are looked at to find out what it is. */
const MAX_CELL = 2000

/** The cells of a record as texts; of very long ones the beginning. */
export function recordTexts(bytes: Uint8Array, block: Block, record: number, quote: string): string[] {
  const texts: string[] = []
  for (let cell = block.first[record]!; cell < block.first[record + 1]!; cell++) {
    const start = block.starts[cell]!
    const text = decodeUtf8(bytes.subarray(start, Math.min(block.ends[cell]!, start + MAX_CELL)))
    texts.push((block.marks[cell]! & ESCAPED) === 0 ? text : text.replaceAll(quote + quote, quote))
  }
  return texts
}
