// Responses with a user's file: range and conditional requests, and headers so that no browser treats it as our page.
import { stat } from 'node:fs/promises'
import type { FileVersion } from '../../../sessions/journal/file-history.ts'
import { portableName } from '../../portable-names.ts'
import { fileBody } from './file-body.ts'
import { FILE_POLICY } from '../headers.ts'
import { Problem } from '../problem.ts'

/** Picture types without scripts, which may be shown inline. SVG is not one: an `<img>` still shows it, safely. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp'])
/** Other types that are passed on; the type comes from the sandbox, which is not trusted. */
const KNOWN = new Set([
  'image/svg+xml',
  'image/tiff',
  'image/heic',
  'image/jxl',
  'image/vnd.microsoft.icon',
  'application/pdf',
  'application/zip',
  'application/json',
  'application/xml',
  'video/mp4',
  'audio/mpeg',
  'application/wasm',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.ms-excel',
  'text/plain',
  'text/csv',
  'text/tab-separated-values',
  'text/markdown',
  'text/html',
])
/** Types that are sent as text/plain: with their own type our page could be made to run or apply the file. */
const READ = new Set(['text/javascript', 'text/css'])

export interface FileRequest {
  readonly method: string
  readonly range: string | undefined
  readonly ifRange: string | undefined
  readonly ifNoneMatch: string | undefined
  /** The user wants to save it. */
  readonly download: boolean
}

/** The size of the file at `path`. Throws 410 if someone has removed it from the data folder. */
export async function demandBytes(path: string): Promise<number> {
  const facts = await stat(path).catch(() => undefined)
  if (facts) return facts.size
  throw new Problem(
    410,
    'gone',
    'The bytes of this file are missing from the data folder. Bring it in or make it again.',
  )
}

/** The version's bytes at `path`. */
export async function fileResponse(version: FileVersion, path: string, asked: FileRequest): Promise<Response> {
  const tag = `"${version.hash}"`
  const headers = headersOf(version, tag, asked.download)
  if (isListed(asked.ifNoneMatch, tag)) return new Response(null, { status: 304, headers })
  const size = await demandBytes(path)
  const wanted = asked.ifRange === undefined || asked.ifRange === tag ? asked.range : undefined
  const range = rangeOf(wanted, size)
  if (range === 'none') {
    const message = `The file has ${size} bytes; the range "${wanted}" lies outside.`
    throw new Problem(416, 'range', message, { headers: { 'content-range': `bytes */${size}` } })
  }
  const { start, end } = range === 'all' ? { start: 0, end: size - 1 } : range
  headers.set('content-length', String(end - start + 1))
  if (range !== 'all') headers.set('content-range', `bytes ${start}-${end}/${size}`)
  const body = asked.method === 'HEAD' || size === 0 ? null : fileBody(path, start, end)
  return new Response(body, { status: range === 'all' ? 200 : 206, headers })
}

function headersOf({ name, card }: FileVersion, tag: string, download: boolean): Headers {
  const shown = SHOWN.has(card.mime)
  const known = shown || KNOWN.has(card.mime) ? card.mime : 'application/octet-stream'
  const mime = READ.has(card.mime) ? 'text/plain' : known
  return new Headers({
    'content-type': mime.startsWith('text/') ? `${mime}; charset=utf-8` : mime,
    'content-disposition': dispositionOf(name, shown && !download ? 'inline' : 'attachment'),
    'content-security-policy': FILE_POLICY,
    'cache-control': 'private, no-cache',
    'accept-ranges': 'bytes',
    etag: tag,
  })
}

/** RFC 6266: an ASCII name for old clients, and the real one in UTF-8, made portable. */
export function dispositionOf(name: string, kind: 'inline' | 'attachment'): string {
  const base = portableName(name.split('/').at(-1) ?? '')
  const plain = base.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const exact = encodeURIComponent(base).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${plain}"; filename*=UTF-8''${exact}`
}

/** Whether a header with entity tags lists this one. */
export function isListed(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false
  return header.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === tag)
}

type ByteRange = { readonly start: number; readonly end: number } | 'all' | 'none'

/** The bytes `start` to `end`, both included; `none`: not satisfiable; several ranges are treated as no header. */
function rangeOf(header: string | undefined, size: number): ByteRange {
  const [, from = '', to = ''] = /^bytes=\s*(\d*)-(\d*)\s*$/.exec(header ?? '') ?? []
  if (from === '' && to === '') return 'all'
  if (from === '') {
    const length = Math.min(Number(to), size)
    return length > 0 ? { start: size - length, end: size - 1 } : 'none'
  }
  const start = Number(from)
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (to !== '' && Number(to) < start) return 'all'
  return start < size ? { start, end } : 'none'
}
