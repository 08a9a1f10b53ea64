// A name for a fetched file: what the server or the URL calls it, as plain data that is safe as a file's name everywhere.
import { withoutUnseen } from '../../sandbox/untrusted-text.ts'

export interface Naming {
  /** Of the last hop. */
  readonly href: string
  /** As Node gives it: bytes as Latin-1. */
  readonly disposition: string | undefined
  readonly contentType: string | undefined
  /** What the first bytes call for. */
  readonly ending: string | undefined
}

const MAX_BYTES = 120

/** Endings that say enough of what is in the file, so that another is not added. */
const KNOWN =
  /\.(?:png|jpe?g|jfif|gif|webp|avif|tiff?|svg|bmp|hei[cf]|jxl|ico|csv|tsv|json|txt|md|xml|log|ya?ml|pdf|zip|xlsx?|docx|pptx)$/i

const BY_TYPE: Readonly<Record<string, string>> = {
  'text/csv': 'csv',
  'text/tab-separated-values': 'tsv',
  'application/json': 'json',
  'text/markdown': 'md',
  'text/plain': 'txt',
}

/** Gives `photo.jpg`: from the header, else the URL's last part, else `download`; with an ending if it has none. */
export function fetchedName({ href, disposition, contentType, ending }: Naming): string {
  const base = plainName(fromHeader(disposition) ?? '') || plainName(fromPath(href)) || 'download'
  const wanted = ending ?? BY_TYPE[(contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '']
  return wanted === undefined || KNOWN.test(base) ? shortened(base, '') : shortened(base, `.${wanted}`)
}

/** RFC 6266: `filename*` before `filename`. */
function fromHeader(disposition: string | undefined): string | undefined {
  if (disposition === undefined) return undefined
  const extended = /;\s*filename\*\s*=\s*"?(?:utf-8|iso-8859-1)'[^']*'([^;"\s]+)/i.exec(disposition)?.[1]
  if (extended !== undefined) return decoded(extended)
  const quoted = /;\s*filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(disposition)?.[1]?.replace(/\\(.)/g, '$1')
  const plain = quoted ?? /;\s*filename\s*=\s*([^;"\s]+)/i.exec(disposition)?.[1]
  return plain === undefined ? undefined : decoded(utf8(plain))
}

function fromPath(href: string): string {
  return decoded(new URL(href).pathname.split('/').at(-1) ?? '')
}

/** Many servers put UTF-8 there as it is. */
function utf8(latin1: string): string {
  const text = Buffer.from(latin1, 'latin1').toString('utf8')
  return text.includes('\uFFFD') ? latin1 : text
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The last part, without what a file system, a terminal or an eye could stumble over; empty if nothing is left. */
function plainName(text: string): string {
  const last = text.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const plain = withoutUnseen(last.replaceAll('\uFFFD', '').replace(/[<>:"|?*]/g, '_'))
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|(?<![. ])[. ]+$/g, '')
  return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(plain) ? `_${plain}` : plain
}

/** In at most 120 bytes, its ending kept. */
function shortened(base: string, added: string): string {
  const own = added === '' ? (/\.[^.]{1,10}$/.exec(base)?.[0] ?? '') : added
  const stem = added === '' ? base.slice(0, base.length - own.length) : base
  const bytes = Buffer.from(stem).subarray(0, MAX_BYTES - Buffer.byteLength(own))
  // Half a character at the cut becomes U+FFFD, of which a plain name has none; more of it may have held together there.
  const short = bytes.toString('utf8').replace(/\uFFFD$/, '')
  return withoutUnseen(`${withoutUnseen(short).trimEnd()}${own}`)
}
