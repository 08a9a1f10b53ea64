// Errors for clients as RFC 9457 problems with stable codes; no detail of an unexpected error is sent.
import { STATUS_CODES } from 'node:http'

export interface ProblemFacts {
  /** Seconds after which the client should retry. */
  readonly retryAfter?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Members besides the standard ones. */
  readonly more?: Readonly<Record<string, unknown>>
}

/** An error response: `code` is stable, the message is a sentence that says what to do. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly facts: ProblemFacts
  constructor(status: number, code: string, message: string, facts: ProblemFacts = {}) {
    super(message)
    this.status = status
    this.code = code
    this.facts = facts
  }
}

/** The same response for what does not exist and for what belongs to somebody else. */
export function notFound(what = 'session'): Problem {
  return new Problem(404, 'not_found', `There is no such ${what}.`)
}

/** A turn or a cell is running. */
export function busy(): Problem {
  return new Problem(409, 'busy', 'This session is at work; wait for the end of the turn, or stop it.')
}

/** HTTP status of errors of other components, by code. */
const STATUSES: Readonly<Record<string, number>> = {
  EASEL_SESSION_IN_USE: 409,
  EASEL_SESSION_RELEASED: 409,
  EASEL_TABLES_BUSY: 503,
  EASEL_THUMBNAILS_BUSY: 503,
  EASEL_STORE_BUSY: 503,
  EASEL_STORE_CLOSED: 503,
  EASEL_STORE_CORRUPT: 500,
  EASEL_STORE_FAILED: 500,
  EASEL_STORE_FOREIGN: 500,
  EASEL_STORE_FULL: 507,
  EASEL_STORE_NEWER: 500,
  EASEL_STORE_NO_FILE: 410,
  EASEL_STORE_READ_ONLY: 503,
  EASEL_FILE_NAME: 422,
  EASEL_FILE_SOURCE: 422,
  EASEL_LIMIT_FILE_BYTES: 413,
  EASEL_LIMIT_FILES: 413,
  EASEL_LIMIT_FOLDER: 507,
  EASEL_LIMIT_JOURNAL: 413,
  EASEL_LIMIT_SESSION: 413,
  EASEL_SANDBOX_LEVEL: 503,
  bad_edit: 422,
  not_replaceable: 422,
  unknown_file: 422,
}
const RETRY_S = 5

/** The problem for the client; undefined for an unexpected error, which belongs only in the log. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown }
  if (code === 'EASEL_BUSY') return busy()
  if (typeof code !== 'string') return undefined
  const status = STATUSES[code] ?? (code.startsWith('EASEL_EXPORT') ? 422 : undefined)
  if (status === undefined) return undefined
  return new Problem(status, code, redactPaths(String(message)), status === 503 ? { retryAfter: RETRY_S } : {})
}

/** Removes file paths, which are not for clients. */
function redactPaths(sentence: string): string {
  return sentence.replace(/(data folder) \/(?:[^\s,:;]|[,:;](?!\s))+/g, '$1').replace(/'\/[^']*'/g, 'a file')
}

/** The response to an unexpected error. */
export const UNEXPECTED = new Problem(500, 'internal', 'Something went wrong in the server; its log says more.')

/** The response of a problem. */
export function problemResponse({ status, code, message, facts }: Problem): Response {
  const { retryAfter, more, headers: own } = facts
  const body = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail: message, code, ...more }
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...own })
  if (retryAfter !== undefined) headers.set('retry-after', String(retryAfter))
  if (status === 401) headers.set('www-authenticate', 'Bearer realm="easel"')
  return new Response(JSON.stringify(body), { status, headers })
}
