// A URL as somebody typed it, or a server sent it, made into one that may be asked: https, no credentials, a public host.
import { isIP } from 'node:net'
import { FetchError } from './fetch-error.ts'

export interface WebUrl {
  /** Without a fragment. */
  readonly href: string
  /** As it is resolved and certified: without brackets or a dot at the end. */
  readonly host: string
  readonly port: number
  /** The host is itself an address. */
  readonly isAddress: boolean
}

const MAX_LENGTH = 4096
const HTTPS = 443

/** Reads a URL, relative to `base` if there is one; throws a FetchError. The address behind its host is not judged here. */
export function readUrl(text: string, base?: string): WebUrl {
  const url = text.length <= MAX_LENGTH && URL.canParse(text, base) ? new URL(text, base) : undefined
  if (!url) throw new FetchError('fetch_url', `${shownText(text)} is no address of a file on the web.`)
  if (url.protocol !== 'https:')
    throw new FetchError('fetch_scheme', `${shownText(text)} is no https:// address, and only those are fetched.`)
  if (url.username !== '' || url.password !== '')
    throw new FetchError('fetch_credentials', `The address of ${url.hostname} has a user name or a password in it.`)
  url.hash = ''
  const host = url.hostname.replace(/[[\]]/g, '').replace(/\.$/, '')
  const isAddress = isIP(host) !== 0
  if (host.length > 253 || host.split('.').some((label) => label.length > 63 || label === ''))
    throw new FetchError('fetch_url', `${shownText(text)} is no address of a file on the web.`)
  if (!isAddress && isInner(host)) throw notPublic(host)
  const port = url.port === '' ? HTTPS : Number(url.port)
  // The low ones belong to other protocols: mail, remote logins.
  if (port < 1024 && port !== HTTPS)
    throw new FetchError(
      'fetch_address',
      `${host} is not asked on port ${port}: files are fetched on port 443, or above 1023.`,
    )
  return { href: url.href, host, port, isAddress }
}

/** The refusal of a host that leads inside. It does not say to which address. */
export function notPublic(host: string): FetchError {
  return new FetchError('fetch_address', `${host} is not on the public internet, so nothing is fetched from it.`)
}

/** A URL as people read it: without its scheme, query and fragment, in 80 characters. */
export function shownUrl(text: string): string {
  if (!URL.canParse(text)) return shownText(text)
  const { host, pathname } = new URL(text)
  const path = pathname === '/' ? '' : pathname
  const long = `${host}${path}`
  return long.length <= 80 ? long : `${long.slice(0, 50)}…${long.slice(-29)}`
}

/** Names that never lead to the public internet (RFC 6761, RFC 6762, RFC 8375, ICANN's .internal), and those of one label. */
function isInner(host: string): boolean {
  return !host.includes('.') || /\.(?:localhost|localdomain|local|internal|intranet|lan|arpa|onion)$/.test(host)
}

function shownText(text: string): string {
  return JSON.stringify(text.length <= 100 ? text : `${text.slice(0, 99)}…`)
}
