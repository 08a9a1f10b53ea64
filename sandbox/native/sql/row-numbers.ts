// Queries that give whole rows of one table, sorted or filtered: the sandbox has the rows already, so only their numbers are
// computed and sent, which takes a tenth of the time of all their values.
import type { DuckDBConnection, DuckDBPreparedStatement, DuckDBResult } from '@duckdb/node-api'
import { quoteName, TABLES } from './duckdb.ts'
import type { RawVector } from './raw-vector.ts'

/** The column of row numbers, in a view beside that of a table's name. */
const ROW = 'easel row'

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
    const tree = parseExactly(await callOn(connection, 'json_serialize_sql', query)) as Tree
    const [statement, ...others] = tree.statements ?? []
    if (!statement || others.length > 0 || !givesRows(statement.node)) return undefined
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

interface Tree {
  readonly statements?: readonly { readonly node: Node }[]
}

interface Node {
  readonly type: string
  readonly modifiers: readonly Modifier[]
  readonly cte_map: { readonly map: readonly unknown[] }
  select_list: readonly object[]
  from_table: From
  readonly group_expressions: readonly unknown[]
  readonly aggregate_handling: string
  readonly having: unknown
  readonly sample: unknown
  readonly qualify: unknown
}

interface From {
  readonly type: string
  readonly alias: string
  readonly schema_name: string
  readonly table_name: string
  readonly sample: unknown
  readonly column_name_alias: readonly unknown[]
  readonly at_clause: unknown
}

interface Modifier {
  readonly type: string
  readonly orders?: readonly { readonly expression: { readonly class: string } }[]
}

/** `select *` of one table, with WHERE, ORDER BY and LIMIT at most. */
function givesRows(node: Node): boolean {
  const from = node.from_table
  return (
    node.type === 'SELECT_NODE' &&
    node.select_list.length === 1 &&
    isStar(node.select_list[0]) &&
    node.cte_map.map.length === 0 &&
    node.group_expressions.length === 0 &&
    node.aggregate_handling === 'STANDARD_HANDLING' &&
    [node.having, node.sample, node.qualify].every((part) => part === null) &&
    from.type === 'BASE_TABLE' &&
    from.schema_name === '' &&
    [from.sample, from.at_clause ?? null].every((part) => part === null) &&
    from.column_name_alias.length === 0 &&
    node.modifiers.every(keepsRows)
  )
}

function isStar(expression: object | undefined): boolean {
  const star = { class: '', relation_name: '', columns: true, expr: null as unknown, ...expression }
  const lists = Object.entries(star).filter(([name]) => name.endsWith('_list'))
  return (
    star.class === 'STAR' &&
    star.relation_name === '' &&
    !star.columns &&
    star.expr === null &&
    lists.every(([, list]) => Array.isArray(list) && list.length === 0)
  )
}

/** A number in ORDER BY stands for a column of the result, and so does ALL. */
function keepsRows({ type, orders = [] }: Modifier): boolean {
  if (type === 'LIMIT_MODIFIER') return true
  return type === 'ORDER_MODIFIER' && orders.every(({ expression }) => !['CONSTANT', 'STAR'].includes(expression.class))
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
