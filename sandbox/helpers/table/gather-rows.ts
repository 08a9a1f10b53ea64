// Rows of a table in another order, or some of them: columns that look into those of the table.
import type { ColumnData } from './columns.ts'

/** The columns of the rows with these numbers. Their vectors are made when they are asked for. Throws RangeError. */
export function gatherRows(columns: readonly ColumnData[], rows: Int32Array): readonly ColumnData[] {
  const length = columns[0]?.length ?? 0
  if (rows.some((row) => row < 0 || row >= length)) throw new RangeError('A row number is not in the table.')
  return columns.map((column) => gatherColumn(column, rows))
}

function gatherColumn({ name, type, get, numbers, codes, dictionary }: ColumnData, rows: Int32Array): ColumnData {
  const head = { name, type, length: rows.length, get: (row: number) => get(rows[row]!) }
  if (numbers) {
    let own: Float64Array | undefined
    return {
      ...head,
      get numbers() {
        return (own ??= Float64Array.from(rows, (row) => numbers[row]!))
      },
    }
  }
  if (!codes || !dictionary) return head
  let own: Int32Array | undefined
  return {
    ...head,
    dictionary,
    get codes() {
      return (own ??= rows.map((row) => codes[row]!))
    },
  }
}
