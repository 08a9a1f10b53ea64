// Quotas of a session and of the whole store; every error names the limit and the actual figure.
import { defaultLimits, maxFileBytes, type Limits } from '../sandbox/limits.ts'
import { StoreError } from './errors.ts'

export interface StoreLimits extends Pick<Limits, 'fileBytes' | 'tableBytes' | 'sessionBytes' | 'sessionFiles'> {
  /** Bytes of the events of one session, as JSON. */
  readonly journalBytes: number
  /** Bytes of all sessions together: files and database. */
  readonly folderBytes: number
}

const JOURNAL_BYTES = 100_000_000
const FOLDER_BYTES = 20_000_000_000

/** The given limits, with defaults for the others. */
export function storeLimits(given: Partial<StoreLimits> = {}): StoreLimits {
  const { fileBytes, tableBytes, sessionBytes, sessionFiles } = defaultLimits()
  return {
    fileBytes,
    tableBytes,
    sessionBytes,
    sessionFiles,
    journalBytes: JOURNAL_BYTES,
    folderBytes: FOLDER_BYTES,
    ...given,
  }
}

export function checkFileBytes(limits: StoreLimits, name: string, bytes: number): void {
  const largest = maxFileBytes(limits, name)
  if (bytes <= largest) return
  throw limitError(
    'EASEL_LIMIT_FILE_BYTES',
    `The file ${quoteName(name)} has ${formatNumber(bytes)} bytes`,
    largest,
    'Make it smaller.',
  )
}

/** `bytes`: of all versions the session would keep; `old`: how many of them `dropOldVersions` could release. */
export function checkSessionBytes(limits: StoreLimits, name: string, bytes: number, old: () => number): void {
  if (bytes <= limits.sessionBytes) return
  const given = old()
  const advice = given > 0 ? `${formatNumber(given)} bytes of it are older versions of files.` : 'Start a new session.'
  throw limitError(
    'EASEL_LIMIT_SESSION',
    `With ${quoteName(name)} the session would have ${formatNumber(bytes)} bytes`,
    limits.sessionBytes,
    advice,
  )
}

export function checkSessionFiles(limits: StoreLimits, name: string, files: number): void {
  if (files <= limits.sessionFiles) return
  const message = `With ${quoteName(name)} the session would have ${formatNumber(files)} files`
  throw limitError('EASEL_LIMIT_FILES', message, limits.sessionFiles, 'Remove one, or start a new session.')
}

export function checkJournalBytes(limits: StoreLimits, bytes: number): void {
  if (bytes <= limits.journalBytes) return
  const message = `The journal of the session would have ${formatNumber(bytes)} bytes`
  throw limitError('EASEL_LIMIT_JOURNAL', message, limits.journalBytes, 'Start a new session.')
}

/** `what`: "With x.png", "With a new session". */
export function checkFolderBytes(limits: StoreLimits, what: string, bytes: number): void {
  if (bytes <= limits.folderBytes) return
  const advice = 'Remove sessions with "easel sessions rm ID".'
  throw limitError(
    'EASEL_LIMIT_FOLDER',
    `${what} the data folder would have ${formatNumber(bytes)} bytes`,
    limits.folderBytes,
    advice,
  )
}

/** A name as it appears in messages. */
export function quoteName(name: string): string {
  return JSON.stringify(name.slice(0, 100))
}

function formatNumber(value: number): string {
  return value.toLocaleString('en-US')
}

function limitError(code: StoreError['code'], what: string, limit: number, advice: string): StoreError {
  return new StoreError(code, `${what}; the limit is ${formatNumber(limit)}. ${advice}`)
}
