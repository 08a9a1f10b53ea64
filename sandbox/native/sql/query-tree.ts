// The tree that DuckDB's parser makes of a query, as JSON, and a statement made of one.
import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api'

export interface QueryTrees {
  /** JSON of the tree of a SELECT, or of an error. */
  serialize(query: string): Promise<string>
  /** Prepares the statement that a tree stands for. */
  prepare(tree: string): Promise<DuckDBPreparedStatement>
}

/** Queries whose trees are kept: each is asked for twice at least, and a snippet often runs a query again. */
const MAX_KEPT = 50
const MAX_LENGTH = 10_000

export function createQueryTrees(connection: DuckDBConnection): QueryTrees {
  const kept = new Map<string, string>()
  const callOn = async (call: string, text: string): Promise<string> => {
    const statement = await connection.prepare(`select ${call}::VARCHAR`)
    try {
      statement.bindVarchar(1, text)
      const [[answer]] = (await statement.runAndReadAll()).getRows() as [[string]]
      return answer
    } finally {
      statement.destroySync()
    }
  }
  return {
    async serialize(query) {
      const tree = kept.get(query) ?? (await callOn('json_serialize_sql($1::VARCHAR)', query))
      if (query.length > MAX_LENGTH) return tree
      kept.delete(query)
      kept.set(query, tree)
      if (kept.size > MAX_KEPT) kept.delete([...kept.keys()][0] as string)
      return tree
    },
    prepare: async (tree) => connection.prepare(await callOn('json_deserialize_sql($1::JSON)', tree)),
  }
}
