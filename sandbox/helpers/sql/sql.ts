// SQL over the session's files and the snippet's tables, by DuckDB: `await sql("select region, sum(x) as total from
// 'sales.csv' group by all")`. The query itself decides which tables are read; each is bound under the name it has there.
import { argumentError, formatValue } from '../argument.ts'
import { note } from '../notes.ts'
import type { Row, TableLike } from '../table/columns.ts'
import { gatherRows } from '../table/gather-rows.ts'
import { forgetColumns, haveValues } from '../table/known-columns.ts'
import { rowsOfColumns } from '../table/rows-of-columns.ts'
import { decodeResult, decodeRowNumbers, type SqlRow } from './decode-result.ts'
import { explainFailure } from './failure.ts'
import { bindFile, isTableFile } from './file-tables.ts'
import { host } from './host.ts'
import { clearTables, engineGeneration, forgetTable, leaveUnfinished, Outdated, type KeptTable } from './kept-tables.ts'
import { keepOwnTable, type OwnTable } from './own-tables.ts'
import { pivotWords } from './pivot-columns.ts'
import type { FileBinding, Parameter, QueryFacts, Scalar, SqlResult, TableBinding, TableName } from './wire.ts'

export type { SqlRow } from './decode-result.ts'

/** A table (rows, or of `readTable`) under the name that it has in the query, or the value of the parameter `$name`. */
type SqlParameter = Scalar | bigint | Date | readonly Scalar[] | readonly object[] | TableLike

/** Tables and parameters by name, or the values of `?` and `$1`, `$2` … in order. */
export type SqlParameters = Readonly<Record<string, SqlParameter>> | readonly (Scalar | bigint | Date)[]

/**
 * Runs one SQL statement (DuckDB's dialect) that only reads, and resolves to its rows. Files of the session are tables
 * under their names in quotes: CSV and all else that `readTable` reads, and Parquet. Whole numbers beyond 2^53 come as
 * text (the whole column, with a note), decimals as numbers, dates and times as ISO texts, lists and structs as arrays
 * and objects. A result may have 20 million values. `random()` and `now()` follow the cell's seed and clock.
 * @throws Error with DuckDB's message and the files or columns that exist.
 */
export async function sql(query: string, parameters: SqlParameters = {}): Promise<SqlRow[]> {
  if (typeof query !== 'string') throw argumentError('sql', 'the query', 'a string', query)
  leaveUnfinished()
  // Below /mnt/data, where the engine starts.
  const text = query.replaceAll("'/mnt/data/", "'").replaceAll('"/mnt/data/', '"')
  const { tables, values } = sortParameters(parameters)
  const asked: Asked = { text, tables, values, chance: chanceFor(text), kept: [], columns: new Map() }
  try {
    return await answer(asked)
  } catch (error) {
    throw explainFailure(error, Object.keys(tables), asked.columns)
  } finally {
    for (const table of asked.kept) forgetTable(table)
  }
}

/** A query with its tables and values. */
interface Asked {
  readonly text: string
  readonly tables: Tables
  readonly values: Readonly<Record<string, Parameter>>
  readonly chance: { readonly seed?: number; readonly clock?: number }
  /** Filled with what it uses. */
  readonly kept: KeptTable[]
  /** Filled with the names of the columns of its tables. */
  readonly columns: Map<string, readonly string[]>
}

/** How often a query is asked where something was outdated: a helper that dies each time must end somewhere. */
const MAX_ATTEMPTS = 3

async function answer(asked: Asked, attempt = 1): Promise<SqlRow[]> {
  try {
    const facts = await queryFacts(asked.text, asked.tables)
    refuseEmpty(facts.tables, asked.values)
    const all = { ...facts, columns: null, givesRows: false }
    // Where rows had other values than were known, all of them are looked at.
    return (await ask(asked, attempt === 1 ? facts : all)) ?? (await ask(asked, all)) ?? []
  } catch (error) {
    if (!(error instanceof Outdated)) throw error
    if (attempt === MAX_ATTEMPTS) throw new Error('sql: the helper process ended again and again.', { cause: error })
    factsByQuery.clear()
    return answer(asked, attempt + 1)
  }
}

