// Detects a file's type from its first bytes, in the sandbox and on the near side; nothing is decoded.

/** Number of bytes that are examined. */
export const HEAD_BYTES = 1024

/** The file extension that the first bytes indicate; `html`: a web page; undefined: unknown. */
export function detectExtension(head: Uint8Array): string | undefined {
  const text = String.fromCharCode(...head.subarray(0, HEAD_BYTES))
  for (const [ending, pattern] of SIGNATURES) if (pattern.test(text)) return ending
  return undefined
}

/** Prolog of an XML file: byte order mark, XML declaration, comments. */
const PROLOG = String.raw`^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[^])*-->\s*)*`

/** Signatures from the formats' specifications. */
const SIGNATURES: readonly (readonly [string, RegExp])[] = [
  ['png', /^\x89PNG\r\n/],
  ['jpg', /^\xff\xd8\xff/],
  ['gif', /^GIF8[79]a/],
  ['webp', /^RIFF[^]{4}WEBP/],
  ['tif', /^(?:II\*\0|MM\0\*)/],
  ['avif', /^[^]{4}ftyp(?:avi[fs]|(?:mif1|msf1)[^]{0,24}avif)/],
  ['heic', /^[^]{4}ftyp(?:hei[cmsx]|hev[cx]|mif1|msf1)/],
  ['jxl', /^(?:\xff\n|\0\0\0[^ -~]JXL )/],
  ['bmp', /^BM[^]{4}\0\0\0\0/],
  ['pdf', /^%PDF-/],
  ['zip', /^PK[^ -~]{2}/],
  ['svg', new RegExp(`${PROLOG}(?:<!DOCTYPE\\s+svg[^>]*>\\s*)?<svg[\\s>]`, 'i')],
  ['html', new RegExp(`${PROLOG}<(?:!doctype\\s+html|html|head|body|title|script|meta)\\b`, 'i')],
]
