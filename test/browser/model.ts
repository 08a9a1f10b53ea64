// A model server whose every answer, and its timing, a test decides.
import { callChunks, chunk, textAnswer, textChunks, usageChunk } from '../doubles/model-server/chunks.ts'
import { answerPicture } from '../doubles/model-server/images.ts'
import { answerError, answerStream, startWireServer, type WireServer } from '../doubles/model-server/server.ts'

export interface Model {
  /** The program's settings to reach it. */
  env(): Readonly<Record<string, string>>
  /** Queues a text answer and its input and output token counts. */
  words(text: string, tokens?: readonly [number, number]): void
  /** Queues a tool call. */
  calls(name: string, given: object): void
  /** Queues a picture of its Images API, sent once it is released. */
  draws(bytes: Uint8Array): () => void
  refusesToDraw(message: string): void
  /** The pictures in the last request. */
  images(): readonly { readonly detail?: string }[]
  /** Queues code to run, after some text. */
  code(code: string, words?: string): void
  /** Queues a permanent refusal. */
  fails(message: string): void
  /** Queues an answer whose first part is sent at once and the rest after the release. */
  held(beginning: string, rest: string): () => void
  close(): Promise<void>
}

export async function startModel(): Promise<Model> {
  const server: WireServer = await startWireServer()
  return {
    env: () => ({ OPENAI_BASE_URL: server.url, OPENAI_API_KEY: 'sk-test', EASEL_MODEL: 'test-model' }),
    words: (text, tokens) => {
      const usage = tokens ? [usageChunk(...tokens)] : []
      server.reply(answerStream([...textAnswer(text), ...usage]))
    },
    calls: (name, given) =>
      server.reply(answerStream(callChunks([{ id: `call_${name}`, name, arguments: JSON.stringify(given) }]))),
    draws(bytes) {
      const { promise, resolve } = Promise.withResolvers<void>()
      server.reply(async (response, request) => {
        await promise
        await answerPicture(bytes)(response, request)
      })
      return resolve
    },
    refusesToDraw: (message) => server.reply(answerError(400, { error: { message, code: 'moderation_blocked' } })),
    images() {
      const messages = server.requests.at(-1)?.body.messages ?? []
      const parts = messages.flatMap((one) =>
        one.role === 'user' && typeof one.content !== 'string' ? one.content : [],
      )
      return parts.flatMap((part) => (part.type === 'image_url' ? [part.image_url] : []))
    },
    code: (code, text = '') => server.reply(answerStream(callChunks([{ id: 'call_1', name: 'run', code }], { text }))),
    fails: (message) => server.reply(answerError(400, { error: { message } })),
    held(beginning, rest) {
      const { promise, resolve } = Promise.withResolvers<void>()
      server.reply(async (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
        const say = (parts: readonly object[]): void => {
          for (const part of parts) response.write(`data: ${JSON.stringify(part)}\n\n`)
        }
        say(textChunks(beginning))
        await promise
        say([...textChunks(rest), chunk({}, 'stop')])
        response.end('data: [DONE]\n\n')
      })
      return resolve
    },
    close: () => server.close(),
  }
}
