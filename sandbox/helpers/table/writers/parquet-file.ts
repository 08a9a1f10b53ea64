// Writes Parquet with hyparquet-writer, which is loaded when the first such file is written.
import type { ParquetWriter } from 'hyparquet-writer'
import { parseDate, type DateKind } from './dates.ts'
import type { SheetColumn, SheetData } from './sheet-data.ts'

/** Rows of one group: readers load a group at a time. */
const ROWS = 100_000
const DAY = 86_400_000

type Element = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number]

interface StoredColumn {
  readonly column: SheetColumn
  readonly element: Element
  /** A value as the writer takes it. */
  readonly store: (value: string | number | boolean) => unknown
}

/** The file's bytes. Integers, doubles, booleans, dates, times (without a zone) and texts; missing values are null. */
export async function parquetFile({ columns, rows }: SheetData): Promise<Uint8Array> {
  const { ByteWriter, ParquetWriter: Writer } = await import('hyparquet-writer')
  const writer = new ByteWriter()
  const stored = columns.map(storedColumn)
  const schema: Element[] = [{ name: 'root', num_children: stored.length }, ...stored.map(({ element }) => element)]
  const parquet = new Writer({ writer, schema, codec: 'SNAPPY', createdBy: 'easel' })
  // Group by group, so that only one group's values are in memory beside the file.
  for (let start = 0; start < rows; start += ROWS) {
    const end = Math.min(rows, start + ROWS)
    const columnData = stored.map((each) => ({ name: each.column.name, data: valuesOf(each, start, end) }))
    await parquet.write({ columnData, rowGroupSize: end - start })
  }
  await parquet.finish()
  return writer.getBytes()
}

function valuesOf({ column: { get }, store }: StoredColumn, start: number, end: number): unknown[] {
  const values: unknown[] = []
  for (let row = start; row < end; row++) {
    const value = get(row)
    values.push(value === null ? null : store(value))
  }
  return values
}

/** What values of a column are stored as. */
type ParquetKind = 'integer' | 'double' | 'boolean' | DateKind | 'text'

/** The narrowest kind that holds all values of a column. */
function parquetKind({ length, get }: SheetColumn): ParquetKind {
  let kind: ParquetKind | undefined
  for (let row = 0; row < length && kind !== 'text'; row++) {
    const value = get(row)
    if (value === null) continue
    const own = kindOf(value, kind)
    if (kind === undefined || kind === own) kind = own
    else if ((kind === 'integer' && own === 'double') || (kind === 'double' && own === 'integer')) kind = 'double'
    else if ((kind === 'date' && own === 'datetime') || (kind === 'datetime' && own === 'date')) kind = 'datetime'
    else kind = 'text'
  }
  return kind === 'month' ? 'text' : (kind ?? 'text')
}

function kindOf(value: string | number | boolean, before: ParquetKind | undefined): ParquetKind {
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0) ? 'integer' : 'double'
  if (typeof value === 'boolean') return 'boolean'
  return before === 'text' ? 'text' : (parseDate(value)?.kind ?? 'text')
}

function storedColumn(column: SheetColumn): StoredColumn {
  const { name } = column
  const base = { name, repetition_type: 'OPTIONAL' as const }
  switch (parquetKind(column)) {
    case 'integer':
      return fitsInt32(column)
        ? { column, element: { ...base, type: 'INT32' }, store: Number }
        : { column, element: { ...base, type: 'INT64' }, store: BigInt }
    case 'double':
      return { column, element: { ...base, type: 'DOUBLE' }, store: Number }
    case 'boolean':
      return { column, element: { ...base, type: 'BOOLEAN' }, store: Boolean }
    case 'date':
      return {
        column,
        element: { ...base, type: 'INT32', converted_type: 'DATE' },
        store: (value) => parseDate(String(value))!.time / DAY,
      }
    case 'datetime':
      return {
        column,
        element: {
          ...base,
          type: 'INT64',
          logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MILLIS' },
        },
        store: (value) => BigInt(parseDate(String(value))!.time),
      }
    default:
      return {
        column,
        element: { ...base, type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
        store: String,
      }
  }
}

function fitsInt32({ length, get }: SheetColumn): boolean {
  for (let row = 0; row < length; row++) {
    const value = get(row)
    if (typeof value === 'number' && (value > 0x7f_ff_ff_ff || value < -0x80_00_00_00)) return false
  }
  return true
}
