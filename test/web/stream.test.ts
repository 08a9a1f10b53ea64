// The page's Server-Sent Events parser, and its interface texts.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tableFacts } from '../../sandbox/native/facts/table-facts.ts'
import { productFolder } from '../../sandbox/product.ts'
import { languageOf } from '../../src/phrasebook/parsing/language.ts'
import { understand } from '../../src/phrasebook/understand.ts'
import { createMessageReader } from '../../src/web/api/message-reader.ts'
import { asProblem, problemOf } from '../../src/web/api/problem.ts'
import { en } from '../../src/web/i18n/en.ts'
import { zh } from '../../src/web/i18n/zh.ts'
import { picture } from '../phrasebook/scene.ts'

const text = 'retry: 1000\n\nid: 4\ndata: {"a":1}\n\n: heartbeat\n\ndata: one\ndata: two\n\n'
const messages = [{ id: '4', data: '{"a":1}' }, { data: 'one\ntwo' }]

test('messages come whole from pieces of any size and with any line ends', () => {
  for (const size of [1, 2, 3, 7, 1000]) {
    for (const wire of [text, text.replaceAll('\n', '\r\n')]) {
      const read = createMessageReader()
      const pieces = Array.from({ length: Math.ceil(wire.length / size) }, (_, i) =>
        wire.slice(i * size, (i + 1) * size),
      )
      expect(pieces.flatMap((piece) => read(piece))).toEqual(messages)
    }
  }
})

test('what is not finished is not told', () => {
  expect(createMessageReader()('data: half')).toEqual([])
})

test("a problem is the server's sentence, or says that nothing answered", () => {
  const body = JSON.stringify({ code: 'busy', detail: 'At work.' })
  expect(problemOf(409, body)).toMatchObject({ status: 409, code: 'busy', message: 'At work.' })
  expect(problemOf(502, '<html>')).toMatchObject({ code: 'unexpected', message: 'The server answered 502.' })
  expect(asProblem(new TypeError('Failed to fetch'))).toMatchObject({
    code: 'offline',
    message: 'The server is not responding.',
  })
})

test('both languages say the same things', () => {
  const shapeOf = (words: object): unknown =>
    Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
      key === 'problems' ? [] : [typeof value === 'object' && value ? [key, shapeOf(value)] : [key, typeof value]],
    )
  expect(shapeOf(zh)).toEqual(shapeOf(en))
})

test('the examples work on the samples without a model, in both languages', async () => {
  const files = new Map([['portrait.png', picture]])
  const [uploads, asked] = [['portrait.png'], ['portrait.png']]
  for (const { text: request } of [...en.exampleList, ...zh.exampleList]) {
    const situation = { files, uploads, asked, results: [], origins: new Map() }
    expect({ request, ...understand(request, situation) }).not.toHaveProperty('code')
    expect(languageOf(request)).toBe(zh.exampleList.some((one) => one.text === request) ? 'zh' : 'en')
  }
  for (const words of [en, zh]) {
    const [path = '', name = ''] = words.sampleTable
    const bytes = readFileSync(join(productFolder(), 'examples', path))
    const card = {
      kind: 'table',
      mime: 'text/csv',
      bytes: bytes.length,
      ...(await tableFacts('t.csv', { size: bytes.length, read: (from, most) => bytes.subarray(from, from + most) })),
    } as const
    expect(card.columns.map(({ type }) => type)).toEqual(['date', 'number', 'number', 'number', 'number', 'text'])
    for (const { text: request } of words.tableExampleList) {
      const situation = {
        files: new Map([[name, card]]),
        uploads: [name],
        asked: [name],
        results: [],
        origins: new Map(),
      }
      expect({ request, ...understand(request, situation) }).not.toHaveProperty('code')
      expect(languageOf(request)).toBe(words === zh ? 'zh' : 'en')
    }
  }
})
