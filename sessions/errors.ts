// The errors of the store, as one class with stable codes; errors of the disk and of SQLite are translated here.

export type StoreCode =
  | 'EASEL_SESSION_IN_USE'
  | 'EASEL_SESSION_RELEASED'
  | 'EASEL_STORE_BUSY'
  | 'EASEL_STORE_CLOSED'
  | 'EASEL_STORE_CORRUPT'
  | 'EASEL_STORE_FAILED'
  | 'EASEL_STORE_FOREIGN'
  | 'EASEL_STORE_FULL'
  | 'EASEL_STORE_NEWER'
  | 'EASEL_STORE_NO_FILE'
  | 'EASEL_STORE_READ_ONLY'
  | 'EASEL_FILE_SOURCE'
  | 'EASEL_LIMIT_FILE_BYTES'
  | 'EASEL_LIMIT_FILES'
  | 'EASEL_LIMIT_FOLDER'
  | 'EASEL_LIMIT_JOURNAL'
  | 'EASEL_LIMIT_SESSION'

/** A store cannot do what it was asked: `code` is stable, `message` a sentence for the user. */
export class StoreError extends Error {
  readonly code: StoreCode
  constructor(code: StoreCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'StoreError'
    this.code = code
  }
}

/** SQLite's result codes, https://sqlite.org/rescode.html */
const BUSY = 5
const LOCKED = 6
const READONLY = 8
const CORRUPT = 11
const FULL = 13
const CANTOPEN = 14
const NOTADB = 26
const IOERR_SHMSIZE = 4874

interface SystemError extends Error {
  readonly code?: string
  /** SQLite's extended result code. */
  readonly errcode?: number
  readonly errstr?: string
}

/** Another connection holds the lock that this statement needs. */
export function isBusy(error: unknown): boolean {
  const primary = ((error as SystemError).errcode ?? 0) & 0xff
  return primary === BUSY || primary === LOCKED
}

/** Translates errors of the disk or SQLite into a StoreError about `folder`; StoreErrors and bugs pass unchanged. */
export function storeError(error: unknown, folder: string): unknown {
  if (error instanceof StoreError || !(error instanceof Error)) return error
  const { code, errcode, errstr } = error as SystemError
  if (code === 'ERR_SQLITE_ERROR' && errcode !== undefined) return sqliteError(error, folder, errcode, errstr ?? '')
  if (code === 'ENOSPC' || code === 'EDQUOT') return fullError(error, folder)
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return readOnlyError(error, folder, code)
  if (code && /^E[A-Z0-9]+$/.test(code)) {
    return new StoreError('EASEL_STORE_FAILED', `The data folder ${folder} failed: ${error.message}.`, error)
  }
  return error
}

function sqliteError(error: Error, folder: string, errcode: number, errstr: string): StoreError {
  const primary = errcode & 0xff
  if (primary === FULL || errcode === IOERR_SHMSIZE) return fullError(error, folder)
  if (primary === READONLY || primary === CANTOPEN) return readOnlyError(error, folder, errstr)
  if (primary === NOTADB) return foreignDatabaseError(folder, error)
  if (primary === CORRUPT) {
    const advice = 'Move the folder away, or choose another with --data; the files in its "blobs" folder are whole.'
    return new StoreError(
      'EASEL_STORE_CORRUPT',
      `The database in the data folder ${folder} is damaged (${errstr}). ${advice}`,
      error,
    )
  }
  if (primary === BUSY || primary === LOCKED) return busyError(folder, error)
  return new StoreError(
    'EASEL_STORE_FAILED',
    `The database in the data folder ${folder} failed: ${error.message}.`,
    error,
  )
}

/** The database file is not one of ours. */
export function foreignDatabaseError(folder: string, cause?: unknown): StoreError {
  const message = `The file easel.db in the data folder ${folder} is not a database of Easel. Choose another folder with --data, or move that file away.`
  return new StoreError('EASEL_STORE_FOREIGN', message, cause)
}

/** Another process held the lock for longer than we wait. */
export function busyError(folder: string, cause?: unknown): StoreError {
  return new StoreError(
    'EASEL_STORE_BUSY',
    `The data folder ${folder} is locked by another program and did not become free. Try again.`,
    cause,
  )
}

function fullError(cause: Error, folder: string): StoreError {
  const message = `The disk of the data folder ${folder} is full. Nothing that was acknowledged is lost; free some space, for example with "easel sessions rm ID".`
  return new StoreError('EASEL_STORE_FULL', message, cause)
}

function readOnlyError(cause: Error, folder: string, reason: string): StoreError {
  const message = `The data folder ${folder} cannot be written (${reason}). Choose another with --data or EASEL_DATA.`
  return new StoreError('EASEL_STORE_READ_ONLY', message, cause)
}
