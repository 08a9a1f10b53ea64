// The tables that the engine keeps between queries: those of files while the file stays as it is, and those whose columns
// are vectors that nobody changes. Any other is sent again for each query, since the snippet may have changed it.
import { columnsOfLazyRows } from '../table/lazy-rows.ts'
import type { Row, TableLike } from '../table/columns.ts'
import { encodeTable } from './encode-table.ts'
import { host } from './host.ts'

export interface KeptTable {
  readonly id: number
  /** What it was made of: a file by name and version, or vectors. Unset for a table of one query. */
  readonly key?: string
  readonly columns: readonly string[]
  readonly bytes: number
  /** Queries that use it now. */
  users: number
}

/** Bytes of tables that are kept although no query uses them. */
const MAX_KEPT_BYTES = 150_000_000

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
export async function keepTable(where: string, table: TableLike | readonly Row[], key?: string): Promise<KeptTable> {
  const { columns, rows, bytes } = encodeTable(where, table)
  const kept = {
    id: nextId++,
    columns: columns.map(({ name }) => name),
    bytes: bytes.reduce((sum, { length }) => sum + length, 0),
    users: 1,
    ...(key !== undefined && { key }),
  }
  if (key !== undefined) lasting.set(key, kept)
  try {
    await host.call({ op: 'load', table: kept.id, rows, columns }, bytes)
  } catch (error) {
    if (key !== undefined) lasting.delete(key)
    throw error
  }
  return kept
}

/** A table of the snippet: sent anew, unless its columns are vectors, which nobody changes. */
export async function keepOwnTable(where: string, table: TableLike | readonly Row[]): Promise<KeptTable> {
  const vectors = columnsOfLazyRows(Array.isArray(table) ? table : (table as TableLike).rows)
  if (!vectors) return keepTable(where, table)
  const key = vectors.map(({ name, numbers, codes }) => `${name}\0${idOf(numbers ?? codes ?? vectors)}`).join('\0')
  return findTable(key) ?? keepTable(where, table, key)
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

/** Ends a use; drops the table if it has no key, and those with one that were not used for longest. */
export function forgetTable(table: KeptTable): void {
  table.users--
  if (table.key === undefined) drop(table.id)
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
