// What can go wrong for a client, as RFC 9457 problems with stable codes; nothing of an unexpected error is sent.
import { STATUS_CODES } from 'node:http'

export interface ProblemFacts {
  /** Seconds after which it is worth asking again. */
  readonly retryAfter?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Members beside the standard ones. */
  readonly more?: Readonly<Record<string, unknown>>
}

/** An answer that is no success: `code` is stable, the message a sentence that says what to do. */
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

/** The same answer for what is not there and for what is somebody else's. */
export function notFound(what = 'session'): Problem {
  return new Problem(404, 'not_found', `There is no such ${what}.`)
}

/** A turn or a cell is running. */
export function busy(): Problem {
  return new Problem(409, 'busy', 'This session is at work; wait for the end of the turn, or stop it.')
}

/** Statuses of errors that other components throw, by their codes. */
const STATUSES: Readonly<Record<string, number>> = {
  EASEL_SESSION_IN_USE: 409,
  EASEL_SESSION_RELEASED: 409,
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

/** The problem that an error is for the client; undefined: one that only the log may tell. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown }
  if (code === 'EASEL_BUSY') return busy()
  if (typeof code !== 'string') return undefined
  const status = STATUSES[code] ?? (code.startsWith('EASEL_EXPORT') ? 422 : undefined)
  if (status === undefined) return undefined
  return new Problem(status, code, withoutFolder(String(message)), status === 503 ? { retryAfter: RETRY_S } : {})
}

/** Where the data lie is nothing for a client. */
function withoutFolder(sentence: string): string {
  return sentence.replace(/(data folder) \/(?:[^\s,:;]|[,:;](?!\s))+/g, '$1').replace(/'\/[^']*'/g, 'a file')
}

/** What a client reads of an error that is none of its own. */
export const UNEXPECTED = new Problem(500, 'internal', 'Something went wrong in the server; its log says more.')

/** The answer of a problem. */
export function problemResponse({ status, code, message, facts }: Problem): Response {
  const { retryAfter, more, headers: own } = facts
  const body = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail: message, code, ...more }
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...own })
  if (retryAfter !== undefined) headers.set('retry-after', String(retryAfter))
  if (status === 401) headers.set('www-authenticate', 'Bearer realm="easel"')
  return new Response(JSON.stringify(body), { status, headers })
}
