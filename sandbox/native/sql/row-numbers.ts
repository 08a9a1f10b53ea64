// Queries that give whole rows of one table, sorted or filtered: the sandbox has the rows already, so only their numbers are
// computed and sent, which takes a tenth of the time of all their values.
import type { DuckDBPreparedStatement, DuckDBResult } from '@duckdb/node-api'
import { quoteName, schemaOf } from './duckdb.ts'
import { readFacts, ROW, type QueryTree } from './query-facts.ts'
import type { QueryTrees } from './query-tree.ts'
import type { RawVector } from './raw-vector.ts'

/** The name of the view that has the row numbers too, in the schema of its table. */
const NUMBERED = 'numbered'

/** The statement that makes the view. `columns` and `from`: what the table's own view selects, first from `p0`. */
export const createNumbered = (table: number, columns: string, from: string): string =>
  `create or replace view ${quoteName(schemaOf(table))}.${NUMBERED} as select p0.rowid::INTEGER as ${quoteName(ROW)}, ${columns} from ${from}`

/** Prepares the query for row numbers; undefined if it is another kind of query, or wrong. */
export async function prepareRowNumbers(
  trees: QueryTrees,
  query: string,
  table: number,
): Promise<DuckDBPreparedStatement | undefined> {
  try {
    const tree = parseExactly(await trees.serialize(query)) as QueryTree
    const [statement] = tree.statements ?? []
    if (!statement || !readFacts(tree)?.givesRows) return undefined
    const { node } = statement
    const from = node.from_table
    node.select_list = [{ class: 'COLUMN_REF', type: 'COLUMN_REF', alias: '', query_location: 0, column_names: [ROW] }]
    node.from_table = {
      ...from,
      alias: from.alias || from.table_name,
      schema_name: schemaOf(table),
      table_name: NUMBERED,
    }
    return await trees.prepare(JSON.stringify(tree))
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
