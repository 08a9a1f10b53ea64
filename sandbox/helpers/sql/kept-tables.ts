// The tables that the engine keeps between queries: those of files while the file stays as it is, and those of the snippet
// while its rows do.
import { columnsOf, type ColumnData, type Row, type TableLike } from '../table/columns.ts'
import { distinctNames, encodeTable, holdsTimes, type EncodedTable } from './encode-table.ts'
import { host } from './host.ts'
import type { FileBinding, QueryFacts } from './wire.ts'

export interface KeptTable {
  readonly id: number
  /** What it was made of: a file by name and version, or vectors. */
  readonly key: string
  /** All that the table has, loaded or not. */
  readonly columns: readonly string[]
  readonly bytes: number
  /** Of a snippet's table: the vectors whose rows are those of the engine's table, value by value. */
  readonly vectors?: readonly ColumnData[]
  /** Rejects if it could not be loaded. */
  readonly loaded: Promise<unknown>
  /** Queries that use it now. */
  users: number
}

/** Bytes of tables that are kept although no query uses them. */
const MAX_KEPT_BYTES = 200_000_000

let generation = 0
let nextId = 1
const lasting = new Map<string, KeptTable>()

/** The engine that the tables are in. */
export function engineGeneration(): number {
  return generation
}

/** Forgets all tables if the engine is another one than before. */
export function clearTables(current: number): void {
  if (current !== generation) lasting.clear()
  generation = current
}

/**
 * Sends a table to the engine; call `forgetTable` after its use. Queries that come while it is on its way find it: the
 * engine takes one request after another.
 */
export async function keepTable(where: string, vectors: readonly ColumnData[], key: string): Promise<KeptTable> {
  const encoded = encodeTable(where, vectors)
  return keepEncoded(encoded, key, { all: encoded.columns.map(({ name }) => name) })
}

function keepEncoded(
  { columns, rows, bytes }: EncodedTable,
  key: string,
  { all, ...held }: Pick<KeptTable, 'vectors'> & { readonly all: readonly string[] },
): Promise<KeptTable> {
  const size = bytes.reduce((sum, { length }) => sum + length, 0)
  const heldBytes = (held.vectors ?? []).reduce((sum, column) => sum + bytesOf(column), 0)
  return keep({ key, columns: all, bytes: Math.max(size, heldBytes), ...held }, (table) =>
    host.call({ op: 'load', table, rows, columns }, bytes),
  )
}

/** About what a column takes in memory. */
function bytesOf({ length, numbers, dictionary = [] }: ColumnData): number {
  return numbers ? 8 * length : 4 * length + 40 * dictionary.length
}

/** Has the engine read a file as a table of `columns` that takes about so many bytes. Rejects if that is too much. */
export function keepFile(
  file: FileBinding,
  { key, columns, bytes }: Pick<KeptTable, 'key' | 'columns' | 'bytes'>,
): Promise<KeptTable> {
  return keep({ key, columns, bytes }, (table) => host.call({ op: 'store', table, file, bytes }, []))
}

async function keep(
  facts: Omit<KeptTable, 'id' | 'users' | 'loaded'>,
  load: (table: number) => Promise<unknown>,
): Promise<KeptTable> {
  const id = nextId++
  const kept = { ...facts, id, users: 1, loaded: load(id) }
  lasting.set(kept.key, kept)
  try {
    await kept.loaded
  } catch (error) {
    if (lasting.get(kept.key) === kept) lasting.delete(kept.key)
    throw error
  }
  return kept
}

interface OwnTable {
  /** Of its vectors. */
  readonly base: string
  /** Of what the engine has. */
  readonly key: string
  /** The columns that the engine has, in lower case; undefined: all. */
  readonly loaded: ReadonlySet<string> | undefined
  /** How often it was sent. */
  readonly times: number
}

/** The tables that the engine has of arrays of rows. */
const own = new WeakMap<object, OwnTable>()

