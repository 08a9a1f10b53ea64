// The language server's framing: a Content-Length header and a JSON body, both ways.
import { parseJson } from '../../../sandbox/bounded-json.ts'

/** The largest body that is read; a diagnostic answer is a few kB. */
const MAX_BYTES = 32_000_000
/** JSON values of one body: ten thousand diagnostics of a dozen values each, and as much again. */
const MAX_VALUES = 300_000

/** The bytes of one message. */
export function frame(message: object): Buffer {
  const body = Buffer.from(JSON.stringify(message))
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body])
}

/** Parses incoming chunks and calls `receive` with each whole message. Throws if the stream is malformed. */
export function createMessageReader(receive: (message: unknown) => void): (chunk: Buffer) => void {
  let chunks: Buffer[] = []
  let held = 0
  /** Bytes needed before the buffer is parsed again. */
  let wanted = 0
  return (chunk) => {
    chunks.push(chunk)
    held += chunk.length
    if (held < wanted) return
    let rest: Buffer = chunks.length === 1 ? chunk : Buffer.concat(chunks)
    for (;;) {
      const head = rest.indexOf('\r\n\r\n')
      const length = head < 0 ? undefined : bodyLength(rest.subarray(0, head).toString('latin1'))
      if (head < 0 && rest.length > 4096) throw new Error('the language server sent no header')
      wanted = length === undefined ? 0 : head + 4 + length
      if (length === undefined || rest.length < wanted) break
      receive(parseJson(rest.subarray(head + 4, wanted), MAX_VALUES))
      rest = rest.subarray(wanted)
    }
    chunks = [rest]
    held = rest.length
  }
}

function bodyLength(header: string): number {
  const length = Number(/^Content-Length: *(\d+)$/im.exec(header)?.[1])
  if (!(length <= MAX_BYTES)) throw new Error(`the language server sent a message of ${length} bytes`)
  return length
}
