// What crosses between `sql` and its engine: requests as JSON, tables as column vectors in byte arrays. The engine runs in
// a helper process in the sandbox, and in this process outside; both see exactly this.

/**
 * How the bytes of a column hold its values. To the engine: `number` and `integer` (Float64Array, NaN is missing),
 * `boolean` (Uint8Array, 2 is missing), `date` (Int32Array of days since 1970, MISSING_DAY is missing), `timestamp`
 * (Float64Array of microseconds since 1970, NaN is missing), `text` (three arrays, see TextBytes). From the engine only
 * `number` (the values, then a Uint8Array with 1 where one is missing, or an empty one), `boolean`, `text` and `json`,
 * which is like `text` with each value as JSON.
 */
export type ColumnKind = 'number' | 'integer' | 'boolean' | 'date' | 'timestamp' | 'text' | 'json'

/** Number of byte arrays of a column that goes to the engine. */
export function arraysOf(kind: ColumnKind): number {
  return kind === 'text' || kind === 'json' ? 3 : 1
}

/** Number of byte arrays of a column that comes from the engine. */
export function resultArraysOf(kind: ColumnKind): number {
  return kind === 'number' ? 2 : arraysOf(kind)
}

export const MISSING_DAY = -0x80000000

export interface ColumnHead {
  readonly name: string
  readonly kind: ColumnKind
}

/** A table that the engine keeps, under a name of a query; `schema` for a name in two parts. */
export interface TableBinding {
  readonly schema?: string
  readonly name: string
  readonly table: number
}

/** How a text of a CSV file is read; what cannot be read so is missing. */
type FileColumnType = 'number' | 'text' | 'date' | 'timestamp' | 'boolean'

/** A CSV file that the engine reads itself, with what our own reader decided from its beginning. */
export interface FileBinding {
  readonly schema?: string
  readonly name: string
  readonly file: string
  readonly delimiter: string
  readonly skip: number
  readonly header: boolean
  readonly columns: readonly { readonly name: string; readonly type: FileColumnType }[]
  /** All rows have these columns and proper quotes, so that the fast reader reads the same as the lenient one. */
  readonly isRegular: boolean
}

/** A value of a parameter of a query. */
export type Scalar = string | number | boolean | null

export type Parameter = Scalar | readonly Scalar[]

export type SqlRequest =
  /** What a query reads. */
  | { readonly op: 'names'; readonly query: string }
  /** Keeps columns of a table under its number; their bytes are in order. */
  | {
      readonly op: 'load'
      readonly table: number
      /** The engine that has the table, or is to have it; without, whichever there is. */
      readonly generation?: number
      readonly rows: number
      readonly columns: readonly ColumnHead[]
      /** Names of all columns that it has then, those of before too, in the order of the table. */
      readonly order: readonly string[]
    }
  | { readonly op: 'drop'; readonly table: number }
  /** How many values each column of a file has, and how many of them fit its type. */
  | { readonly op: 'check'; readonly file: FileBinding }
  /** Reads a file as a table of about `bytes` in memory; an error where that is too much. */
  | {
      readonly op: 'store'
      readonly table: number
      readonly generation?: number
      readonly file: FileBinding
      readonly bytes: number
    }
  | {
      readonly op: 'query'
      readonly query: string
      /** The engine that the tables of the bindings are in; without, whichever there is. */
      readonly generation?: number
      readonly bindings: readonly (TableBinding | FileBinding)[]
      /** By name, or by place from 1 on. */
      readonly parameters: Readonly<Record<string, Parameter>>
      /** A table whose row numbers will do, where the result is whole rows of it. */
      readonly rowsOf?: number
      /** From -1 to 1: seeds what is random in the query. */
      readonly seed?: number
      /** The time for `now()`, in milliseconds since 1970. */
      readonly clock?: number
    }

/** The answer to `check`; the columns are in the order of the file's. */
export interface FileCheck {
  readonly isRegular: boolean
  readonly rows: number
  readonly present: readonly number[]
  readonly fitting: readonly number[]
}

/** The answer to `names`. */
export interface QueryFacts {
  /** In no order. */
  readonly tables: readonly TableName[]
  /** Names of columns in lower case, and other names; null if it may read any column. */
  readonly columns: readonly string[] | null
  /** Its result is whole rows of its one table, for which no columns count. */
  readonly givesRows: boolean
}

export interface TableName {
  readonly schema: string
  readonly name: string
}

export interface SqlResult {
  readonly columns: readonly ColumnHead[]
  readonly rows: number
  /** Columns of integers too large for a number, which come as text. */
  readonly large: readonly string[]
  /** There are no columns: the bytes are row numbers of the table `rowsOf`, 32-bit integers. */
  readonly areNumbers?: boolean
  /** It was asked for row numbers, and has none: nothing was read. */
  readonly isRefused?: boolean
  /** The engine is another one by now; there is nothing else. */
  readonly isStale?: boolean
}

/** JSON and byte arrays, both ways. */
export type SqlCall = (
  request: SqlRequest,
  bytes: readonly Uint8Array[],
) => Promise<readonly [unknown, readonly Uint8Array[]]>

/** What `sql` needs of where it runs. */
export interface SqlHost {
  readonly call: SqlCall
  /** Its size, and a text that changes whenever the file does; undefined if there is no such file. */
  fileFacts(name: string): { readonly version: string; readonly bytes: number } | undefined
  /** At most the first `bytes` of a file. */
  fileHead(name: string, bytes: number): Uint8Array
}
