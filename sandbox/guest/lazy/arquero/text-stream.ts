// arquero's own text-stream.js without web streams: the text of a UTF-8 file in pieces that end between characters.
import { byteStream, type Compression } from './byte-stream.ts'

/** The pieces of a file as text; a byte order mark at its start is left out, as by Node's TextDecoderStream. */
export async function textStream(
  path: string,
  options?: { readonly decompress?: Compression },
): Promise<AsyncIterable<string>> {
  return decoded(await byteStream(path, options))
}

async function* decoded(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest = new Uint8Array(0)
  let isFirst = true
  for await (const piece of pieces) {
    const bytes = new Uint8Array(rest.length + piece.length)
    bytes.set(rest)
    bytes.set(piece, rest.length)
    const end = bytes.length - unfinished(bytes)
    const text = new TextDecoder('utf-8', { ignoreBOM: !isFirst }).decode(bytes.subarray(0, end))
    if (text !== '') yield text
    isFirst = false
    rest = bytes.slice(end)
  }
  if (rest.length > 0) yield new TextDecoder('utf-8', { ignoreBOM: !isFirst }).decode(rest)
}

/** How many bytes at the end begin a character that is not complete. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0
  }
  return 0
}
