// Parses a URL from a user or a server and accepts only what may be requested: https, no credentials, a public host.
import { isIP } from 'node:net'
import { FetchError } from './fetch-error.ts'

export interface WebUrl {
  /** Without a fragment. */
  readonly href: string
  /** As it is resolved and certified: without brackets or a trailing dot. */
  readonly host: string
  readonly port: number
  /** Whether the host is an IP address. */
  readonly isAddress: boolean
}

const MAX_LENGTH = 4096
const HTTPS = 443

/** Parses a URL, relative to `base` if given; throws a FetchError. The host's IP addresses are checked later. */
export function readUrl(text: string, base?: string): WebUrl {
  const url = text.length <= MAX_LENGTH && URL.canParse(text, base) ? new URL(text, base) : undefined
  if (!url) throw new FetchError('fetch_url', `${quoteShort(text)} is not the URL of a file on the web.`)
  if (url.protocol !== 'https:')
    throw new FetchError('fetch_scheme', `${quoteShort(text)} is not an https:// URL; only those are fetched.`)
  if (url.username !== '' || url.password !== '')
    throw new FetchError('fetch_credentials', `The address of ${url.hostname} has a user name or a password in it.`)
  url.hash = ''
  const host = url.hostname.replace(/[[\]]/g, '').replace(/\.$/, '')
  const isAddress = isIP(host) !== 0
  if (host.length > 253 || host.split('.').some((label) => label.length > 63 || label === ''))
    throw new FetchError('fetch_url', `${quoteShort(text)} is not the URL of a file on the web.`)
  if (!isAddress && isInternal(host)) throw notPublic(host)
  const port = url.port === '' ? HTTPS : Number(url.port)
  // Lower ports belong to other protocols, such as mail and remote login.
  if (port < 1024 && port !== HTTPS)
    throw new FetchError(
      'fetch_address',
      `${host} is not contacted on port ${port}: files are fetched on port 443, or above 1023.`,
    )
  return { href: url.href, host, port, isAddress }
}

/** The error for a host that is not public. It does not reveal the host's address. */
export function notPublic(host: string): FetchError {
  return new FetchError('fetch_address', `${host} is not on the public internet, so nothing is fetched from it.`)
}

/** A URL for display: without its scheme, query and fragment, at most 80 characters. */
export function formatUrl(text: string): string {
  if (!URL.canParse(text)) return quoteShort(text)
  const { host, pathname } = new URL(text)
  const path = pathname === '/' ? '' : pathname
  const long = `${host}${path}`
  return long.length <= 80 ? long : `${long.slice(0, 50)}…${long.slice(-29)}`
}

/** Never public: special-use names (RFC 6761, RFC 6762, RFC 8375, ICANN's .internal) and single labels. */
function isInternal(host: string): boolean {
  return !host.includes('.') || /\.(?:localhost|localdomain|local|internal|intranet|lan|arpa|onion)$/.test(host)
}

function quoteShort(text: string): string {
  return JSON.stringify(text.length <= 100 ? text : `${text.slice(0, 99)}…`)
}
