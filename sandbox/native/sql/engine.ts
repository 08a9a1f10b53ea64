// Answers the requests of `sql`: the same source in the sandbox's helper process and, for exports, in plain Node. One request
// after another; what a query may see are its own tables and files, never those of an earlier one.
import type { DuckDBConnection, DuckDBPreparedStatement, DuckDBResult, DuckDBType, DuckDBValue } from '@duckdb/node-api'
import type {
  ColumnHead,
  FileBinding,
  Parameter,
  SqlCall,
  SqlRequest,
  SqlResult,
  TableBinding,
} from '../../helpers/sql/wire.ts'
import { NOW, openDatabase, quoteName, quoteText, type Database, type DatabaseOptions } from './duckdb.ts'
import { createQueryTrees, type QueryTrees } from './query-tree.ts'
import { checkFile, scanOf } from './file-scan.ts'
import type { RawVector } from './raw-vector.ts'
import { buildColumn } from './result-columns.ts'
import { prepareRowNumbers, readRowNumbers } from './row-numbers.ts'
import { factsOf, prepareQuery } from './statements.ts'
import { createTableStore, type TableStore } from './table-store.ts'

/** The size of one result: rows times columns, and bytes. */
interface ResultLimits {
  readonly maxValues: number
  readonly maxBytes: number
}

const LIMITS: ResultLimits = { maxValues: 20_000_000, maxBytes: 200_000_000 }

type Binding = TableBinding | FileBinding
type Query = Extract<SqlRequest, { op: 'query' }>

/** Opens an engine; DuckDB itself at the first request. */
export function openEngine(options: () => DatabaseOptions, limits = LIMITS): SqlCall {
  let opened: Promise<Opened> | undefined
  const bound = new Map<string, string>()
  let last: Promise<unknown> = Promise.resolve()

  const answer: SqlCall = async (request, bytes) => {
    const { trees, tables, ...database } = await (opened ??= open(options()))
    const { connection } = database
    if (request.op === 'names') return [(await factsOf(trees, request.query)) ?? null, []]
    if (request.op === 'load') {
      await tables.load(request, bytes)
      return [null, []]
    }
    if (request.op === 'drop') {
      // A name may still be bound to it.
      await bind(connection, bound, new Map())
      await tables.drop(request.table)
      return [null, []]
    }
    if (request.op === 'check') return [await checkFile(connection, request.file), []]
    if (request.op === 'store') {
      if (request.bytes > options().memoryBytes / 3) throw new Error('The table is too large to be kept.')
      await tables.store(request.table, scanOf(request.file))
      return [null, []]
    }
    await bind(connection, bound, viewsOf(tables, request.bindings), schemasOf(request.bindings))
    await setChance(connection, request)
    return runQuery(database, trees, request, limits)
  }
  return (request, bytes) => {
    const next = last.then(() => answer(request, bytes))
    last = next.catch(() => undefined)
    return next
  }
}

interface Opened extends Database {
  readonly trees: QueryTrees
  readonly tables: TableStore
}

async function open(options: DatabaseOptions): Promise<Opened> {
  const database = await openDatabase(options)
  return { ...database, trees: createQueryTrees(database.connection), tables: createTableStore(database) }
}

/** The views for the names of a query, and what each selects from. */
function viewsOf(tables: TableStore, bindings: readonly Binding[]): Map<string, string> {
  return new Map(bindings.map((one) => [viewName(one), 'table' in one ? tables.viewOf(one.table) : scanOf(one)]))
}

function schemasOf(bindings: readonly Binding[]): string[] {
  return [...new Set(bindings.flatMap(({ schema }) => (schema ? [quoteName(schema)] : [])))]
}

/** Makes the views of a query, and removes those of earlier ones. */
async function bind(
  connection: DuckDBConnection,
  bound: Map<string, string>,
  views: ReadonlyMap<string, string>,
  schemas: readonly string[] = [],
): Promise<void> {
  const gone = [...bound.keys()].filter((view) => !views.has(view))
  const made = [...views].filter(([view, source]) => bound.get(view) !== source)
  if (gone.length + made.length === 0) return
  const statements = [
    ...gone.map((view) => `drop view if exists ${view}`),
    ...schemas.map((schema) => `create schema if not exists ${schema}`),
    ...made.map(([view, source]) => `create or replace view ${view} as from ${source}`),
  ]
  // Until all of it is done, nothing is known of these views.
  for (const [view] of made) bound.set(view, '')
  await connection.run(statements.join('; '))
  for (const view of gone) bound.delete(view)
  for (const [view, source] of made) bound.set(view, source)
}

function viewName({ schema, name }: Binding): string {
  return `${schema ? quoteName(schema) : 'main'}.${quoteName(name)}`
}

