// The column vectors of arrays of rows that were read or looked at before. A snippet may change rows as it likes: they are
// compared with the vectors, value by value, which takes a tenth of the time of making vectors anew.
import type { ColumnData, Row } from './columns.ts'

/** The vectors of larger arrays are not kept beside them. */
const MAX_ROWS = 200_000

const known = new WeakMap<object, readonly ColumnData[]>()

/** Keeps the vectors of rows, if they are what would be made of the rows anew: not so are nested values and blank texts. */
export function rememberColumns(rows: readonly Row[], columns: readonly ColumnData[]): void {
  const isExact = ({ isNested = false, dictionary = [] }: ColumnData): boolean =>
    !isNested && !dictionary.some((text) => text.trim() === '')
  if (rows.length <= MAX_ROWS && columns.every(isExact)) known.set(rows, columns)
}

/**
 * The vectors of rows that still have these values and no other columns; undefined if they changed, or were never seen.
 * `heads`: the columns that the table says it has.
 */
export function knownColumns(
  rows: unknown,
  heads?: readonly { readonly name: string; readonly type: string }[],
): readonly ColumnData[] | undefined {
  const columns = Array.isArray(rows) ? known.get(rows) : undefined
  if (!columns) return undefined
  if (heads && !haveHeads(columns, heads)) return undefined
  return areUnchanged(rows as readonly Row[], columns) ? columns : undefined
}

function haveHeads(
  columns: readonly ColumnData[],
  heads: readonly { readonly name: string; readonly type: string }[],
): boolean {
  return (
    heads.length === columns.length &&
    heads.every(({ name, type }, i) => name === columns[i]?.name && type === columns[i].type)
  )
}

function areUnchanged(rows: readonly Row[], columns: readonly ColumnData[]): boolean {
  if (rows.length !== columns[0]?.length) return false
  const names = columns.map(({ name }) => name)
  for (let i = 0; i < rows.length; i++) if (!hasNames(rows[i], names)) return false
  return columns.every((column) => hasValues(rows, column))
}

/** Whether these are the names of the row's fields, in this order. */
function hasNames(row: Row | undefined, names: readonly string[]): boolean {
  if (typeof row !== 'object' || row === null) return false
  let at = 0
  for (const name in row) if (name !== names[at++]) return false
  return at === names.length
}

function hasValues(rows: readonly Row[], { name, length, get }: ColumnData): boolean {
  for (let i = 0; i < length; i++) {
    const value = rows[i]![name]
    const before = get(i)
    if (value !== before || (value === 0 && Object.is(value, -0) !== Object.is(before, -0))) return false
  }
  return true
}
