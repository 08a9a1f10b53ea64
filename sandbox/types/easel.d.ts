// easel's own types, always its source, with one thing that snippets need: fields of a table's rows can be counted with
// without saying first that they are numbers.
import type * as easel from '../helpers/index.ts'

export * from '../helpers/index.ts'

type Row = Record<string, any>

/** Reads a table from a file. */
export function readTable(
  ...args: Parameters<typeof easel.readTable>
): Promise<Omit<easel.Table, 'rows'> & { rows: Row[] }>
/** Turns a wide table into a long one. */
export function melt(...args: Parameters<typeof easel.melt>): Row[]
