// Fetches a file by its https URL for the user: each hop is resolved, checked and pinned; nothing is decoded.
import { randomBytes } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import { join } from 'node:path'
import { saveBody } from './body.ts'
import { network, type Network } from './connection.ts'
import { exchange } from './exchange.ts'
import { FetchError, type FetchCode } from './fetch-error.ts'
import { fetchedName } from './fetched-name.ts'
import { readUrl, formatUrl, type WebUrl } from './web-url.ts'

export interface FetchRequest {
  /** Ends the fetch at once. */
  readonly signal: AbortSignal
  /** A private folder, which the caller removes. */
  readonly folder: string
  readonly maxBytes: number
}

export interface FetchOptions extends FetchRequest, Partial<Network> {
  /** Milliseconds for the whole fetch, redirects included. */
  readonly timeoutMs?: number
  /** The fetch fails if fewer than `bytes` arrive within `ms` milliseconds. */
  readonly slow?: { readonly bytes: number; readonly ms: number }
}

export interface Fetched {
  /** A short, plain name for display; the file itself is at `path` under a random name. */
  readonly name: string
  readonly path: string
  readonly bytes: number
}

/** The type of `fetchFile`, which tests replace. */
export type Fetch = (url: string, request: FetchRequest) => Promise<Fetched>

export const TIMEOUT_MS = 20_000
const SLOW = { bytes: 5000, ms: 5000 }
const MAX_REDIRECTS = 5
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** Fetches the file; throws only FetchError. */
export async function fetchFile(url: string, options: FetchOptions): Promise<Fetched> {
  const { signal, timeoutMs = TIMEOUT_MS } = options
  const first = readUrl(url)
  const ending = new AbortController()
  const stop = (reason: FetchError): void => ending.abort(reason)
  const cancel = (): void => stop(new FetchError('fetch_cancelled', `${formatUrl(url)} was not fetched: cancelled.`))
  const late = `${first.host} took longer than ${timeoutMs / 1000} s, so the fetch was stopped.`
  const timer = setTimeout(() => stop(new FetchError('fetch_timeout', late)), timeoutMs)
  signal.addEventListener('abort', cancel, { once: true })
  if (signal.aborted) cancel()
  try {
    return await follow(first, options, ending.signal, stop)
  } catch (error) {
    throw ending.signal.aborted ? ending.signal.reason : toFetchError(error, first.host)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', cancel)
    // Closes what is left of the connection.
    stop(new FetchError('fetch_failed', 'The fetch is over.'))
  }
}

async function follow(
  first: WebUrl,
  options: FetchOptions,
  signal: AbortSignal,
  stop: (reason: FetchError) => void,
): Promise<Fetched> {
  const { folder, maxBytes, slow = SLOW } = options
  const world = { ...network, ...options }
  const seen = new Set<string>()
  for (let url = first; ;) {
    seen.add(url.href)
    const { response, socket } = await exchange(url, world, signal).catch((error: unknown) => {
      throw seen.size > 1 && !signal.aborted ? redirectError(first.host, error) : error
    })
    try {
      const { statusCode = 0, headers } = response
      if (REDIRECTS.has(statusCode) && headers.location !== undefined) {
        url = nextUrl(url, headers.location, seen)
        continue
      }
      if (statusCode !== 200) throw badStatus(url, statusCode)
      const path = join(folder, randomBytes(16).toString('hex'))
      const { bytes, ending } = await saveBody(response, { path, maxBytes, slow, shown: formatUrl(url.href), stop })
      const disposition = headers['content-disposition']
      const name = fetchedName({ href: url.href, disposition, contentType: headers['content-type'], ending })
      return { name, path, bytes }
    } finally {
      socket.destroy()
    }
  }
}

function nextUrl(from: WebUrl, location: string, seen: ReadonlySet<string>): WebUrl {
  if (seen.size > MAX_REDIRECTS)
    throw new FetchError('fetch_redirects', `${from.host} redirects more than ${MAX_REDIRECTS} times.`)
  let next: WebUrl
  try {
    next = readUrl(location, from.href)
  } catch (error) {
    throw redirectError(from.host, error)
  }
  if (seen.has(next.href)) throw new FetchError('fetch_redirects', `${from.host} redirects in a circle.`)
  return next
}

/** What is wrong with a redirect target; its own text is not repeated. */
const REDIRECT_PROBLEMS: Partial<Record<FetchCode, string>> = {
  fetch_scheme: 'not an https:// address',
  fetch_url: 'an invalid address',
  fetch_credentials: 'an address with a user name or a password in it',
  fetch_address: 'a place that is not on the public internet',
  fetch_dns: 'a host that was not found',
}

function redirectError(host: string, error: unknown): unknown {
  const { code } = error as FetchError
  const wrong = REDIRECT_PROBLEMS[code]
  return wrong === undefined ? error : new FetchError(code, `${host} redirects to ${wrong}, so nothing is fetched.`)
}

function badStatus({ href }: WebUrl, status: number): FetchError {
  const meaning = STATUS_CODES[status]
  return new FetchError('fetch_status', `${formatUrl(href)} answered ${status}${meaning ? ` (${meaning})` : ''}.`)
}

/** Turns errors of TLS, HTTP and the system into sentences; their own texts may contain IP addresses. */
function toFetchError(error: unknown, host: string): FetchError {
  if (error instanceof FetchError) return error
  const { code = '' } = error as NodeJS.ErrnoException
  if (/CERT|SIGNED|ISSUER|VERIFY/.test(code))
    return new FetchError('fetch_certificate', `The certificate of ${host} is not valid (${code}).`)
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new FetchError('fetch_failed', 'The disk for temporary files is full. Choose another folder with TMPDIR.')
  if (code === 'HPE_HEADER_OVERFLOW') return new FetchError('fetch_failed', `${host} sent headers that are too long.`)
  if (code === 'ECONNREFUSED') return new FetchError('fetch_failed', `${host} refused the connection.`)
  if (code === 'ECONNRESET' || code === 'EPIPE')
    return new FetchError('fetch_failed', `${host} closed the connection before the file was complete.`)
  return new FetchError('fetch_failed', `${host} could not be reached${/^[A-Z_]+$/.test(code) ? ` (${code})` : ''}.`)
}
