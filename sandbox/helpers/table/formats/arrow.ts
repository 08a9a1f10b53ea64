// Reads Arrow IPC files and streams, Feather among them, with flechette, which is loaded when the first one is read.
import { fileColumn, isoTime, type FileColumns, type RawColumn } from './file-columns.ts'
import { lz4Frame } from './lz4.ts'

/** Milliseconds of a unit of time: seconds, milliseconds; micro- and nanoseconds are divided. */
const UNITS = [1000, 1, 1e-3, 1e-6]

/**
 * All columns of an Arrow file. Times are those of UTC.
 * @throws Error when it is damaged.
 */
export async function readArrow(what: string, bytes: Uint8Array, maxRows: number): Promise<FileColumns> {
  const { CompressionType, setCompressionCodec, tableFromIPC, Type } = await import('@uwdata/flechette')
  const { decompress } = await import('fzstd')
  const unused = (): never => {
    throw new Error('nothing is compressed here')
  }
  setCompressionCodec(CompressionType.LZ4_FRAME, { decode: lz4Frame, encode: unused })
  setCompressionCodec(CompressionType.ZSTD, { decode: (data) => decompress(data), encode: unused })
  try {
    const table = tableFromIPC(bytes, { useBigInt: true })
    const notes: string[] = []
    let isUtc = false
    const columns = table.schema.fields.map((field, i) => {
      const vector = table.getChildAt(i)
      const length = Math.min(table.numRows, maxRows)
      const values: ArrayLike<unknown> =
        length < table.numRows ? Array.from({ length }, (_, row) => vector.at(row) as unknown) : vector.toArray()
      const { typeId } = field.type
      const type = field.type as {
        readonly timezone?: string | null
        readonly unit?: number
        readonly precision?: number
      }
      const raw = { name: field.name, length }
      let column: RawColumn = { ...raw, kind: 'plain', chunks: [values] }
      if (typeId === Type.Date || typeId === Type.Timestamp) {
        isUtc ||= typeof type.timezone === 'string' && type.timezone !== ''
        const text = (value: unknown): string | null => (typeof value === 'number' ? (timestamp(value) ?? null) : null)
        column = { ...raw, kind: 'date', chunks: [Array.from(values, text)] }
      } else if (typeId === Type.Time) {
        const scale = UNITS[type.unit ?? 0] ?? 1
        const text = (value: unknown): string | null =>
          value === null || value === undefined ? null : (isoTime(Math.round(Number(value) * scale))?.slice(11) ?? null)
        column = { ...raw, kind: 'plain', chunks: [Array.from(values, text)] }
      }
      const { column: read, note } = fileColumn(column)
      if (note !== undefined) notes.push(note)
      return read
    })
    if (isUtc) notes.push('times are in UTC')
    return { rows: table.numRows, columns, notes }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`readTable: ${what} cannot be read as Arrow (${reason}). Save it again.`, { cause: error })
  }
}

/** Milliseconds with a fraction, of which a double holds microseconds. */
function timestamp(milliseconds: number): string | undefined {
  const whole = Math.floor(milliseconds)
  const micros = Math.round((milliseconds - whole) * 1000)
  return isoTime(micros === 1000 ? whole + 1 : whole, micros % 1000 === 0 ? '' : String(micros).padStart(3, '0'))
}
