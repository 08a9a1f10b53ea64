// `easel models`: the endpoint's list, and with --probe what its models accept, against a scripted server.
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openUnsupportedFeatureCache } from '../../src/planner/openai/unsupported-feature-cache.ts'
import { easel } from './main.ts'
import { newFolder, runEasel } from './program.ts'
import { callChunks, textAnswer } from '../doubles/model-server/chunks.ts'
import { apiError, KEY } from '../doubles/model-server/planning.ts'
import {
  answerError,
  answerStream,
  answerText,
  startWireServer,
  type WireAnswer,
  type WireServer,
} from '../doubles/model-server/server.ts'

let server: WireServer
beforeEach(async () => {
  server = await startWireServer()
})
afterEach(() => server.close())

const json = (value: object): WireAnswer => answerText(JSON.stringify(value), 'application/json')
const list = (...ids: string[]) => json({ object: 'list', data: ids.map((id) => ({ id, object: 'model' })) })
const words = (text: string) => answerStream(textAnswer(text))
const whole = (text: string) =>
  json({ choices: [{ message: { role: 'assistant', content: text }, finish_reason: 'stop' }] })
const env = () => ({ OPENAI_BASE_URL: server.url, OPENAI_API_KEY: KEY })
const models = (...args: string[]) => easel(['models', ...args], { env: env() })

describe('easel models', () => {
  it('lists what the endpoint has, marks the chosen ones, and asks nothing else', async () => {
    server.reply(list('qwen3:8b', 'llava:7b'))
    const ended = await runEasel(['models', '--model', 'qwen3:8b,gone'], { env: env() })
    expect(ended).toEqual({
      code: 0,
      stdout: `Models at ${server.url}:\n  llava:7b\n› qwen3:8b\ngone, which is chosen, is not among them.\n`,
      stderr: '',
    })
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /v1/models'])
  })

  it('says with --json too that a chosen model is not among them', async () => {
    server.reply(list('qwen3:8b'))
    const ended = await models('--json', '--model', 'qwen3:8b,gone')
    expect(ended).toEqual({
      code: 0,
      stdout:
        '{"type":"model","id":"qwen3:8b","chosen":true}\n{"type":"notice","text":"gone, which is chosen, is not among them."}\n',
      stderr: '',
    })
  })

  it('says so where the endpoint has no list, or the key is wrong, and shows the key nowhere', async () => {
    server.reply(answerError(404, { detail: 'Not Found' }), answerError(401, apiError(`Bad key ${KEY}`)))
    expect(await models()).toEqual({
      code: 1,
      stdout: '',
      stderr: `easel: The endpoint ${server.url} lists no models (404).\n`,
    })
    expect(await models()).toEqual({
      code: 1,
      stdout: '',
      stderr: `easel: The endpoint ${server.url} refused the API key (401). Check OPENAI_API_KEY. It said: "Bad key [API key]"\n`,
    })
  })

  it('needs an endpoint, and no words', async () => {
    expect(await easel(['models'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'easel: No endpoint is connected. Set OPENAI_API_KEY, or OPENAI_BASE_URL to the address of one.\n',
    })
    expect((await models('qwen')).stderr).toBe(
      'easel: easel models takes no arguments: easel models --probe --model NAME.\n',
    )
  })

  it('with --probe asks for streaming, tools, pictures, the Images API and the Responses API', async () => {
    server.reply(
      list('m'),
      words('OK'),
      answerStream(callChunks([{ id: 'a', code: '1 + 1' }])),
      words('Red'),
      answerError(400, apiError('prompt is required')),
      json({ object: 'response', status: 'completed', output: [] }),
    )
    const ended = await models('--probe', '--model', 'm')
    expect(ended).toEqual({
      code: 0,
      stderr: '',
      stdout: `Models at ${server.url}:
› m

m
  streaming         yes
  tools             yes
  pictures          yes

${server.url}
  Images API        yes it refused an empty request with 400
  Responses API     yes
`,
    })
    expect(server.requests.map(({ path }) => path)).toEqual([
      '/v1/models',
      ...Array.from({ length: 3 }, () => '/v1/chat/completions'),
      '/v1/images/generations',
      '/v1/responses',
    ])
    expect(server.requests[4]?.body).toEqual({})
  })

  it('with --probe and --json says as events what a small model lacks', async () => {
    server.reply(
      list('m'),
      whole('OK'),
      words('<tool_call>{"name": "run", "arguments": {"code": "1 + 1"}}</tool_call>'),
      answerError(500, apiError('image input is not supported')),
      answerError(404, { detail: 'Not Found' }),
      answerError(405, ''),
    )
    const ended = await models('--probe', '--json', '--model', 'm')
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    const finding = (what: string, works: boolean | null, said: unknown) => ({ type: 'probe', what, works, said })
    expect(
      ended.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      { type: 'model', id: 'm', chosen: true },
      { ...finding('streaming', false, 'the answer comes whole'), model: 'm' },
      { ...finding('tools', true, 'as text, which is read'), model: 'm' },
      { ...finding('pictures', false, expect.stringContaining('image input is not supported')), model: 'm' },
      finding('Images API', false, '404'),
      finding('Responses API', false, '405'),
    ])
  })

  it('with --probe keeps for turns what is refused, and forgets what is not any more', async () => {
    const folder = newFolder()
    const book = openUnsupportedFeatureCache(join(folder, 'lessons.json'))
    const endpoint = { shown: server.url, model: 'm', api: 'chat' as const }
    book.keep(endpoint, ['no usage', 'no tools', 'effort none'])
    server.reply(
      list('m'),
      words('OK'),
      answerStream(callChunks([{ id: 'a', code: '1 + 1' }])),
      answerError(500, apiError('image input is not supported')),
      answerError(404, ''),
      answerError(404, ''),
    )
    expect(await models('--probe', '--model', 'm', '--data', folder)).toMatchObject({ code: 0, stderr: '' })
    expect(book.of(endpoint)).toEqual(['no usage', 'no pictures'])
    server.reply(
      list('m'),
      words('OK'),
      answerError(400, apiError('m does not support tools')),
      words('Red'),
      answerError(404, ''),
      answerError(404, ''),
    )
    expect(await models('--probe', '--model', 'm', '--data', folder)).toMatchObject({ code: 0, stderr: '' })
    expect(book.of(endpoint)).toEqual(['no usage', 'no tools'])
  })

  it('with --probe fails with the reason when a chosen model cannot be asked', async () => {
    server.reply(list('m'), answerError(404, apiError('No such model', { code: 'model_not_found' })))
    const ended = await models('--probe', '--model', 'n')
    expect(ended.code).toBe(1)
    expect(ended.stdout).toContain(`  streaming         ?   The endpoint ${server.url} has no model "n" (404).`)
    expect(server.requests).toHaveLength(2)
  })
})
