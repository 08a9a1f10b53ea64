// Queries that give whole rows of one table, sorted or filtered: the sandbox has the rows already, so only their numbers are
// computed and sent, which takes a tenth of the time of all their values.
import type { DuckDBConnection, DuckDBPreparedStatement, DuckDBResult } from '@duckdb/node-api'
import { quoteName, TABLES } from './duckdb.ts'
import { readFacts, ROW, type QueryTree } from './query-facts.ts'
import type { RawVector } from './raw-vector.ts'

/** The name of the view that has the row numbers too. */
const numberedName = (table: number): string => `n${table}`

/** The statements that make the view, and remove it. `columns`: what the table's own view selects. */
export const createNumbered = (table: number, columns: string): string =>
  `create view ${TABLES}.${numberedName(table)} as select rowid::INTEGER as ${quoteName(ROW)}, ${columns} from ${TABLES}.raw${table}`
export const dropNumbered = (table: number): string => `drop view if exists ${TABLES}.${numberedName(table)}`

/** Prepares the query for row numbers; undefined if it is another kind of query, or wrong. */
export async function prepareRowNumbers(
  connection: DuckDBConnection,
  query: string,
  table: number,
): Promise<DuckDBPreparedStatement | undefined> {
  try {
    const tree = parseExactly(await callOn(connection, 'json_serialize_sql', query)) as QueryTree
    const [statement] = tree.statements ?? []
    if (!statement || !readFacts(tree)?.givesRows) return undefined
    const { node } = statement
    const from = node.from_table
    node.select_list = [{ class: 'COLUMN_REF', type: 'COLUMN_REF', alias: '', query_location: 0, column_names: [ROW] }]
    node.from_table = {
      ...from,
      alias: from.alias || from.table_name,
      schema_name: TABLES,
      table_name: numberedName(table),
    }
    return await connection.prepare(await callOn(connection, 'json_deserialize_sql', JSON.stringify(tree)))
  } catch {
    return undefined
  }
}

/** Numbers that JavaScript's do not hold stay as they are written. */
function parseExactly(text: string): unknown {
  const { parse, rawJSON } = JSON as unknown as ExactJson
  return parse(text, (_key, value, { source }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) ? rawJSON(source) : value,
  )
}

/** JSON with access to the source text, which TypeScript's types lack. */
interface ExactJson {
  readonly parse: (
    text: string,
    revive: (key: string, value: unknown, context: { readonly source: string }) => unknown,
  ) => unknown
  readonly rawJSON: (text: string) => object
}

async function callOn(connection: DuckDBConnection, name: string, text: string): Promise<string> {
  const cast = name === 'json_deserialize_sql' ? 'JSON' : 'VARCHAR'
  const statement = await connection.prepare(`select ${name}($1::${cast})::VARCHAR`)
  statement.bindVarchar(1, text)
  const [[answer]] = (await statement.runAndReadAll()).getRows() as [[string]]
  statement.destroySync()
  return answer
}

/** The row numbers of a result, as 32-bit integers. */
export async function readRowNumbers(result: DuckDBResult): Promise<Int32Array> {
  const parts: Int32Array[] = []
  let rows = 0
  for (;;) {
    const chunk = await result.fetchChunk()
    if (!chunk || chunk.rowCount === 0) break
    const { items } = chunk.getColumnVector(0) as unknown as RawVector
    parts.push((items as Int32Array).slice(0, chunk.rowCount))
    rows += chunk.rowCount
  }
  const all = new Int32Array(rows)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