/** The rows of a result; undefined where row numbers were asked for and there are none. */
async function ask(asked: Asked, about: QueryFacts): Promise<SqlRow[] | undefined> {
  const { text, values, chance } = asked
  // Another query may notice meanwhile that the engine is another one.
  const generation = engineGeneration()
  const { bindings, own } = await bindTables(about, asked)
  const whole = about.givesRows && own?.vectors ? own : undefined
  const rowsOf = whole && { rowsOf: whole.kept.id }
  const request = { op: 'query', query: text, generation, bindings, parameters: values, ...chance, ...rowsOf } as const
  const [result, bytes] = await host.call(request, [])
  return readResult(result as SqlResult, bytes, whole)
}

function chanceFor(text: string): Asked['chance'] {
  return {
    ...(RANDOM.test(text) && { seed: Math.random() * 2 - 1 }),
    ...(CLOCK.test(text) && { clock: Date.now() }),
  }
}

/** As the engine has it for other results. */
const MAX_VALUES = 20_000_000

/** The rows of a result; undefined for one that was refused. */
function readResult(
  result: SqlResult,
  bytes: readonly Uint8Array[],
  whole: OwnTable | undefined,
): SqlRow[] | undefined {
  if (result.isStale) throw new Outdated()
  if (result.isRefused) return undefined
  for (const name of result.large)
    note(`sql: column ${JSON.stringify(name)} has integers beyond 2^53, so its values are texts.`)
  if (!result.areNumbers) return decodeResult(result, bytes)
  if (result.rows * (whole?.vectors?.length ?? 0) > MAX_VALUES)
    throw new Error(
      'sql: the result is too large: it may have 20,000,000 values. Aggregate in the query, select fewer columns, or use LIMIT.',
    )
  return wholeRows(whole, decodeRowNumbers(bytes[0], result.rows))
}

/** The rows of these numbers. Throws Outdated for rows that have other values than the query saw. */
function wholeRows(
  { vectors = [], unchecked }: Pick<OwnTable, 'vectors' | 'unchecked'> = {},
  numbers: Int32Array,
): SqlRow[] {
  const columns = gatherRows(vectors, numbers)
  // All rows in their order are looked at sooner than many in another.
  const looked = numbers.length * 4 > (vectors[0]?.length ?? 0) ? undefined : numbers
  if (unchecked && !haveValues(unchecked, vectors, looked)) {
    forgetColumns(unchecked)
    throw new Outdated()
  }
  return rowsOfColumns(columns, numbers.length)
}

const RANDOM = /random|uuid|sample|shuffle/i
const CLOCK = /now|today|current_|localtime|transaction_timestamp|\bage\b/i

type Tables = Readonly<Record<string, TableLike | readonly Row[]>>

/** Arrays of objects and tables are tables; everything else is a value. Throws TypeError for what is neither. */
function sortParameters(given: SqlParameters): { tables: Tables; values: Record<string, Parameter> } {
  if (typeof given !== 'object' || given === null)
    throw argumentError(
      'sql',
      'the parameters',
      'an object such as { sales: rows, min: 10 }, or an array of values',
      given,
    )
  const tables: Record<string, TableLike | readonly Row[]> = {}
  const values: Record<string, Parameter> = {}
  const named = Array.isArray(given)
    ? given.map((value: SqlParameter, i) => [String(i + 1), value] as const)
    : Object.entries(given)
  for (const [name, value] of named as readonly (readonly [string, SqlParameter])[]) {
    if (isTable(value)) tables[name] = value
    else values[name] = toParameter(name, value)
  }
  return { tables, values }
}

function isTable(value: unknown): value is TableLike | readonly Row[] {
  const rows = Array.isArray(value) ? (value as readonly unknown[]) : (value as Partial<TableLike> | null)?.rows
  if (!Array.isArray(rows)) return false
  return !Array.isArray(value) || (typeof rows[0] === 'object' && rows[0] !== null && !(rows[0] instanceof Date))
}

