// The column vectors of arrays of rows that were read or looked at before. A snippet may change rows as it likes: they are
// compared with the vectors, value by value, which takes a tenth of the time of making vectors anew.
import type { ColumnData, Row } from './columns.ts'

/** The vectors of larger arrays are not kept beside them. */
const MAX_ROWS = 200_000

interface Known {
  readonly columns: readonly ColumnData[]
  /** Whether they are what would be made of the rows anew: not so are nested values and blank texts. */
  isExact?: boolean
}

const known = new WeakMap<object, Known>()

/** Keeps the vectors of rows. */
export function rememberColumns(rows: readonly Row[], columns: readonly ColumnData[]): void {
  if (rows.length <= MAX_ROWS) known.set(rows, { columns })
}

/** Forgets the vectors of rows. */
export function forgetColumns(rows: readonly Row[]): void {
  known.delete(rows)
}

interface Head {
  readonly name: string
  readonly type: string
}

/**
 * The vectors of rows that still have these values and no other columns; undefined if they changed, or were never seen.
 * `heads`: the columns that the table says it has.
 */
export function knownColumns(rows: unknown, heads?: readonly Head[]): readonly ColumnData[] | undefined {
  const columns = rememberedColumns(rows, heads)
  return columns && haveValues(rows as readonly Row[], columns) ? columns : undefined
}

/** The vectors of rows that still have these columns; whether they have the values is not looked at. */
export function rememberedColumns(rows: unknown, heads?: readonly Head[]): readonly ColumnData[] | undefined {
  const found = Array.isArray(rows) ? known.get(rows) : undefined
  if (!found) return undefined
  const { columns } = found
  if (heads && !haveHeads(columns, heads)) return undefined
  found.isExact ??= columns.every(isExact)
  return found.isExact && haveNames(rows as readonly Row[], columns) ? columns : undefined
}

function isExact({ isNested = false, dictionary = [] }: ColumnData): boolean {
  return !isNested && !dictionary.some((text) => text.trim() === '')
}

function haveHeads(columns: readonly ColumnData[], heads: readonly Head[]): boolean {
  return (
    heads.length === columns.length &&
    heads.every(({ name, type }, i) => name === columns[i]?.name && type === columns[i].type)
  )
}

function haveNames(rows: readonly Row[], columns: readonly ColumnData[]): boolean {
  if (rows.length !== columns[0]?.length) return false
  const names = columns.map(({ name }) => name)
  for (let i = 0; i < rows.length; i++) if (!hasNames(rows[i], names)) return false
  return true
}

/** Whether these are the names of the row's fields, in this order. */
function hasNames(row: Row | undefined, names: readonly string[]): boolean {
  if (typeof row !== 'object' || row === null) return false
  let at = 0
  for (const name in row) if (name !== names[at++]) return false
  return at === names.length
}

/** Whether rows have the values of the vectors; `numbers`: those of the rows that are looked at. */
export function haveValues(rows: readonly Row[], columns: readonly ColumnData[], numbers?: Int32Array): boolean {
  return columns.every((column) => {
    const { name, get } = column
    const length = numbers?.length ?? column.length
    for (let i = 0; i < length; i++) {
      const at = numbers ? numbers[i]! : i
      const value = rows[at]![name]
      const before = get(at)
      if (value !== before || (value === 0 && Object.is(value, -0) !== Object.is(before, -0))) return false
    }
    return true
  })
}
