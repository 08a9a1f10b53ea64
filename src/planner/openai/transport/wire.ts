// Records the traffic below the `openai` package: bytes, the final [DONE], the body of a refusal.
import type { Refusal } from './failure.ts'
import type { SilenceTimeout } from './silence-timeout.ts'

export interface Wire {
  response: Response | undefined
  refusal: Refusal | undefined
  done: boolean
  /** The body ended in the middle of a line. */
  ragged: boolean
  bytes: number
  /** llama.cpp of 2025 reports errors in a stream field of its own: `error: {…}`. */
  complaint: string | undefined
}

const BODY_READ = 20_000
/** A whole answer, including the JSON around each token. */
const MAX_BYTES = 64_000_000
const ENDLESS = `it has more than ${MAX_BYTES / 1e6} MB`
/** Enough for a final line or an error line. */
const TAIL = 2000

export function createWire(): Wire {
  return { response: undefined, refusal: undefined, done: false, ragged: false, bytes: 0, complaint: undefined }
}

/** A `fetch` that records the response, because the package keeps only some forms of a refusal's body. */
export function watchedFetch(wire: Wire, watch: SilenceTimeout): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, { ...init, signal: watch.signal })
    wire.response = response
    watch.touch()
    const { status, statusText, headers } = response
    if (!response.ok) {
      const body = await readStart(response)
      wire.refusal = { status, headers, body }
      return new Response(body, { status, statusText, headers })
    }
    return new Response(response.body?.pipeThrough(recordTraffic(wire, watch)) ?? null, { status, statusText, headers })
  }
}

function recordTraffic(wire: Wire, watch: SilenceTimeout): TransformStream<Uint8Array, Uint8Array> {
  let tail = ''
  const decoder = new TextDecoder()
  return new TransformStream({
    transform(chunk, controller) {
      watch.touch()
      wire.bytes += chunk.length
      if (wire.bytes > MAX_BYTES) throw new SyntaxError(ENDLESS)
      tail = (tail + decoder.decode(chunk, { stream: true })).slice(-chunk.length - TAIL)
      if (/(?:^|[\r\n])data: ?\[DONE\]/.test(tail)) wire.done = true
      wire.complaint ??= /(?:^|[\r\n])error: ?(\{[^\r\n]*\})[\r\n]/.exec(tail)?.[1]
      controller.enqueue(chunk)
    },
    flush() {
      wire.ragged = tail !== '' && !/[\r\n]$/.test(tail)
    },
  })
}

async function readStart(response: Response): Promise<string> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true })
    if (text.length > BODY_READ) break
  }
  return text.slice(0, BODY_READ)
}

/** Reads the first non-space character: it tells events, JSON and HTML apart when the content type is wrong. */
export async function peek(response: Response): Promise<{ first: string; response: Response }> {
  const reader = response.body?.getReader()
  if (!reader) return { first: '', response }
  const read: Uint8Array[] = []
  let first = ''
  while (first === '') {
    const { done, value } = await reader.read()
    if (done) break
    read.push(value)
    first = new TextDecoder()
      .decode(value)
      .replace(/^\uFEFF/, '')
      .trimStart()
      .slice(0, 1)
  }
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const held = read.shift()
      if (held) return controller.enqueue(held)
      const next = await reader.read()
      if (next.done) controller.close()
      else controller.enqueue(next.value)
    },
    cancel: (reason) => reader.cancel(reason),
  })
  const { status, statusText, headers } = response
  return { first, response: new Response(body, { status, statusText, headers }) }
}