/** A table is sent whole when it was sent this often for more and more of its columns. */
const MAX_PARTIAL = 3
/** Smaller tables are sent whole. */
const MIN_ROWS = 1000

/**
 * A table of the snippet for a query that reads these columns: sent anew only if it changed since the last time, or has
 * more columns than were asked for then.
 */
export async function keepOwnTable(
  where: string,
  table: TableLike | readonly Row[],
  { columns: wanted, givesRows }: Pick<QueryFacts, 'columns' | 'givesRows'>,
): Promise<KeptTable> {
  const vectors = columnsOf(where, table)
  const names = distinctNames(vectors.map(({ name }) => name))
  const isLarge = (vectors[0]?.length ?? 0) >= MIN_ROWS
  const areSame =
    isLarge && vectors.every((vector, i) => vector.name === names[i] && !vector.isNested && !holdsTimes(vector))
  const needed = wanted && isLarge && (areSame || !givesRows) ? subset(names, wanted) : undefined
  const base = vectors.map(({ name, numbers, codes }) => `${name}\0${idOf(numbers ?? codes ?? vectors)}`).join('\0')
  const rows = Array.isArray(table) ? table : (table as TableLike).rows
  const before = own.get(rows)
  const known = before?.base === base ? before : undefined
  const found = known && has(known.loaded, needed) ? await findTable(known.key) : undefined
  if (found) return found
  if (before) forgetKey(before.key)
  const times = (known?.times ?? 0) + 1
  const loaded = needed && times <= MAX_PARTIAL ? new Set([...(known?.loaded ?? []), ...needed]) : undefined
  const key = `${base}\0\0${loaded ? [...loaded].join('\0') : ''}`
  own.set(rows, { base, key, loaded, times })
  const encoded = encodeTable(where, vectors, (name) => !loaded || loaded.has(name.toLowerCase()))
  return (await findTable(key)) ?? keepEncoded(encoded, key, { all: names, ...(areSame && { vectors }) })
}

/** Those of the names that are wanted, in lower case; the first if there is none, since a table has a column. */
function subset(names: readonly string[], wanted: readonly string[]): ReadonlySet<string> {
  const all = new Set(wanted)
  const found = names.map((name) => name.toLowerCase()).filter((name) => all.has(name))
  return new Set(found.length > 0 ? found : names.slice(0, 1).map((name) => name.toLowerCase()))
}

/** Whether all that is needed is there; undefined stands for all columns. */
function has(loaded: ReadonlySet<string> | undefined, needed: ReadonlySet<string> | undefined): boolean {
  return !loaded || (needed !== undefined && [...needed].every((name) => loaded.has(name)))
}

/** Drops a table that nobody asks for again. */
function forgetKey(key: string): void {
  const kept = lasting.get(key)
  if (!kept || kept.users > 0) return
  lasting.delete(key)
  drop(kept.id)
}

const ids = new WeakMap<object, number>()

/** A number that no other object has. */
function idOf(vector: object): number {
  const id = ids.get(vector) ?? nextId++
  ids.set(vector, id)
  return id
}

/** The table of this key, if the engine has it already, or will have it. */
export async function findTable(key: string): Promise<KeptTable | undefined> {
  const found = lasting.get(key)
  if (!found) return undefined
  // The most recent is the last.
  lasting.delete(key)
  lasting.set(key, found)
  found.users++
  return found.loaded.then(
    () => found,
    () => undefined,
  )
}

/** Ends a use; drops the tables that were not used for longest if all are too large. */
export function forgetTable(table: KeptTable): void {
  table.users--
  let total = 0
  for (const { bytes } of lasting.values()) total += bytes
  for (const [key, { id, bytes, users }] of lasting) {
    if (total <= MAX_KEPT_BYTES) return
    if (users > 0) continue
    lasting.delete(key)
    drop(id)
    total -= bytes
  }
}

function drop(table: number): void {
  // An engine that is gone has no tables.
  host.call({ op: 'drop', table }, []).catch(() => undefined)
}
