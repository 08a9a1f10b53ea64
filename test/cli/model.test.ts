// `easel ask` and `chat` with a model: real HTTP to a scripted server, repairs, giving up, failing endpoints.
import { createServer, type AddressInfo } from 'node:net'
import { afterAll, describe, expect, it } from 'vitest'
import { easel } from './main.ts'
import { eventsOf, eventsOfType, newFolder, onlyEvent, portrait, startEasel, type Ended } from './program.ts'
import { callChunks, textAnswer } from '../doubles/model-server/chunks.ts'
import {
  answerError,
  answerNothing,
  answerStream,
  startWireServer,
  type WireAnswer,
  type WireServer,
} from '../doubles/model-server/server.ts'

const servers: WireServer[] = []
afterAll(() => Promise.all(servers.map((server) => server.close())))

async function scripted(...answers: WireAnswer[]): Promise<WireServer> {
  const server = await startWireServer()
  servers.push(server)
  server.reply(...answers)
  return server
}

const code = (text: string, words = ''): WireAnswer =>
  answerStream(callChunks([{ id: 'call_1', name: 'run', code: text }], { text: words }))
const words = (text: string): WireAnswer => answerStream(textAnswer(text))
const GOOD = "import sharp from 'sharp'\nawait sharp('portrait.png').grayscale().toFile('gray.png')"
const MISSPELT = GOOD.replace('grayscale', 'grayscal')

const KEY = 'sk-test-0123456789abcdef'

function ask(server: WireServer, ...more: string[]): Promise<Ended> {
  const env = { OPENAI_BASE_URL: server.url, OPENAI_API_KEY: KEY }
  return easel(['ask', 'make it gray', portrait, '-o', newFolder(), '--model', 'test-model', ...more], { env })
}

