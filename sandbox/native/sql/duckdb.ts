// Opens DuckDB in memory and locks it: it may read below one folder, write nowhere, load nothing and change no setting. One
// thread, the order of rows kept, no clock and no chance of its own: the same query over the same tables gives the same bytes.
import { createRequire } from 'node:module'
import type * as DuckDb from '@duckdb/node-api'

export type DuckDbModule = typeof DuckDb

export interface Database {
  readonly duckdb: DuckDbModule
  readonly connection: DuckDb.DuckDBConnection
}

export interface DatabaseOptions {
  /** Folders of which files may be read, each with a slash at its end. */
  readonly folders: readonly string[]
  /** Bytes for tables and intermediate results; single values are not counted. */
  readonly memoryBytes: number
}

/** The schema of a table that the engine keeps, with all that belongs to it, apart from the names of a query. */
export const schemaOf = (table: number): string => `easel/${table}`

/** Opens a locked database. Throws where the package has no part for this system. */
export async function openDatabase({ folders, memoryBytes }: DatabaseOptions): Promise<Database> {
  const duckdb = loadPackage()
  const instance = await duckdb.DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: `${Math.floor(memoryBytes / 1_048_576)}MiB`,
    temp_directory: '',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    allow_persistent_secrets: 'false',
    preserve_insertion_order: 'true',
    // Else memory that one query gave up is kept beside that of the next.
    allocator_background_threads: 'true',
    // A file of this name may have changed since.
    enable_external_file_cache: 'false',
  })
  const connection = await instance.connect()
  // The package remembers statements by the time, and each look at that moves the clock of a cell. Ours end by themselves.
  Object.assign(connection, { preparedStatements: { add: () => undefined, destroySync: () => undefined } })
  const lock = [
    `set allowed_directories = [${folders.map(quoteText).join(', ')}]`,
    'set enable_external_access = false',
    'set lock_configuration = true',
  ]
  await connection.run([...SETTINGS, ...CLOCK, ...lock].join('; '))
  return { duckdb, connection }
}

/** Loads the native code. Throws where the package has no part for this system. */
export function loadPackage(): DuckDbModule {
  try {
    return withoutClock(() => createRequire(import.meta.url)('@duckdb/node-api') as DuckDbModule)
  } catch (cause) {
    throw new Error(
      `sql: DuckDB cannot be loaded on this system (${process.platform}-${process.arch}). Install its package with optional dependencies: npm install @duckdb/node-api`,
      { cause },
    )
  }
}

/** Evaluates a package that looks at the time when it is loaded, which would move the clock of a cell. */
function withoutClock<T>(load: () => T): T {
  const { Date: before } = globalThis
  globalThis.Date = new Proxy(before, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [0] : args, newTarget) as object,
  })
  try {
    return load()
  } finally {
    globalThis.Date = before
  }
}

// Behind the permission model native code can be loaded only at the start: later that is forbidden.
if (process.permission !== undefined) {
  try {
    loadPackage()
  } catch {
    // The first query says what is missing.
  }
}

const SETTINGS = ["set TimeZone = 'UTC'", 'set enable_progress_bar = false']

/** The variable of the time for a query, as TIMESTAMP in UTC. */
export const NOW = 'easel_now'
const now = `getvariable('${NOW}')::TIMESTAMP`
/** DuckDB finds these before its own functions of the same names, which would read the machine's clock. */
const CLOCK = [
  ...['now', 'get_current_timestamp', 'transaction_timestamp'].map(
    (name) => `create macro ${name}() as timezone('UTC', ${now})`,
  ),
  ...['current_date', 'today'].map((name) => `create macro ${name}() as ${now}::DATE`),
  ...['current_localtimestamp'].map((name) => `create macro ${name}() as ${now}`),
  ...['get_current_time', 'current_localtime'].map((name) => `create macro ${name}() as ${now}::TIME`),
  `create macro age(a) as system.main.age(${now}::DATE::TIMESTAMP, a), (a, b) as system.main.age(a, b)`,
  // Version 7 contains the time.
  'create macro uuidv7() as uuid()',
]

/** A text as an SQL literal. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** A name as an SQL identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
