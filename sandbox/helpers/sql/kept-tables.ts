// The tables that the engine keeps between queries: those of files while the file stays as it is, and those of the snippet
// while its rows do.
import { columnsOf, type ColumnData, type Row, type TableLike } from '../table/columns.ts'
import { encodeTable, type EncodedTable } from './encode-table.ts'
import { host } from './host.ts'
import type { FileBinding } from './wire.ts'

export interface KeptTable {
  readonly id: number
  /** What it was made of: a file by name and version, or vectors. */
  readonly key: string
  readonly columns: readonly string[]
  readonly bytes: number
  /** Of a snippet's table: the vectors whose rows are those of the engine's table, value by value. */
  readonly vectors?: readonly ColumnData[]
  /** Queries that use it now. */
  users: number
}

/** Bytes of tables that are kept although no query uses them. */
const MAX_KEPT_BYTES = 120_000_000

let generation = 0
let nextId = 1
const lasting = new Map<string, KeptTable>()

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
  return keepEncoded(encodeTable(where, vectors), key, {})
}

function keepEncoded(
  { columns, rows, bytes }: EncodedTable,
  key: string,
  held: Pick<KeptTable, 'vectors'>,
): Promise<KeptTable> {
  const size = bytes.reduce((sum, { length }) => sum + length, 0)
  const names = columns.map(({ name }) => name)
  return keep({ key, columns: names, bytes: size, ...held }, (table) =>
    host.call({ op: 'load', table, rows, columns }, bytes),
  )
}

/** Has the engine read a file as a table of `columns`, of about as many bytes as the file has. */
export function keepFile(
  file: FileBinding,
  { key, columns, bytes }: Pick<KeptTable, 'key' | 'columns' | 'bytes'>,
): Promise<KeptTable> {
  return keep({ key, columns, bytes }, (table) => host.call({ op: 'store', table, file }, []))
}

async function keep(
  facts: Omit<KeptTable, 'id' | 'users'>,
  load: (table: number) => Promise<unknown>,
): Promise<KeptTable> {
  const kept = { ...facts, id: nextId++, users: 1 }
  lasting.set(kept.key, kept)
  try {
    await load(kept.id)
  } catch (error) {
    lasting.delete(kept.key)
    throw error
  }
  return kept
}

/** The key of the table that the engine has of an array of rows. */
const keys = new WeakMap<object, string>()

/** A table of the snippet: sent anew only if it changed since the last time. */
export async function keepOwnTable(where: string, table: TableLike | readonly Row[]): Promise<KeptTable> {
  const vectors = columnsOf(where, table)
  const key = vectors.map(({ name, numbers, codes }) => `${name}\0${idOf(numbers ?? codes ?? vectors)}`).join('\0')
  const rows = Array.isArray(table) ? table : (table as TableLike).rows
  const before = keys.get(rows)
  if (before !== undefined && before !== key) forgetKey(before)
  keys.set(rows, key)
  const found = findTable(key)
  if (found) return found
  const encoded = encodeTable(where, vectors)
  // A time is written in another form by the engine.
  const areSame = encoded.columns.every(({ name, kind }, i) => name === vectors[i]?.name && kind !== 'timestamp')
  return keepEncoded(encoded, key, areSame ? { vectors } : {})
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

/** The table of this key, if the engine has it already. */
export function findTable(key: string): KeptTable | undefined {
  const found = lasting.get(key)
  if (!found) return undefined
  // The most recent is the last.
  lasting.delete(key)
  lasting.set(key, found)
  found.users++
  return found
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
