// Detects a file's kind: by its first bytes, then by its name.

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

function pictureMagic(bytes: Uint8Array): string | undefined {
  const latin = (from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to))
  const head = latin(0, 16)
  if (head.startsWith('\x89PNG\r\n')) return 'image/png'
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (head.startsWith('GIF8')) return 'image/gif'
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'image/webp'
  if (head.startsWith('II*\0') || head.startsWith('MM\0*')) return 'image/tiff'
  if (head.slice(4, 8) === 'ftyp') {
    const brand = head.slice(8, 12)
    if (/avi[fs]/.test(brand)) return 'image/avif'
    if (/hei[cmsx]|hev[cx]|mif1|msf1/.test(brand)) return latin(8, 40).includes('avif') ? 'image/avif' : 'image/heic'
  }
  if (head.startsWith('BM') && bytes.length > 26) return 'image/bmp'
  if (
    /^\uFEFF?\s*(<\?xml[^>]*>\s*)?(<!--(?:(?!-->)[\s\S])*-->\s*)*(<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/.test(
      latin(0, 1000),
    )
  )
    return 'image/svg+xml'
  return undefined
}

function looksLikeText(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 2000)
  return head.length > 0 && !head.includes(0)
}
