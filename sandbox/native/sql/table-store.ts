// The tables that the engine keeps, each in a schema of its own. A table gets columns as queries need them: each lot is a
// stored table of DuckDB, and a view joins them by position and gives the columns their names, order and types.
import type { DuckDBDataChunk } from '@duckdb/node-api'
import { arraysOf, type ColumnHead, type SqlRequest } from '../../helpers/sql/wire.ts'
import { prepareColumn, type ColumnLoad } from './column-load.ts'
import { quoteName, schemaOf, type Database } from './duckdb.ts'
import type { RawVector } from './raw-vector.ts'
import { createNumbered } from './row-numbers.ts'

/** DuckDB's rows of a chunk. */
const CHUNK = 2048

export interface TableStore {
  /** Stores columns of a table. Throws RangeError for bytes that do not fit the heads. */
  load(request: Extract<SqlRequest, { op: 'load' }>, bytes: readonly Uint8Array[]): Promise<void>
  /** Stores what a query selects as a table. */
  store(table: number, query: string): Promise<void>
  /** Forgets a table. */
  drop(table: number): Promise<void>
  /** The view of a table, by its full name. Throws if there is no such table. */
  viewOf(table: number): string
}

interface StoredTable {
  readonly view: string
  readonly rows: number
  /** The stored tables. */
  readonly parts: readonly string[]
  /** How each column is read from them. */
  readonly columns: ReadonlyMap<string, string>
}

const nameIn = (table: number, name: string): string => `${quoteName(schemaOf(table))}.${name}`

/** The tables of a database. */
export function createTableStore(database: Database): TableStore {
  const { connection } = database
  const tables = new Map<number, StoredTable>()
  const drop = async (table: number): Promise<void> => {
    tables.delete(table)
    await connection.run(`drop schema if exists ${quoteName(schemaOf(table))} cascade`)
  }
  return {
    async load({ table, rows, columns: heads, order }, bytes) {
      const before = tables.get(table) ?? { parts: [], columns: new Map(), rows }
      if (before.rows !== rows) throw new RangeError('The columns of a table have different lengths.')
      const part = before.parts.length
      try {
        const own = await storeColumns(database, { table, part, heads, rows }, bytes)
        const columns = new Map([...before.columns, ...own])
        const parts = [...before.parts, `${nameIn(table, `stored${part}`)} p${part}`]
        // Whatever selects from an earlier view knows its columns only.
        const view = nameIn(table, `shown${part}`)
        const shown = order.map((name) => `${readOf(columns, name)} as ${quoteName(name)}`).join(', ')
        const from = parts.join(' positional join ')
        await connection.run(
          `create view ${view} as select ${shown} from ${from}; ${createNumbered(table, shown, from)}`,
        )
        tables.set(table, { view, rows, parts, columns })
      } catch (error) {
        await drop(table)
        throw error
      }
    },
    async store(table, query) {
      const view = nameIn(table, 'stored')
      await connection.run(`create schema ${quoteName(schemaOf(table))}; create table ${view} as from ${query}`)
      tables.set(table, { view, rows: 0, parts: [], columns: new Map() })
    },
    drop,
    viewOf(table) {
      const found = tables.get(table)
      if (!found) throw new Error(`There is no table ${table}.`)
      return found.view
    },
  }
}

function readOf(columns: ReadonlyMap<string, string>, name: string): string {
  const read = columns.get(name)
  if (read === undefined) throw new RangeError('A column in the order of a table was not sent.')
  return read
}

interface Part {
  readonly table: number
  readonly part: number
  readonly heads: readonly ColumnHead[]
  readonly rows: number
}

/** Stores columns as a table of DuckDB; returns how each is read. */
async function storeColumns(
  database: Database,
  { table, part, heads, rows }: Part,
  bytes: readonly Uint8Array[],
): Promise<[name: string, read: string][]> {
  const { connection } = database
  const columns: ColumnLoad[] = []
  let at = 0
  for (const [i, { kind }] of heads.entries()) {
    const own = bytes.slice(at, at + arraysOf(kind))
    columns.push(prepareColumn(database, nameIn(table, `e${part}_${i}`), kind, rows, own))
    at += own.length
  }
  if (at !== bytes.length) throw new RangeError('The bytes of a table do not fit its columns.')
  const schema = part === 0 ? [`create schema ${quoteName(schemaOf(table))}`] : []
  const types = columns.flatMap(({ made }) => made ?? [])
  const fields = columns.map(({ type }, i) => `c${i} ${type}`).join(', ')
  const stored = `stored${part}`
  await connection.run([...schema, ...types, `create table ${nameIn(table, stored)} (${fields})`].join('; '))
  await appendRows(database, { schema: schemaOf(table), stored }, columns, rows)
  return columns.map(({ read }, i) => [heads[i]?.name ?? '', read(`p${part}.c${i}`)])
}

async function appendRows(
  { connection, duckdb }: Database,
  { schema, stored }: { readonly schema: string; readonly stored: string },
  columns: readonly ColumnLoad[],
  rows: number,
): Promise<void> {
  const appender = await connection.createAppender(stored, schema)
  const types = columns.map(({ chunkType }) => chunkType)
  const chunk = duckdb.DuckDBDataChunk.create(types, Math.min(rows, CHUNK))
  const vectors = columns.map((_, i) => chunk.getColumnVector(i) as unknown as RawVector)
  for (let from = 0; from < rows; from += CHUNK) appendChunk(appender, chunk, vectors, columns, from, rows)
  appender.closeSync()
}

function appendChunk(
  appender: { appendDataChunk(chunk: DuckDBDataChunk): void },
  chunk: DuckDBDataChunk,
  vectors: readonly RawVector[],
  columns: readonly ColumnLoad[],
  from: number,
  rows: number,
): void {
  const end = Math.min(rows, from + CHUNK)
  // The vectors stay as they are: making them anew would read each dictionary again.
  if (end - from < Math.min(rows, CHUNK)) chunk.rowCount = end - from
  for (const [i, column] of columns.entries()) {
    const vector = vectors[i] as RawVector
    vector.validity.data?.fill(0xffff_ffff_ffff_ffffn)
    column.write(vector, from, end)
    vector.flush()
  }
  appender.appendDataChunk(chunk)
}
