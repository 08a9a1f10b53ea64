// Replacing string literals of a snippet: found token by token, escaped safely, nothing else touched.
import { describe, expect, it } from 'vitest'
import { decodeLiteral, encodeLiteral } from '../../src/snippet/escapes.ts'
import { analyzeSnippet } from '../../src/snippet/analysis.ts'
import { rewriteLiterals } from '../../src/snippet/literals.ts'

const NASTY = [
  "it's",
  'say "hi"',
  'back\\slash',
  'tick`s ${here}',
  '照片 一.png',
  'line\nbreak\r\u2028\u2029\t\0',
  '\ud83d',
  '😀',
  '$',
  '${',
  '\\u0041',
]

describe('a literal', () => {
  it.for(NASTY)('says after escaping what it said before: %j', (text) => {
    for (const quote of ["'", '"', '`'] as const) {
      const literal = quote + encodeLiteral(text, quote) + quote
      // oxlint-disable-next-line no-eval
      expect((0, eval)(`(${literal})`)).toBe(text)
      expect(decodeLiteral(literal.slice(1, -1))).toBe(text)
    }
  })

  it.for(['\\x41\\u0042\\u{1F600}\\n\\\'\\"\\q\\0', 'a\\\nb', 'a\\\r\nb'])(
    'is read as JavaScript reads it: %j',
    (body) => {
      // oxlint-disable-next-line no-eval
      expect(decodeLiteral(body)).toBe((0, eval)(`"${body.replaceAll('\r\n', '\n')}"`))
    },
  )

  it.for(['\\1', '\\08', '\\u{110000}', '\\xg', '\\u12'])(
    'with an escape that modules refuse is not read: %j',
    (body) => {
      expect(decodeLiteral(body)).toBeUndefined()
    },
  )
})

describe('a snippet', () => {
  it('has its strings and templates read, those that name a module left out', () => {
    const code = [
      "import sharp from 'sharp'; import { a as b } from \"easel\"; import 'x'",
      "export * from 'y'; const z = await import('z'); require('w')",
      "const name = 'a\\x62c' // 'no'",
      'const two = `one ${1 + `in ${2} er`} two`, re = /"not"/ /* "nor" */',
      "const o = { 'key': \"v\", from: 'here' }",
    ].join('\n')
    expect(analyzeSnippet(code).literals).toEqual([['abc'], ['in ', ' er'], ['one ', ' two'], ['key'], ['v'], ['here']])
  })

  it('keeps all that does not change as it was written', () => {
    const code = "const a = 'x\\x41', b = `\\u0041${'old'}`, c = \"it's old\"; /* 'old' */ /'old'/.test(`old`)"
    const by = (text: string): string => text.replace('old', `n'e"w\``)
    expect(rewriteLiterals(code, (parts) => parts.map(by))).toBe(
      "const a = 'x\\x41', b = `\\u0041${'n\\'e\"w`'}`, c = \"it's n'e\\\"w`\"; /* 'old' */ /'old'/.test(`n'e\"w\\``)",
    )
  })

  it('changes templates in the placeholders of others', () => {
    const code = '`a${ `b${ "c" }d` }e${f}g`'
    expect(rewriteLiterals(code, (parts) => parts.map((part) => part.toUpperCase() + part))).toBe(
      '`Aa${ `Bb${ "Cc" }Dd` }Ee${f}Gg`',
    )
  })

  it('leaves templates alone that a tag reads as they are written', () => {
    const code = 'String.raw`old\\n` + tag`old`'
    expect(rewriteLiterals(code, (parts) => parts.map(() => 'new'))).toBe('String.raw`old\\n` + tag`new`')
  })
})