async function setChance(connection: DuckDBConnection, { seed, clock }: Query): Promise<void> {
  if (seed !== undefined) await connection.run('select setseed($1)', [seed])
  if (clock === undefined) return
  const time = new Date(clock).toISOString().replace('T', ' ').replace('Z', '')
  await connection.run(`set variable ${NOW} = TIMESTAMP ${quoteText(time)}`)
}

async function runQuery(
  database: Database,
  trees: QueryTrees,
  { query, parameters, rowsOf }: Query,
  limits: ResultLimits,
) {
  const { connection } = database
  const numbered = rowsOf === undefined ? undefined : await prepareRowNumbers(trees, query, rowsOf)
  // There may be columns that the table has not been given.
  if (rowsOf !== undefined && !numbered)
    return [{ columns: [], rows: 0, large: [], isRefused: true } satisfies SqlResult, []] as const
  const statement = numbered ?? (await prepareQuery(connection, query))
  try {
    bindParameters(database, statement, parameters)
    const result = await statement.stream()
    if (!numbered) return await readResult(result, limits)
    const rows = await readRowNumbers(result)
    const answer: SqlResult = { columns: [], rows: rows.length, large: [], areNumbers: true }
    return [answer, [new Uint8Array(rows.buffer)]] as const
  } finally {
    statement.destroySync()
  }
}

async function readResult(result: DuckDBResult, limits: ResultLimits) {
  const names = result.deduplicatedColumnNames()
  const builders = names.map((_, i) => buildColumn(result.columnTypeId(i)))
  let rows = 0
  for (;;) {
    const chunk = await result.fetchChunk()
    if (!chunk || chunk.rowCount === 0) break
    for (const [i, builder] of builders.entries())
      builder.add(chunk.getColumnVector(i) as unknown as RawVector, chunk.rowCount)
    rows += chunk.rowCount
    checkSize(rows, builders, limits)
  }
  const built = builders.map((builder) => builder.finish())
  const columns = built.map(({ kind }, i): ColumnHead => ({ name: names[i] ?? '', kind }))
  const large = names.filter((_, i) => built[i]?.isLarge)
  return [{ columns, rows, large } satisfies SqlResult, built.flatMap(({ bytes }) => bytes)] as const
}

function checkSize(
  rows: number,
  columns: readonly { readonly size: number }[],
  { maxValues, maxBytes }: ResultLimits,
): void {
  const values = rows * columns.length
  const bytes = columns.reduce((sum, { size }) => sum + size, 0)
  if (values <= maxValues && bytes <= maxBytes) return
  const n = (value: number): string => value.toLocaleString('en-US')
  const most =
    values > maxValues
      ? `${n(maxValues)} values, and its first ${n(rows)} rows of ${n(columns.length)} columns have more`
      : `${n(maxBytes / 1_000_000)} MB, and its first ${n(rows)} rows have more`
  throw new Error(
    `sql: the result is too large: it may have ${most}. Aggregate in the query, select fewer columns, or use LIMIT.`,
  )
}

/** Binds the values that the statement names; others are left out, since they may be tables. */
function bindParameters(
  { duckdb }: Database,
  statement: DuckDBPreparedStatement,
  parameters: Readonly<Record<string, Parameter>>,
): void {
  for (let i = 1; i <= statement.parameterCount; i++) {
    const name = statement.parameterName(i)
    const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined
    if (value === undefined) throw new Error(missingParameter(name, Object.keys(parameters)))
    if (value === null) statement.bindNull(i)
    else statement.bindValue(i, ...typedValue(duckdb, value))
  }
}

function missingParameter(name: string, given: readonly string[]): string {
  const have = given.length === 0 ? 'none was given' : `these were given: ${given.join(', ')}`
  return /^\d+$/.test(name)
    ? `sql: the query has a parameter ${name} without a value (${have}). Give values in order: sql(query, [value, ...]).`
    : `sql: the query has the parameter $${name} without a value (${have}). Give it by name: sql(query, { ${name}: value }).`
}

function typedValue(duckdb: Database['duckdb'], value: Exclude<Parameter, null>): [DuckDBValue, DuckDBType] {
  if (typeof value === 'string') return [value, duckdb.VARCHAR]
  if (typeof value === 'boolean') return [value, duckdb.BOOLEAN]
  if (typeof value === 'number')
    return Number.isSafeInteger(value) ? [BigInt(value), duckdb.BIGINT] : [value, duckdb.DOUBLE]
  const first = value.find((each) => each !== null)
  const areWhole = value.every((each) => each === null || Number.isSafeInteger(each))
  const type = typeof first === 'number' && !areWhole ? duckdb.DOUBLE : typedValue(duckdb, first ?? '')[1]
  const items = value.map((each) => (each !== null && type === duckdb.BIGINT ? BigInt(each as number) : each))
  return [duckdb.listValue(items), duckdb.LIST(type)]
}
