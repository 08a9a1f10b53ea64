// The column vectors of arrays of rows that were read or looked at before. A snippet may change rows as it likes: they are
// compared with the vectors, value by value, which takes a tenth of the time of making vectors anew.
import type { ColumnData, Row } from './columns.ts'
import { lazySource, plainRows, settleRows } from './lazy-rows.ts'

/** The vectors of larger arrays are not kept beside them. */
const MAX_ROWS = 200_000

const known = new WeakMap<object, readonly ColumnData[]>()
/** Whether columns are what would be made of their rows anew: not so are nested values and blank texts. */
const exactness = new WeakMap<readonly ColumnData[], boolean>()

/** Keeps the vectors of an ordinary array of rows. */
export function rememberColumns(rows: readonly Row[], columns: readonly ColumnData[]): void {
  if (rows.length <= MAX_ROWS) known.set(rows, columns)
}

/** Forgets the vectors of rows. */
export function forgetColumns(rows: readonly Row[]): void {
  known.delete(settleRows(rows))
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
  if (!Array.isArray(rows)) return undefined
  const source = lazySource(rows)
  // Rows that do not stay cannot be changed.
  if (source && !source.made) return source.columns
  const columns = source?.columns ?? known.get(plainRows(rows))
  if (!columns || (heads && !haveHeads(columns, heads)) || !areExact(columns)) return undefined
  return haveNames(rows as readonly Row[], columns) ? columns : undefined
}

function areExact(columns: readonly ColumnData[]): boolean {
  const isExact = ({ isNested = false, dictionary = [] }: ColumnData): boolean =>
    !isNested && !dictionary.some((text) => text.trim() === '')
  const are = exactness.get(columns) ?? columns.every(isExact)
  exactness.set(columns, are)
  return are
}

/** The rows that are there to be looked at; undefined for one that is as it was made, or is to be. */
function present(rows: readonly Row[]): readonly (Row | undefined)[] {
  const source = lazySource(rows)
  return source ? (source.made ?? []) : plainRows(rows)
}

function haveHeads(columns: readonly ColumnData[], heads: readonly Head[]): boolean {
  return (
    heads.length === columns.length &&
    heads.every(({ name, type }, i) => name === columns[i]?.name && type === columns[i].type)
  )
}

function haveNames(rows: readonly Row[], columns: readonly ColumnData[]): boolean {
  const isLazy = lazySource(rows) !== undefined
  const all = present(rows)
  if (!isLazy && all.length !== columns[0]?.length) return false
  const names = columns.map(({ name }) => name)
  for (let i = 0; i < all.length; i++) if (!(isLazy && all[i] === undefined) && !hasNames(all[i], names)) return false
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
  const all = present(rows)
  const length = numbers?.length ?? all.length
  return columns.every(({ name, get }) => {
    for (let i = 0; i < length; i++) {
      const at = numbers ? numbers[i]! : i
      const row = all[at]
      if (row === undefined) continue
      const value = row[name]
      const before = get(at)
      if (value !== before || (value === 0 && Object.is(value, -0) !== Object.is(before, -0))) return false
    }
    return true
  })
}