describe('with a model', () => {
  it('runs its snippet, tells it what came out, and ends ok with its answer', async () => {
    const server = await scripted(code(GOOD, 'I turn it gray.'), words('Here is gray.png.'))
    const ended = await ask(server, '--json')
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(onlyEvent(ended, 'message').text).toBe('Here is gray.png.')
    expect(onlyEvent(ended, 'file')).toMatchObject({ name: 'gray.png', width: 640 })
    expect(eventsOf(ended).at(-1)).toEqual({ type: 'end', status: 'ok' })
    const { messages, model } = server.requests[1]?.body ?? {}
    expect(model).toBe('test-model')
    expect(messages?.at(-1)).toMatchObject({
      role: 'tool',
      content: expect.stringContaining('"gray.png": image/png, 640x640'),
    })
    // The attached picture is in the user's message, and no bytes are anywhere else.
    const bodies = JSON.stringify(server.requests.map(({ body }) => body))
    const urls = bodies.match(/"image_url":\{"url":"data:image\/\w+;base64,[^"]+","detail":"auto"\}/g)
    expect(urls).toHaveLength(2)
    expect(new Set(urls).size).toBe(1)
    expect(bodies.replaceAll(urls?.[0] ?? '', '')).not.toMatch(/base64,|iVBOR/)
  })

  it('does the same over the Responses API, and with the second model of a list when there is no first', async () => {
    const none = answerError(404, { error: { message: 'No such model', code: 'model_not_found' } })
    const server = await scripted(none, code(GOOD, 'I turn it gray.'), words('Here is gray.png.'))
    const ended = await ask(server, '--json', '--api', 'responses', '--model', 'gone,test-model')
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(onlyEvent(ended, 'message').text).toBe('Here is gray.png.')
    expect(eventsOfType(ended, 'notice').map(({ text }) => text)).toContain(
      'The model gone failed (the endpoint does not know it). Asking test-model.',
    )
    expect(server.requests.map(({ path, body }) => [path, body.model])).toEqual([
      ['/v1/responses', 'gone'],
      ['/v1/responses', 'test-model'],
      ['/v1/responses', 'test-model'],
    ])
  })

  it('shows text and code once, as they stream, and its key nowhere', async () => {
    const ended = await ask(await scripted(code(GOOD, 'I turn it gray.'), words('Here is gray.png.')))
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    for (const part of [
      'I turn it gray.',
      "│ import sharp from 'sharp'",
      "│ await sharp('portrait.png').grayscale()",
      'Here is gray.png.',
      '✔ ',
    ]) {
      expect(ended.stdout.split(part)).toHaveLength(2)
    }
    expect(ended.stdout).not.toContain(KEY)
  })

  it('repairs after a type error, which it reads with line, column and suggestion, and ends ok', async () => {
    const server = await scripted(code(MISSPELT), code(GOOD), words('Done.'))
    const ended = await ask(server, '--json')
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(onlyEvent(ended, 'rejected').diagnostics[0]).toMatchObject({
      line: 2,
      message: expect.stringContaining("Did you mean 'grayscale'?"),
    })
    expect(JSON.stringify(server.requests[1]?.body.messages.at(-1))).toContain('line 2, column 29')
    expect(onlyEvent(ended, 'end')).toEqual({ type: 'end', status: 'ok' })
  })

  it('gives up when the same error comes twice, wherever it stands, and keeps the files', async () => {
    const server = await scripted(
      code("import { writeFileSync } from 'node:fs'\nwriteFileSync('kept.txt', 'x')"),
      code(MISSPELT),
      code(`\n// again\n${MISSPELT.replace("'sharp'", '"sharp"')}`),
      words('never asked'),
    )
    const ended = await ask(server, '--json')
    expect(ended.code).toBe(1)
    expect(onlyEvent(ended, 'end')).toMatchObject({ status: 'rejected', code: 'TS2551' })
    expect(onlyEvent(ended, 'message').text).toMatch(
      /^I stopped: the same error came twice\. These files were made and are kept: kept\.txt\. The last error: TS2551/,
    )
    expect(onlyEvent(ended, 'file').name).toBe('kept.txt')
    expect(server.requests).toHaveLength(3)
  })

  it("gives up after three failures with the last cell's status", async () => {
    const server = await scripted(
      code(MISSPELT),
      code('throw new Error("one")'),
      code('throw new TypeError("two")'),
      words('never asked'),
    )
    const ended = await ask(server, '--json')
    expect(ended).toMatchObject({ code: 1, stderr: 'easel: TypeError: two\n' })
    expect(onlyEvent(ended, 'end')).toMatchObject({ status: 'threw', message: 'TypeError: two' })
    expect(onlyEvent(ended, 'message').text).toBe(
      'I stopped: 3 tries failed. No file was made. The last error: TypeError: two',
    )
    expect(server.requests).toHaveLength(3)
  })

  it('fails in a sentence when the key is wrong, the stream is cut, or nobody listens', async () => {
    const wrong = await scripted(
      answerError(401, { error: { message: 'Incorrect API key provided: sk-test', type: 'invalid_request_error' } }),
    )
    const cut = await scripted(
      ...[1, 2, 3, 4].map(() => answerStream(textAnswer('I begin and'), { cut: { after: 2, how: 'destroy' } })),
    )
    const closed = await closedPort()
    const [key, stream, nobody] = await Promise.all([
      ask(wrong, '--json'),
      ask(cut, '--json'),
      easel(['ask', 'x', '--json', '--timeout', '5s'], { env: { OPENAI_BASE_URL: closed } }),
    ])
    for (const ended of [key, stream, nobody]) {
      expect(ended.code).toBe(1)
      expect(onlyEvent(ended, 'end')).toMatchObject({ status: 'failed', code: expect.stringMatching(/^endpoint_/) })
      expect(ended.stderr).toBe(`easel: ${onlyEvent(ended, 'end').message}\n`)
      expect(ended.stdout + ended.stderr).not.toContain(KEY)
    }
    expect(key.stderr).toMatch(/key/i)
    expect(nobody.stderr).toContain(closed)
  })

  it('stops at once when interrupted while the model thinks', async () => {
    const server = await scripted(answerNothing())
    const program = startEasel(['ask', 'x', '--json'], { env: { OPENAI_BASE_URL: server.url } })
    await program.saw('"type":"ask"')
    while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
    program.process.kill('SIGINT')
    const ended = await program.ended
    // It ended by itself: 5 s later it would have been killed without a message.
    expect(onlyEvent(ended, 'end')).toMatchObject({ status: 'cancelled' })
    expect(ended.code).toBe(1)
  })

  it('keeps variables between the turns of a chat, and restores them in the middle of one', async () => {
    const server = await scripted(
      code('const answer = 41'),
      words('Kept.'),
      code('console.log(answer + 1)'),
      words('It is 42.'),
      code('for (;;) {}'),
      code('console.log(answer + 2)'),
      words('Still there.'),
    )
    const ended = await easel(['chat', '--json', '--timeout', '1s'], {
      env: { OPENAI_BASE_URL: server.url },
      input: 'keep 41\nadd one\nloop\n',
    })
    expect(eventsOfType(ended, 'end').map(({ status }) => status)).toEqual(['ok', 'ok', 'ok'])
    expect(eventsOfType(ended, 'print').map(({ text }) => text)).toEqual(['42\n', '43\n'])
    expect(eventsOfType(ended, 'message').map(({ text }) => text)).toEqual(['Kept.', 'It is 42.', 'Still there.'])
    expect(JSON.stringify(server.requests[5]?.body.messages.at(-1))).toContain('come back when they are used')
    // Also the cell that only reads, as what it calls might have changed the value.
    expect(onlyEvent(ended, 'restored')).toMatchObject({ cells: 2, files: 0, missing: [] })
    expect(ended.code).toBe(0)
  })
})

async function closedPort(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}/v1`
}
