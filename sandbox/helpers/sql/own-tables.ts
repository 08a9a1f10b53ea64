// The tables of a snippet for the engine: the columns that a query reads are sent at the first query that does, and again only
// if they changed.
import { columnsOf, type ColumnData, type Row, type TableLike } from '../table/columns.ts'
import { haveValues, rememberedColumns } from '../table/known-columns.ts'
import { distinctNames, encodeTable, holdsTimes } from './encode-table.ts'
import { addColumns, findTable, forgetKey, keepTable, type KeptTable } from './kept-tables.ts'
import type { QueryFacts } from './wire.ts'

/** A table of a snippet, as a query uses it. */
export interface OwnTable {
  readonly kept: KeptTable
  /** The vectors whose rows are those of the engine's table, value by value. */
  readonly vectors?: readonly ColumnData[]
  /** The rows, if only the columns that the query reads are known to have the values of the vectors. */
  readonly unchecked?: readonly Row[]
}

type Reads = Pick<QueryFacts, 'columns' | 'givesRows'>

/** Smaller tables are sent whole. */
const MIN_ROWS = 1000

/** The keys of the tables that the engine has of arrays of rows. */
const keys = new WeakMap<object, string>()

/** The table of rows in the engine, with all columns that the query reads. Call `forgetTable` after its use. */
export async function keepOwnTable(where: string, table: TableLike | readonly Row[], reads: Reads): Promise<OwnTable> {
  const rows = Array.isArray(table) ? (table as readonly Row[]) : (table as TableLike).rows
  const { vectors, isChecked } = vectorsFor(where, table, reads)
  const names = distinctNames(vectors.map(({ name }) => name))
  const areSame = areRows(vectors, names)
  const isPart = (vectors[0]?.length ?? 0) >= MIN_ROWS && (areSame || !reads.givesRows)
  const needed = (isPart && reads.columns && subset(names, reads.columns)) || names
  const key = vectors.map(idOf).join(' ')
  const before = keys.get(rows)
  if (before !== undefined && before !== key) forgetKey(before)
  keys.set(rows, key)
  const encode = (wanted: readonly string[]) => {
    const included = new Set(wanted)
    return encodeTable(where, vectors, (name) => included.has(name))
  }
  const kept = (await findTable(key)) ?? (await keepTable(encode(needed), key, names))
  const missing = needed.filter((name) => !kept.held?.has(name))
  if (missing.length > 0) await addColumns(kept, encode(missing))
  return { kept, ...(areSame && { vectors }), ...(!isChecked && { unchecked: rows }) }
}

/** Whether the engine's table has the rows of the vectors, value by value; of small ones nobody asks. */
function areRows(vectors: readonly ColumnData[], names: readonly string[]): boolean {
  const isSame = (vector: ColumnData, i: number): boolean =>
    vector.name === names[i] && !vector.isNested && !holdsTimes(vector)
  return (vectors[0]?.length ?? 0) >= MIN_ROWS && vectors.every(isSame)
}

/** Vectors that are right in the columns that a query reads, at least. */
function vectorsFor(where: string, table: TableLike | readonly Row[], { columns, givesRows }: Reads) {
  const { rows, columns: heads } = Array.isArray(table)
    ? { rows: table as readonly Row[], columns: undefined }
    : (table as TableLike)
  const known = columns ? rememberedColumns(rows, heads) : undefined
  const names = distinctNames(known?.map(({ name }) => name) ?? [])
  const read = known?.filter(({ name }, i) => columns?.includes(name.toLowerCase()) || name !== names[i])
  // Whole rows are looked at again when they come, if they come by their numbers.
  if (known && read && (!givesRows || areRows(known, names)) && haveValues(rows, read))
    return { vectors: known, isChecked: read.length === known.length }
  return { vectors: columnsOf(where, table), isChecked: true }
}

/** Those of the names that are wanted, in lower case; the first if there is none, since a table has a column. */
function subset(names: readonly string[], wanted: readonly string[]): readonly string[] {
  const all = new Set(wanted)
  const found = names.filter((name) => all.has(name.toLowerCase()))
  return found.length > 0 ? found : names.slice(0, 1)
}

let nextId = 1
const ids = new WeakMap<object, number>()

/** A number that no other object has. */
function idOf(vector: object): number {
  const id = ids.get(vector) ?? nextId++
  ids.set(vector, id)
  return id
}
