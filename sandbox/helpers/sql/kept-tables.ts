// The tables that the engine keeps between queries, by what they were made of.
import { cellNumber } from '../cell-number.ts'
import type { EncodedTable } from './encode-table.ts'
import { host } from './host.ts'
import type { FileBinding, SqlRequest } from './wire.ts'

/** What was known of the engine, or of rows, is no longer so. */
export class Outdated extends Error {}

export interface KeptTable {
  readonly id: number
  /** The engine that has it. */
  readonly generation: number
  /** What it was made of: a file by name and version, or vectors. */
  readonly key: string
  /** All that the table has, loaded or not. */
  readonly columns: readonly string[]
  /** Those that the engine has, or will have; all of them if unset. */
  readonly held?: Set<string>
  bytes: number
  /** Rejects if it could not be loaded. */
  loaded: Promise<unknown>
  /** Columns that are on their way. */
  loading: number
  /** Queries that use it now. */
  users: number
}

/** Where the engine has a table. */
type Place = Pick<KeptTable, 'id' | 'generation'>

/** Bytes of tables that are kept although no query uses them. */
const MAX_KEPT_BYTES = 200_000_000

let generation = 0
let nextId = 1
const lasting = new Map<string, KeptTable>()

/** The engine that the tables are in. */
export function engineGeneration(): number {
  return generation
}

let cell = 0

/** Leaves what queries of an earlier cell did not finish: they never will. Call it before a query. */
export function leaveUnfinished(): void {
  if (cell === cellNumber()) return
  cell = cellNumber()
  for (const [key, kept] of lasting) {
    kept.users = 0
    if (kept.loading === 0) continue
    lasting.delete(key)
    drop(kept.id)
  }
}

/** Forgets all tables if the engine is another one than before. */
export function clearTables(current: number): void {
  if (current !== generation) lasting.clear()
  generation = current
}

/**
 * Sends a table to the engine; call `forgetTable` after its use. Queries that come while it is on its way find it: the
 * engine takes one request after another. `columns`: all that it has; those of `encoded` are sent.
 */
export function keepTable(encoded: EncodedTable, key: string, columns = namesOf(encoded)): Promise<KeptTable> {
  const held = new Set(namesOf(encoded))
  return keep({ key, columns, held, bytes: sizeOf(encoded) }, (at) => load(at, encoded, columns, held))
}

/** Sends more columns of a table that the engine has. */
export async function addColumns(kept: KeptTable, encoded: EncodedTable): Promise<void> {
  const { key, columns, held = new Set() } = kept
  for (const name of namesOf(encoded)) held.add(name)
  kept.bytes += sizeOf(encoded)
  const adding = load(kept, encoded, columns, held)
  kept.loaded = Promise.all([kept.loaded, adding])
  kept.loading++
  try {
    await kept.loaded
    kept.loading--
  } catch (error) {
    if (lasting.get(key) === kept) lasting.delete(key)
    drop(kept.id)
    throw error
  }
}

function load(at: Place, { rows, columns, bytes }: EncodedTable, all: readonly string[], held: ReadonlySet<string>) {
  const order = all.filter((name) => held.has(name))
  return send({ op: 'load', table: at.id, generation: at.generation, rows, columns, order }, bytes)
}

/** Throws Outdated if the engine is another one by now. */
async function send(request: SqlRequest, bytes: readonly Uint8Array[]): Promise<void> {
  const [answer] = await host.call(request, bytes)
  if ((answer as { readonly isStale?: boolean } | null)?.isStale) throw new Outdated()
}

function namesOf({ columns }: EncodedTable): string[] {
  return columns.map(({ name }) => name)
}

/** About what a table takes in memory. */
function sizeOf({ bytes }: EncodedTable): number {
  return bytes.reduce((sum, { length }) => sum + length, 0)
}

/** Has the engine read a file as a table of `columns` that takes about so many bytes. Rejects if that is too much. */
export function keepFile(
  file: FileBinding,
  { key, columns, bytes }: Pick<KeptTable, 'key' | 'columns' | 'bytes'>,
): Promise<KeptTable> {
  return keep({ key, columns, bytes }, (at) =>
    send({ op: 'store', table: at.id, generation: at.generation, file, bytes }, []),
  )
}

async function keep(
  facts: Omit<KeptTable, 'id' | 'generation' | 'users' | 'loading' | 'loaded'>,
  load: (at: Place) => Promise<unknown>,
): Promise<KeptTable> {
  const at = { id: nextId++, generation }
  const kept: KeptTable = { ...facts, ...at, users: 1, loading: 1, loaded: load(at) }
  lasting.set(kept.key, kept)
  try {
    await kept.loaded
    kept.loading--
  } catch (error) {
    if (lasting.get(kept.key) === kept) lasting.delete(kept.key)
    throw error
  }
  return kept
}

/** Drops a table that nobody asks for again. */
export function forgetKey(key: string): void {
  const kept = lasting.get(key)
  if (!kept || kept.users > 0) return
  lasting.delete(key)
  drop(kept.id)
}

/** The table of this key, if the engine has it already, or will have it. */
export function findTable(key: string): Promise<KeptTable | undefined> | undefined {
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
