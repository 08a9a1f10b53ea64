// The tables that the engine keeps between queries: those of files while the file stays as it is, and those whose columns
// are vectors that nobody changes. Any other is sent again for each query, since the snippet may have changed it.
import type { Row, Table } from '../table/read-table.ts'
import { encodeTable } from './encode-table.ts'
import { host } from './host.ts'

export interface KeptTable {
  readonly id: number
  /** Of a file: its name and version. Unset for a table of one query. */
  readonly key?: string
  readonly bytes: number
  /** Queries that use it now. */
  users: number
}

/** Bytes of tables that are kept although no query uses them. */
const MAX_KEPT_BYTES = 300_000_000

let generation = 0
let nextId = 1
const files = new Map<string, KeptTable>()

/** Forgets all tables if the engine is another one than before. */
export function clearTables(current: number): void {
  if (current !== generation) files.clear()
  generation = current
}

/** Sends a table to the engine; call `forgetTable` after its use. */
export async function keepTable(where: string, table: Table | readonly Row[], key?: string): Promise<KeptTable> {
  const { columns, rows, bytes } = encodeTable(where, table)
  const kept = { id: nextId++, bytes: bytes.reduce((sum, { length }) => sum + length, 0), users: 1, ...(key !== undefined && { key }) }
  await host.call({ op: 'load', table: kept.id, rows, columns }, bytes)
  if (key !== undefined) files.set(key, kept)
  return kept
}

/** The table of a file that the engine has already. */
export function findTable(key: string): KeptTable | undefined {
  const found = files.get(key)
  if (!found) return undefined
  // The most recent is the last.
  files.delete(key)
  files.set(key, found)
  found.users++
  return found
}

/** Ends a use; drops the table unless it is of a file, and the tables of files that were not used for longest. */
export function forgetTable(table: KeptTable): void {
  table.users--
  if (table.key === undefined) drop(table.id)
  let total = 0
  for (const { bytes } of files.values()) total += bytes
  for (const [key, { id, bytes, users }] of files) {
    if (total <= MAX_KEPT_BYTES) return
    if (users > 0) continue
    files.delete(key)
    drop(id)
    total -= bytes
  }
}

function drop(table: number): void {
  // An engine that is gone has no tables.
  host.call({ op: 'drop', table }, []).catch(() => undefined)
}
