// A refused capability is cached for a day for later programs, once the request succeeded without it.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openUnsupportedFeatureCache } from '../../src/planner/openai/unsupported-feature-cache.ts'
import { textAnswer } from '../doubles/model-server/chunks.ts'
import { apiError, asking, plan, plannerOn } from '../doubles/model-server/planning.ts'
import { answerError, answerStream, startWireServer, type WireServer } from '../doubles/model-server/server.ts'

let folder: string
let path: string
let server: WireServer
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'easel-book-'))
  path = join(folder, 'data', 'lessons.json')
  server = await startWireServer()
})
afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const NO_TOOLS = answerError(400, apiError('test-model does not support tools'))
const fine = answerStream(textAnswer('Fine.'))
const toolsSent = (): boolean[] => server.requests.map(({ body }) => body.tools !== undefined)

test('the next program asks without what was refused, and a day later it tries again', async () => {
  let now = 1_000_000
  const book = openUnsupportedFeatureCache(path, () => now)
  server.reply(NO_TOOLS, fine, fine, fine)
  await plan(plannerOn(server, { book }), asking('x'))
  await plan(plannerOn(server, { book: openUnsupportedFeatureCache(path, () => now) }), asking('x'))
  expect(toolsSent()).toEqual([true, false, false])
  expect(statSync(path).mode & 0o777).toBe(0o600)
  now += 86_400_001
  await plan(plannerOn(server, { book }), asking('x'))
  expect(toolsSent().at(-1)).toBe(true)
})

test('another model, and another way to speak to it, have lessons of their own', async () => {
  const book = openUnsupportedFeatureCache(path)
  server.reply(NO_TOOLS, fine, fine)
  await plan(plannerOn(server, { book }), asking('x'))
  await plan(plannerOn(server, { book, model: 'other' }), asking('x'))
  expect(toolsSent()).toEqual([true, false, true])
})

test('nothing is kept of a refusal that was not mended by leaving that out', async () => {
  server.reply(NO_TOOLS, answerError(400, apiError('something else is wrong')))
  await plan(plannerOn(server, { book: openUnsupportedFeatureCache(path) }), asking('x'))
  expect(() => readFileSync(path)).toThrow('ENOENT')
})

test('the key is not in it', async () => {
  const book = openUnsupportedFeatureCache(path)
  server.reply(NO_TOOLS, fine)
  await plan(plannerOn(server, { book, baseUrl: server.url, apiKey: 'sk-0123456789abcdef' }), asking('x'))
  book.keep({ shown: 'http://a/v1', model: 'm', api: 'chat' }, ['no stream'])
  const kept = readFileSync(path, 'utf8')
  expect(kept).not.toContain('sk-0123')
  expect(Object.keys(JSON.parse(kept) as object)).toEqual([`chat ${server.url} test-model`, 'chat http://a/v1 m'])
})

test('a book that is broken, or cannot be written, is an empty one', async () => {
  writeFileSync(join(folder, 'data'), 'no folder')
  const book = openUnsupportedFeatureCache(path)
  book.keep({ shown: 'http://a/v1', model: 'm', api: 'chat' }, ['no stream'])
  expect(book.of({ shown: 'http://a/v1', model: 'm', api: 'chat' })).toEqual([])
  const broken = join(folder, 'broken.json')
  writeFileSync(broken, '{"chat http://a/v1 m":{"lessons":["no gravity"],"until":9e15}}')
  expect(openUnsupportedFeatureCache(broken).of({ shown: 'http://a/v1', model: 'm', api: 'chat' })).toEqual([])
})