function toParameter(name: string, value: unknown): Parameter {
  if (value === undefined) return null
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number')
    return value
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (value instanceof Date) return value.toISOString().slice(0, 23).replace('T', ' ')
  if (Array.isArray(value)) return value.map((each) => toParameter(name, each) as Scalar)
  throw argumentError('sql', `the parameter ${name}`, 'a value, an array of values, an array of rows or a table', value)
}

/** Of queries that may be run again; null where DuckDB does not tell. */
const factsByQuery = new Map<string, QueryFacts | null>()
const MAX_REMEMBERED = 50
const MAX_REMEMBERED_LENGTH = 10_000
function rememberFacts(query: string, facts: QueryFacts | null): void {
  if (query.length > MAX_REMEMBERED_LENGTH) return
  factsByQuery.set(query, facts)
  if (factsByQuery.size > MAX_REMEMBERED) factsByQuery.delete([...factsByQuery.keys()][0] ?? '')
}

async function parsedFacts(query: string): Promise<QueryFacts | null> {
  const known = factsByQuery.get(query)
  if (known !== undefined) return known
  const [answer] = await host.call({ op: 'names', query }, [])
  const { generation, names: facts } = answer as { generation: number; names: QueryFacts | null }
  clearTables(generation)
  if (facts ?? pivotWords(query)) rememberFacts(query, facts)
  return facts
}

/** What the query reads. Where DuckDB's parser does not tell (PIVOT), the tables are the names that its text has in quotes. */
async function queryFacts(query: string, tables: Tables): Promise<QueryFacts> {
  const facts = await parsedFacts(query)
  if (facts) return facts
  const quoted = [...query.matchAll(/'((?:[^']|'')*)'|"((?:[^"]|"")*)"/g)].map(
    ([, text, name]) => text?.replaceAll("''", "'") ?? name?.replaceAll('""', '"') ?? '',
  )
  const names = [...new Set([...quoted, ...Object.keys(tables)])].map((name) => ({ schema: '', name }))
  return { tables: names, columns: pivotWords(query) ?? null, givesRows: false }
}

/** An empty array may be meant as a table. */
function refuseEmpty(names: readonly TableName[], values: Readonly<Record<string, Parameter>>): void {
  for (const { name } of names) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (Array.isArray(value) && value.length === 0)
      throw new TypeError(
        `sql: the table ${formatName(name)} is an empty array, so its columns are unknown. Look at its length before the query, or pass the table of readTable.`,
      )
  }
}

/** Gives each table of the query what it reads; names that are neither are left to DuckDB. */
async function bindTables(
  facts: QueryFacts,
  { tables, kept, columns }: Asked,
): Promise<{ bindings: (TableBinding | FileBinding)[]; own: OwnTable | undefined }> {
  let last: OwnTable | undefined
  const own = new Map(Object.entries(tables).map(([name, table]) => [name.toLowerCase(), { name, table }]))
  const bindings: (TableBinding | FileBinding)[] = []
  for (const { schema, name } of facts.tables) {
    const found = schema === '' ? own.get(name.toLowerCase()) : undefined
    const at = schema === '' ? { name } : { schema, name }
    if (found) {
      last = await keepOwnTable(`sql: the table ${formatName(found.name)}`, found.table, facts)
      kept.push(last.kept)
      columns.set(found.name, last.kept.columns)
      bindings.push({ ...at, table: last.kept.id })
      continue
    }
    // Without quotes, the name of a file is taken for one of a schema and a table.
    const file = schema === '' ? name : `${schema}.${name}`
    if (!isTableFile(file)) continue
    const bound = await bindFile(file)
    if ('id' in bound) kept.push(bound)
    columns.set(file, 'id' in bound ? bound.columns : bound.columns.map((column) => column.name))
    bindings.push('id' in bound ? { ...at, table: bound.id } : { ...bound, ...at })
  }
  return { bindings, own: last }
}

function formatName(name: string): string {
  return name.length > 60 ? formatValue(name) : JSON.stringify(name)
}
