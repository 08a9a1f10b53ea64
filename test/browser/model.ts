// A model whose every word a test decides, and when it says it.
import { callChunks, chunk, textAnswer, textChunks } from '../wire/chunks.ts'
import { answerError, answerStream, startWireServer, type WireServer } from '../wire/server.ts'

export interface Model {
  /** What the program is told to reach it. */
  env(): Readonly<Record<string, string>>
  /** It will answer in words. */
  words(text: string): void
  /** It will have code run, after some words. */
  code(code: string, words?: string): void
  /** It will refuse, for good. */
  fails(message: string): void
  /** It will say the beginning, wait for the release, and then say the rest. */
  held(beginning: string, rest: string): () => void
  close(): Promise<void>
}

export async function startModel(): Promise<Model> {
  const server: WireServer = await startWireServer()
  return {
    env: () => ({ OPENAI_BASE_URL: server.url, OPENAI_API_KEY: 'sk-test', EASEL_MODEL: 'test-model' }),
    words: (text) => server.reply(answerStream(textAnswer(text))),
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
