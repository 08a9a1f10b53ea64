// Detects a file's kind: by its first bytes, then by its name.
import { detectExtension } from '../../file-signature.ts'

export interface Kind {
  readonly kind: 'picture' | 'table' | 'text' | 'json' | 'other'
  readonly mime: string
  /** Whether the content's first bytes prove it. */
  readonly magic: boolean
}

const PICTURES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  svg: 'image/svg+xml',
  bmp: 'image/bmp',
  heic: 'image/heic',
  heif: 'image/heif',
  jxl: 'image/jxl',
  ico: 'image/vnd.microsoft.icon',
}
const OTHERS: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  zip: 'application/zip',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  xls: 'application/vnd.ms-excel',
  mp4: 'video/mp4',
  mp3: 'audio/mpeg',
  wasm: 'application/wasm',
}
const TEXTS: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  md: 'text/markdown',
  html: 'text/html',
  htm: 'text/html',
  css: 'text/css',
  ts: 'text/plain',
  js: 'text/javascript',
  xml: 'application/xml',
  yaml: 'text/plain',
  yml: 'text/plain',
  log: 'text/plain',
}

/** Detects the kind of a file from its name and content. */
export function kindOf(name: string, bytes: Uint8Array): Kind {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  const named = PICTURES[ending]
  const magic = pictureMagic(bytes)
  if (magic) return { kind: 'picture', mime: magic, magic: true }
  if (named) return { kind: 'picture', mime: named, magic: false }
  if (ending === 'csv' || ending === 'tsv') {
    return { kind: 'table', mime: ending === 'csv' ? 'text/csv' : 'text/tab-separated-values', magic: false }
  }
  if (ending === 'json') return { kind: 'json', mime: 'application/json', magic: false }
  const other = OTHERS[ending]
  if (other) return { kind: 'other', mime: other, magic: false }
  const text = TEXTS[ending]
  if (text || looksLikeText(bytes)) return { kind: 'text', mime: text ?? 'text/plain', magic: false }
  return { kind: 'other', mime: 'application/octet-stream', magic: false }
}

/** Pictures that their first bytes tell. */
const SIGNED = new Set(['png', 'jpg', 'gif', 'webp', 'tif', 'avif', 'heic', 'bmp', 'svg'])
/** The headers of the smallest BMP. */
const MIN_BMP_BYTES = 27

function pictureMagic(bytes: Uint8Array): string | undefined {
  const extension = detectExtension(bytes)
  if (extension === undefined || !SIGNED.has(extension)) return undefined
  return extension === 'bmp' && bytes.length < MIN_BMP_BYTES ? undefined : PICTURES[extension]
}

function looksLikeText(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 2000)
  return head.length > 0 && !head.includes(0)
}
