import { describe, expect, test } from 'vitest'
import { createCodeReader } from '../../src/planner/openai/reply/code-field.ts'
import { createFenceReader } from '../../src/planner/openai/reply/fence.ts'
import { createSecret } from '../../src/planner/openai/transport/secret.ts'

const codes = [
  '',
  'x',
  "import sharp from 'sharp'\nawait sharp('a.png').toFile(\"b.png\")\n",
  'const s = "quote \\" and \\\\ backslash \\n"\t\b\f\r',
  '中文 émile 😀👩‍👩‍👧 \u2028 \ud83d alone',
  '"code": "not this", {"code": [1]} // \u0000\u001f',
]
const documents = codes.flatMap((code) => [
  JSON.stringify({ code }),
  JSON.stringify({ purpose: 'the "code": "x"', code }, null, 2),
  JSON.stringify({
    meta: { code: 'inner', list: ['code', { code: 1 }] },
    n: [-1.5e3, true, null],
    code,
    after: 'code',
  }),
  `{"code":"${escapeAll(code)}","purpose":"p"}`,
])

describe('The reader of streamed code', () => {
  test('gives the same code as JSON.parse wherever the arguments are split in two', () => {
    for (const json of documents) {
      for (let at = 0; at <= json.length; at++) {
        const read = createCodeReader()
        expect(read(json.slice(0, at)) + read(json.slice(at))).toBe(JSON.parse(json).code)
      }
    }
  })

  test('gives the same code one character at a time, and no half of a pair except at the very end', () => {
    for (const json of documents) {
      const read = createCodeReader()
      const parts = [...Array(json.length).keys()].map((i) => read(json.charAt(i)))
      expect(parts.join('')).toBe(JSON.parse(json).code)
      if (!json.includes('alone') && !json.includes(escapeAll('alone')))
        for (const part of parts) expect(part.isWellFormed()).toBe(true)
    }
  })

  test('shows what it can of arguments that break off', () => {
    const read = createCodeReader()
    expect(read('{"code":"const a = 1\\nconst b')).toBe('const a = 1\nconst b')
  })

  test('finds no code in text that is no JSON object', () => {
    for (const text of ['import sharp', '[1,"code","x"]', '"code"', '{"other":"x"}', '}}}}{"code":"x"', '']) {
      expect(createCodeReader()(text)).toBe('')
    }
  })
})

describe('The reader of fenced blocks', () => {
  const answer = 'Plan: do it.\n\n```ts\nconst a = `x`\n// ``` not the end\nawait f()\n```\nthe `rest`'

  test('finds the same text and block wherever the answer is split', () => {
    for (let at = 0; at <= answer.length; at++) {
      const reader = createFenceReader()
      const first = [...reader.push(answer.slice(0, at)), ...reader.push(answer.slice(at))]
      const { pieces, text, blocks, open } = reader.end()
      const all = [...first, ...pieces]
      expect({ text, blocks, open }).toEqual({
        text: 'Plan: do it.\n\nthe `rest`',
        blocks: [{ edits: false, body: 'const a = `x`\n// ``` not the end\nawait f()' }],
        open: false,
      })
      const code = all.map((piece) => (piece.of === 'code' ? piece.text : '')).join('')
      expect(code).toBe('const a = `x`\n// ``` not the end\nawait f()\n')
    }
  })

  test('leaves blocks of other languages in the text and says when a block stays open', () => {
    const reader = createFenceReader()
    reader.push('```json\n{}\n```\n```typescript\nlet x')
    expect(reader.end()).toMatchObject({
      text: '```json\n{}\n```',
      blocks: [{ edits: false, body: 'let x' }],
      open: true,
    })
  })
})

describe('The secret', () => {
  test('is hidden in a stream wherever it is split', () => {
    const text = 'key sk-test-12345678 and sk-test-1234567 and sk-'
    for (let at = 0; at <= text.length; at++) {
      const stream = createSecret('sk-test-12345678').stream()
      const all = stream.push(text.slice(0, at)) + stream.push(text.slice(at)) + stream.end()
      expect(all).toBe('key [API key] and sk-test-1234567 and sk-')
    }
  })

  test('is hidden in errors as JSON, addresses and Base64 spell it', () => {
    const key = 'my "own" key/1+2'
    const said = [key, JSON.stringify(key), `?key=${encodeURIComponent(key)}`, btoa(key)].join(' ')
    expect(createSecret(key).clean(said)).toBe('[API key] "[API key]" ?key=[API key] [API key]==')
  })

  test('that is a placeholder hides nothing', () => {
    expect(createSecret('none').clean('none of it')).toBe('none of it')
  })
})

function escapeAll(text: string): string {
  return Array.from({ length: text.length }, (_, i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`).join(
    '',
  )
}
