// Types of `easel`, derived from its source, with one difference for snippets: fields of table rows can be used in
// arithmetic without first narrowing them to numbers.
import type * as easel from '../helpers/index.ts'

export * from '../helpers/index.ts'

type Row = Record<string, any>

/** Reads a table from a file. */
export function readTable(
  ...args: Parameters<typeof easel.readTable>
): Promise<Omit<easel.Table, 'rows'> & { rows: Row[] }>
/** Runs an SQL query (DuckDB) over files and tables. */
export function sql(...args: Parameters<typeof easel.sql>): Promise<Row[]>
/** Turns a wide table into a long one. */
export function melt(...args: Parameters<typeof easel.melt>): Row[]
