// Names a fetched file by what the server or the URL calls it, reduced to a file name that is safe on every platform.
import { removeUnsafeCharacters } from '../../sandbox/untrusted-text.ts'

export interface Naming {
  /** URL of the last hop. */
  readonly href: string
  /** The header as Node gives it: bytes as Latin-1. */
  readonly disposition: string | undefined
  readonly contentType: string | undefined
  /** The extension that the first bytes indicate. */
  readonly ending: string | undefined
}

const MAX_BYTES = 120

/** Known extensions, after which no other is added. */
const KNOWN =
  /\.(?:png|jpe?g|jfif|gif|webp|avif|tiff?|svg|bmp|hei[cf]|jxl|ico|csv|tsv|json|txt|md|xml|log|ya?ml|pdf|zip|xlsx?|docx|pptx)$/i

const BY_TYPE: Readonly<Record<string, string>> = {
  'text/csv': 'csv',
  'text/tab-separated-values': 'tsv',
  'application/json': 'json',
  'text/markdown': 'md',
  'text/plain': 'txt',
}

/** `photo.jpg`: from the header, else the URL's last segment, else `download`; with an extension if it lacks one. */
export function fetchedName({ href, disposition, contentType, ending }: Naming): string {
  const base = plainName(fromHeader(disposition) ?? '') || plainName(fromPath(href)) || 'download'
  const wanted = ending ?? BY_TYPE[(contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '']
  return wanted === undefined || KNOWN.test(base) ? shortenName(base, '') : shortenName(base, `.${wanted}`)
}

/** `filename*` takes precedence over `filename` (RFC 6266). */
function fromHeader(disposition: string | undefined): string | undefined {
  if (disposition === undefined) return undefined
  const extended = /;\s*filename\*\s*=\s*"?(?:utf-8|iso-8859-1)'[^']*'([^;"\s]+)/i.exec(disposition)?.[1]
  if (extended !== undefined) return decodePercent(extended)
  const quoted = /;\s*filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(disposition)?.[1]?.replace(/\\(.)/g, '$1')
  const plain = quoted ?? /;\s*filename\s*=\s*([^;"\s]+)/i.exec(disposition)?.[1]
  return plain === undefined ? undefined : decodePercent(utf8(plain))
}

function fromPath(href: string): string {
  return decodePercent(new URL(href).pathname.split('/').at(-1) ?? '')
}

/** Many servers send unencoded UTF-8. */
function utf8(latin1: string): string {
  const text = Buffer.from(latin1, 'latin1').toString('utf8')
  return text.includes('\uFFFD') ? latin1 : text
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The last segment without anything that is unsafe in a file system or a terminal, or invisible; may be empty. */
function plainName(text: string): string {
  const last = text.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const plain = removeUnsafeCharacters(last.replaceAll('\uFFFD', '').replace(/[<>:"|?*]/g, '_'))
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|(?<![. ])[. ]+$/g, '')
  return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(plain) ? `_${plain}` : plain
}

/** Shortened to 120 bytes, extension included. */
function shortenName(base: string, added: string): string {
  const own = added === '' ? (/\.[^.]{1,10}$/.exec(base)?.[0] ?? '') : added
  const stem = added === '' ? base.slice(0, base.length - own.length) : base
  const bytes = Buffer.from(stem).subarray(0, MAX_BYTES - Buffer.byteLength(own))
  // A character split at the cut becomes U+FFFD; the cut may also expose invisible characters.
  const short = bytes.toString('utf8').replace(/\uFFFD$/, '')
  return removeUnsafeCharacters(`${removeUnsafeCharacters(short).trimEnd()}${own}`)
}
