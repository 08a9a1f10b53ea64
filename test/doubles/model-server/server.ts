// An HTTP server on 127.0.0.1 that speaks the wire formats of Chat Completions and Responses, scripted request by
// request. The real `openai` package talks to it, so the tests see what a real endpoint would.
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type OpenAI from 'openai'
import { responsesEvents } from './responses.ts'

export interface WireRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: OpenAI.ChatCompletionCreateParamsStreaming
  /** The raw body, also of forms with files, which `body` leaves out. */
  readonly raw: Buffer
}

/** Writes one response. */
export type WireAnswer = (response: ServerResponse, request: WireRequest) => void | Promise<void>

/** The API that a test's planners use. */
export type Api = 'chat' | 'responses'
export const APIS: readonly Api[] = ['chat', 'responses']

export interface WireServer {
  readonly api: Api
  /** The base URL, ending in /v1. */
  readonly url: string
  readonly requests: readonly WireRequest[]
  /** Queues answers, one per request; a request without one gets a 500 that says so. */
  reply(...answers: WireAnswer[]): void
  /** Responses that have not been ended by either side. */
  pending(): number
  close(): Promise<void>
}

/** Listens on a free port. */
export async function startWireServer(api: Api = 'chat'): Promise<WireServer> {
  const requests: WireRequest[] = []
  const queue: WireAnswer[] = []
  let pending = 0
  // Keep-alive connections never time out, so none closes just as it is used again.
  const server = createServer({ keepAliveTimeout: 0 }, (incoming, response) => {
    const parts: Buffer[] = []
    pending++
    response.on('close', () => pending--)
    incoming.on('data', (part: Buffer) => parts.push(part))
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming
      const raw = Buffer.concat(parts)
      const isForm = headers['content-type']?.startsWith('multipart/') === true
      const body = JSON.parse((isForm ? '' : raw.toString()) || '{}')
      const request: WireRequest = { method, path: url, headers, body, raw }
      requests.push(request)
      const answer = queue.shift() ?? answerError(500, { error: { message: 'the test scripted no answer' } })
      void answer(response, request)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    api,
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    reply: (...answers) => queue.push(...answers),
    pending: () => pending,
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

export interface StreamOptions {
  /**
   * Ends without finish reason and [DONE] after this many chunks: `end` closes cleanly, `destroy` breaks the
   * connection.
   */
  readonly cut?: { readonly after: number; readonly how: 'end' | 'destroy' | 'mid-line' }
  /** Sends nothing more after this many chunks and keeps the connection open. */
  readonly hangAfter?: number
  /** Milliseconds before the first byte and between chunks. */
  readonly firstMs?: number
  readonly gapMs?: number
  readonly withoutDone?: boolean
  /** Writes the events' bytes in pieces of this size, which may split lines and characters. */
  readonly pieceBytes?: number
}

/** A stream of chunks (see chunks.ts), then [DONE]; to a request of the Responses API the same as its events. */
export function answerStream(chunks: readonly object[], options: StreamOptions = {}): WireAnswer {
  return async (response, { path }) => {
    const isChat = !path.endsWith('/responses')
    const groups = isChat ? chunks.map((chunk) => [chunk]) : responsesEvents(chunks)
    await sleep(options.firstMs ?? 0)
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' })
    response.flushHeaders()
    for (const [i, group] of groups.entries()) {
      if (options.hangAfter === i) return
      if (options.cut?.after === i) return cut(response, options.cut.how, group[0] ?? {})
      await write(response, group.map(sayEvent).join(''), options.pieceBytes)
      await sleep(options.gapMs ?? 0)
    }
    if (options.hangAfter !== undefined && options.hangAfter >= chunks.length) return
    if (isChat && !options.withoutDone) response.write('data: [DONE]\n\n')
    response.end()
  }
}

/** Events of the Responses API carry their name twice. */
function sayEvent(event: object): string {
  const named = 'type' in event ? `event: ${String(event.type)}\n` : ''
  return `${named}data: ${JSON.stringify(event)}\n\n`
}

/** An error with a JSON body, or with text as it is. */
export function answerError(status: number, body: object | string, headers: Record<string, string> = {}): WireAnswer {
  return (response) => {
    const type = typeof body === 'string' ? 'text/html' : 'application/json'
    response.writeHead(status, { 'content-type': type, ...headers })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }
}

/** A success status with any body: an HTML page, a whole JSON answer, broken events. */
export function answerText(text: string, contentType: string): WireAnswer {
  return (response) => {
    response.writeHead(200, { 'content-type': contentType })
    response.end(text)
  }
}

/** Two answers, and the order in which their requests and a timer, started with the first one, come. */
export function answersAfter(ms: number, first: WireAnswer, second: WireAnswer) {
  const order: string[] = []
  const noting =
    (word: string, answer: WireAnswer): WireAnswer =>
    (response, request) => {
      order.push(word)
      if (order.length === 1) setTimeout(() => order.push('waited'), ms)
      return answer(response, request)
    }
  return { answers: [noting('asked', first), noting('asked again', second)], order }
}

/** Accepts the request and never answers. */
export function answerNothing(): WireAnswer {
  return () => {}
}

/** Breaks the connection before any byte. */
export function answerReset(): WireAnswer {
  return (response) => void response.destroy()
}

async function cut(response: ServerResponse, how: 'end' | 'destroy' | 'mid-line', chunk: object): Promise<void> {
  await sleep(5)
  if (how === 'destroy') response.destroy()
  else response.end(how === 'mid-line' ? `data: ${JSON.stringify(chunk).slice(0, 40)}` : '')
}

async function write(response: ServerResponse, text: string, pieceBytes?: number): Promise<void> {
  const bytes = Buffer.from(text)
  const size = pieceBytes ?? bytes.length
  for (let at = 0; at < bytes.length; at += size) {
    response.write(bytes.subarray(at, at + size))
    if (pieceBytes) await new Promise((resolve) => setImmediate(resolve))
  }
}

function sleep(ms: number): Promise<void> {
  return ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : Promise.resolve()
}
