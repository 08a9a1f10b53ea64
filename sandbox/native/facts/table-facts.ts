// Facts of tables and texts: encoding, delimiter, columns with types, rows, first lines.
import type { Decoded } from '../../helpers/table/encoding.ts'
import { columnsOf } from '../../helpers/table/columns.ts'
import { readBytesOf } from '../../helpers/table/read-table.ts'
import { cutLastLine } from '../tables/cut-last-line.ts'
import { columnsFacts, type ColumnFacts } from './column-facts.ts'
import { createRowCounter } from './count-rows.ts'

export interface TableFacts {
  readonly encoding: string
  readonly delimiter: string
  readonly rows: number
  readonly columns: ColumnFacts[]
  /** The number of rows that the column facts cover, if not all. */
  readonly seen?: number
  readonly head: string[]
}

type DecodedText = Pick<Decoded, 'text' | 'encoding'>

/** A file of any size. */
export interface FileBytes {
  readonly size: number
  /** At most `most` bytes from `from` on, in `into` if that is given. */
  read(from: number, most: number, into?: Uint8Array): Uint8Array
}

const MAX_COLUMNS = 500
/** Bytes read for the column facts: about a tenth of a second. */
const SAMPLE_BYTES = 3_000_000
/** Bytes held at once while rows are counted. */
const PART_BYTES = 8_000_000

/** Facts of a CSV or TSV table as `readTable` reads it; of a large one only the first rows are read, and all counted. */
export async function tableFacts(name: string, file: FileBytes): Promise<TableFacts> {
  const start = file.read(0, SAMPLE_BYTES)
  const isWhole = file.size <= SAMPLE_BYTES
  const sample = isWhole ? start : cutLastLine(start)
  const table = await readBytesOf(name, sample, {}).catch((error: unknown) => {
    // Nothing but blank lines is a table without columns.
    if (start.some((byte) => byte > 32)) throw error
  })
  const columns = table ? columnsOf('table', table).slice(0, MAX_COLUMNS) : []
  const encoding = table?.encoding ?? 'utf-8'
  const seen = columns[0]?.length ?? 0
  return {
    encoding,
    delimiter: (table?.delimiter ?? '').slice(0, 4),
    rows: isWhole ? seen : seen + countRest(file, sample.length, encoding, table?.delimiter ?? ','),
    columns: columnsFacts(columns),
    ...(isWhole ? {} : { seen }),
    head: firstLines(new TextDecoder(encoding).decode(start.subarray(0, 16_000))),
  }
}

/** Rows after the first `from` bytes. */
function countRest(file: FileBytes, from: number, encoding: string, delimiter: string): number {
  const isWide = encoding.startsWith('utf-16')
  const counter = createRowCounter(delimiter)
  const part = new Uint8Array(Math.min(PART_BYTES, file.size - from))
  for (let at = from; at < file.size;) {
    const bytes = file.read(at, PART_BYTES, part)
    if (bytes.length === 0) break
    counter.add(isWide ? narrow(bytes, encoding) : bytes)
    at += bytes.length
  }
  return counter.total()
}

/** UTF-16 with each unit as one byte; what is no ASCII becomes a letter. */
function narrow(bytes: Uint8Array, encoding: string): Uint8Array {
  const low = encoding === 'utf-16be' ? 1 : 0
  return Uint8Array.from({ length: bytes.length >> 1 }, (_, i) =>
    bytes[2 * i + 1 - low] === 0 ? bytes[2 * i + low]! : 97,
  )
}

/** Encoding and first lines of a text file. */
export function textFacts({ text, encoding }: DecodedText): { encoding: string; head: string[] } {
  return { encoding, head: firstLines(text) }
}

function firstLines(text: string): string[] {
  return text
    .slice(0, 4000)
    .split(/\r?\n/)
    .slice(0, 4)
    .map((line) => line.slice(0, 300))
}
