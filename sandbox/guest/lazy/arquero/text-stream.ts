// arquero's own text-stream.js without web streams: the text of a UTF-8 file in pieces. They end at the end of a row:
// arquero 8.0.3 misreads a quoted field that its pieces of 64 KB cut in two.
import { readBytes, type LoadOptions } from './byte-stream.ts'

/** The least length of a piece, but for the last. */
const PIECE_LENGTH = 65_536
const QUOTE = 34

/** The pieces of a file as text; a byte order mark at its start is left out, as by Node's TextDecoderStream. */
export async function textStream(path: string, options?: LoadOptions): Promise<AsyncIterable<string>> {
  return pieces(new TextDecoder().decode(readBytes(path, options)))
}

async function* pieces(text: string): AsyncGenerator<string> {
  for (let at = 0; at < text.length;) {
    const end = endOfRow(text, at)
    yield text.slice(at, end)
    at = end
  }
}

/** Where the first row ends that ends outside of quotes and far enough from `start`. */
function endOfRow(text: string, start: number): number {
  let isQuoted = false
  let seen = start
  for (let end = start + PIECE_LENGTH; ;) {
    end = text.indexOf('\n', end) + 1
    if (end === 0) return text.length
    for (; seen < end; seen++) if (text.charCodeAt(seen) === QUOTE) isQuoted = !isQuoted
    if (!isQuoted) return end
  }
}
