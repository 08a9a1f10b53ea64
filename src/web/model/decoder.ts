// Text from bytes of any encoding that the browser knows.

/** For encodings that the browser does not know, UTF-8. */
export function decoder(encoding = 'utf-8'): TextDecoder {
  try {
    return new TextDecoder(encoding)
  } catch {
    return new TextDecoder()
  }
}
