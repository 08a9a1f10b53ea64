// Rows of a table in another order, or some of them, as columns of their own.
import { booleanColumn, emptyColumn, numberColumn, textColumn, typeOfTexts, type ColumnData } from './columns.ts'

/**
 * The columns of the rows with these numbers, with the types that their values have. Their vectors are made when they are
 * asked for. Throws RangeError.
 */
export function gatherRows(columns: readonly ColumnData[], rows: Int32Array): readonly ColumnData[] {
  const length = columns[0]?.length ?? 0
  for (let i = 0; i < rows.length; i++)
    if (rows[i]! < 0 || rows[i]! >= length) throw new RangeError('A row number is not in the table.')
  return columns.map((column) => gatherLater(column, rows))
}

function gatherLater(column: ColumnData, rows: Int32Array): ColumnData {
  let made: ColumnData | undefined
  const own = (): ColumnData => (made ??= gatherColumn(column, rows))
  const { get } = column
  return {
    name: column.name,
    length: rows.length,
    get: (row) => get(rows[row]!),
    get type() {
      return own().type
    },
    get numbers() {
      return own().numbers
    },
    get codes() {
      return own().codes
    },
    get dictionary() {
      return own().dictionary
    },
  }
}

function gatherColumn({ name, type, numbers, codes, dictionary }: ColumnData, rows: Int32Array): ColumnData {
  if (numbers) {
    // Loops: `from` and `map` take five times as long.
    const own = new Float64Array(rows.length)
    for (let i = 0; i < own.length; i++) own[i] = numbers[rows[i]!]!
    return type === 'boolean' ? booleanColumn(name, own) : numberColumn(name, own)
  }
  if (!codes || !dictionary) return emptyColumn(name, rows.length)
  const texts: string[] = []
  const places = new Int32Array(dictionary.length).fill(-1)
  const own = new Int32Array(rows.length)
  for (let i = 0; i < own.length; i++) {
    const code = codes[rows[i]!]!
    if (code >= 0 && places[code] === -1) places[code] = texts.push(dictionary[code]!) - 1
    own[i] = code < 0 ? -1 : places[code]!
  }
  return textColumn(name, typeOfTexts(own, texts), own, texts)
}
