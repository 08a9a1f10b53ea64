// The limits that a user can set: name, unit, default, environment variable.

/** Characters of a cell that a user writes or edits: it is parsed on the event loop that all sessions share. */
export const MAX_CELL_CODE = 100_000

/** The limits in force: times in milliseconds, sizes in bytes, pictures in pixels. */
export interface Limits {
  /** Processor time of one cell, all sandbox processes together; the child ends it, then the parent kills the child. */
  readonly timeoutMs: number
  /** Wall-clock time of one cell, however little processor time it got; enforced like `timeoutMs`. */
  readonly wallMs: number
  /** Heap and buffers of the isolate; isolated-vm ends the cell, with the parent's RSS poll as a second check. */
  readonly memoryBytes: number
  /** Resident memory of the child process; the parent polls it and kills the child. */
  readonly rssBytes: number
  /** Pixels of one picture, read or made; the native half refuses. */
  readonly picturePixels: number
  /** Pixels of all frames of one GIF together; the native half refuses. */
  readonly gifPixels: number
  /** Bytes of one file; the native half refuses, the parent checks again. */
  readonly fileBytes: number
  /** Bytes of one file with the name of a table, instead of `fileBytes`; the parent checks. */
  readonly tableBytes: number
  /** Bytes of all files of a session; the native half refuses, the parent checks again. */
  readonly sessionBytes: number
  /** Files of a session; the native half refuses, the parent checks again. */
  readonly sessionFiles: number
  /** Bytes that one cell writes to disk, deleted files included; the parent polls them and kills the child (Linux). */
  readonly writtenBytes: number
  /** Console output of one cell; the child cuts it and says so. */
  readonly outputBytes: number
  /** Native operations of one cell that may run at once; the guest queues the rest. */
  readonly concurrency: number
}

export type LimitName = keyof Limits

interface LimitFacts {
  readonly value: number
  readonly env: string
  readonly unit: 'ms' | 'bytes' | 'pixels' | 'count'
  readonly meaning: string
}

const MB = 1_000_000
const MIB = 1_048_576
/** Default wall-clock limit as a multiple of the processor time limit. */
export const WALL_FACTOR = 5

/** Defaults and environment variables. A test compares them with the table in docs/walls.md. */
export const LIMITS: Readonly<Record<LimitName, LimitFacts>> = {
  timeoutMs: { value: 60_000, env: 'EASEL_TIMEOUT', unit: 'ms', meaning: 'processor time for one cell' },
  wallMs: { value: WALL_FACTOR * 60_000, env: 'EASEL_WALL', unit: 'ms', meaning: 'time on the clock for one cell' },
  memoryBytes: { value: 512 * MIB, env: 'EASEL_MEMORY', unit: 'bytes', meaning: "the isolate's heap and buffers" },
  rssBytes: { value: 1500 * MIB, env: 'EASEL_RSS', unit: 'bytes', meaning: "the sandbox process's memory" },
  picturePixels: { value: 100 * MB, env: 'EASEL_PIXELS', unit: 'pixels', meaning: 'one picture, read or made' },
  gifPixels: { value: 400 * MB, env: 'EASEL_GIF_PIXELS', unit: 'pixels', meaning: 'all frames of one GIF' },
  fileBytes: { value: 100 * MB, env: 'EASEL_FILE_BYTES', unit: 'bytes', meaning: 'one file' },
  tableBytes: {
    value: 2000 * MB,
    env: 'EASEL_TABLE_BYTES',
    unit: 'bytes',
    meaning: 'one table: CSV, TSV',
  },
  sessionBytes: { value: 5000 * MB, env: 'EASEL_SESSION_BYTES', unit: 'bytes', meaning: 'all files of a session' },
  sessionFiles: { value: 200, env: 'EASEL_SESSION_FILES', unit: 'count', meaning: 'files of a session' },
  writtenBytes: {
    value: 4000 * MB,
    env: 'EASEL_WRITTEN_BYTES',
    unit: 'bytes',
    meaning: 'what one cell writes to the disk',
  },
  outputBytes: { value: MB, env: 'EASEL_OUTPUT_BYTES', unit: 'bytes', meaning: 'console output of one cell' },
  concurrency: { value: 16, env: 'EASEL_CONCURRENCY', unit: 'count', meaning: 'native operations at once' },
}

/** Notes reported for one cell; further ones are dropped. */
export const MAX_NOTES = 20

/** The longest delay that a timer takes. */
export const MAX_TIME_MS = 2 ** 31 - 1000

/** The wall-clock limit of a cell that may use `cellTimeoutMs` of processor time: `wallMs` scaled in proportion. */
export function wallLimitFor(
  { timeoutMs, wallMs }: Pick<Limits, 'timeoutMs' | 'wallMs'>,
  cellTimeoutMs: number,
): number {
  return Math.min(MAX_TIME_MS, Math.ceil((wallMs / timeoutMs) * cellTimeoutMs))
}

/** The defaults as a plain object. */
export function defaultLimits(): Limits {
  const entries = Object.entries(LIMITS).map(([name, facts]) => [name, facts.value])
  return Object.fromEntries(entries) as Limits
}

/** Names of tables of which cards, the page and SQL read parts, never the whole. */
const TABLE_NAME = /\.(?:csv|tsv|tab)$/i

/** The largest file of this name, in bytes. */
export function maxFileBytes(limits: Pick<Limits, 'fileBytes' | 'tableBytes'>, name: string): number {
  return TABLE_NAME.test(name) ? limits.tableBytes : limits.fileBytes
}
