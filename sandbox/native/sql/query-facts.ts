// What a query reads, from the tree that DuckDB's parser makes of it: tables, columns, and whether its result is whole rows
// of one table. What is not known to be less counts as everything.
import type { QueryFacts, TableName } from '../../helpers/sql/wire.ts'

/** The column of row numbers, in a view beside that of a table's name. */
export const ROW = 'easel row'

/** The tree of `json_serialize_sql`. */
export interface QueryTree {
  readonly error?: boolean
  readonly statements?: readonly { readonly node: SelectNode }[]
}

interface SelectNode {
  readonly type: string
  readonly modifiers: readonly Modifier[]
  readonly cte_map: { readonly map: readonly unknown[] }
  select_list: readonly object[]
  from_table: TableReference
  readonly group_expressions: readonly unknown[]
  readonly aggregate_handling: string
  readonly having: unknown
  readonly sample: unknown
  readonly qualify: unknown
}

interface TableReference {
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

/** The facts of a query; undefined for a tree that says that there was an error. */
export function readFacts(tree: unknown): QueryFacts | undefined {
  const { error = false, statements = [] } = tree as QueryTree
  if (error) return undefined
  const [first, ...others] = statements
  const node = first?.node
  const mayBeWhole = node !== undefined && others.length === 0 && givesRows(node)
  const found = collect(tree, mayBeWhole ? node.select_list[0] : undefined)
  const tables = [...found.tables.values()]
  const names = new Set([...found.aliases, ...tables.map(({ name }) => name.toLowerCase())])
  // The name of a table by itself is a struct of all columns.
  const isAll = found.isAll || found.last.some((name) => names.has(name))
  const givesWhole = mayBeWhole && !isAll && tables.length === 1 && !found.columns.has(ROW)
  return { tables, columns: isAll || mayBeWhole !== givesWhole ? null : [...found.columns], givesRows: givesWhole }
}

interface Found {
  readonly tables: Map<string, TableName>
  /** Of tables, in lower case. */
  readonly aliases: Set<string>
  /** Names that may be those of columns, in lower case. */
  readonly columns: Set<string>
  /** The last names of references. */
  readonly last: string[]
  isAll: boolean
}

/** `star`: the one that is no reason to take all columns. */
function collect(tree: unknown, star: object | undefined): Found {
  const found: Found = { tables: new Map(), aliases: new Set(), columns: new Set(), last: [], isAll: false }
  const waiting: unknown[] = [tree]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (typeof node !== 'object' || node === null) continue
    if (Array.isArray(node)) {
      for (const each of node) if (typeof each === 'string') found.columns.add(each.toLowerCase())
    } else if (node !== star) addNode(node as Record<string, unknown>, found)
    waiting.push(...Object.values(node).filter((value) => typeof value === 'object' && value !== null))
  }
  return found
}

const ALL = new Set(['STAR', 'POSITIONAL_REFERENCE'])

function addNode(node: Record<string, unknown>, found: Found): void {
  const { type, class: kind, alias, schema_name: schema, table_name: name, column_names: names } = node
  if (isTableReference(type) && typeof name === 'string' && typeof schema === 'string')
    found.tables.set(`${schema}\0${name}`, { schema, name })
  if (kind === undefined && typeof alias === 'string' && alias !== '') found.aliases.add(alias.toLowerCase())
  if (Array.isArray(names)) found.last.push(String(names.at(-1)).toLowerCase())
  found.isAll ||=
    ALL.has(String(kind)) ||
    type === 'SHOW_REF' ||
    type === 'TABLE_FUNCTION' ||
    type === 'PIVOT' ||
    node['ref_type'] === 'NATURAL' ||
    (Array.isArray(node['column_name_alias']) && node['column_name_alias'].length > 0)
}

/** SHOW_REF is DESCRIBE and SUMMARIZE of a table by its name. */
function isTableReference(type: unknown): boolean {
  return type === 'BASE_TABLE' || type === 'SHOW_REF'
}

/** `select *` of one table, with WHERE, ORDER BY and LIMIT at most. */
function givesRows(node: SelectNode): boolean {
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
