// Text decoding in any encoding that the browser knows.

/** Falls back to UTF-8 for an unknown encoding. */
export function createDecoder(encoding = 'utf-8'): TextDecoder {
  try {
    return new TextDecoder(encoding)
  } catch {
    return new TextDecoder()
  }
}
