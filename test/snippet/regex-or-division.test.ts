// Whether a slash divides or starts a regular expression: code that a real parser runs must never be taken for text.
import { describe, expect, test } from 'vitest'
import { preflight } from '../../src/check/preflight.ts'
import { readTokens } from '../../src/snippet/tokens.ts'

/** How the slash after `before` is read: if it divides, the text up to the next slash is code. */
function after(before: string): string {
  const reading = readTokens(`${before}/ x /g`)
  if ('problem' in reading) return 'unclear'
  const { kind } = reading.tokens.find(({ at }) => at === before.length) ?? {}
  return kind === 'punctuation' ? 'division' : String(kind)
}

const OPERATORS = 'return typeof case do else in instanceof new void delete throw'.split(' ')
const EITHER = [
  ...'await yield of async default extends break continue debugger import export'.split(' '),
  ...'type namespace module interface declare abstract global enum'.split(' '),
]

describe('a slash on the same line', () => {
  test.each(OPERATORS)('after %s starts a regular expression, and divides where that is a member', (word) => {
    expect(after(`${word} `)).toBe('regex')
    expect([`a.${word} `, `a?.${word} `, `a.#${word} `, `${word}s `].map(after)).toEqual(Array(4).fill('division'))
  })

  test.each(EITHER)('after %s may be either, and divides where that is a member', (word) => {
    expect(after(`${word} `)).toBe('unclear')
    expect([`a.${word} `, `a?.${word} `, `${word}s `].map(after)).toEqual(Array(3).fill('division'))
  })

  test.each([...OPERATORS, ...EITHER])('after the member %s divides, if it is one of something', (word) => {
    for (const owner of ['a', 'a.b', 'a()', 'a[0]', '(a)', 'a!', '1.', '1..a', "'a'", '`a`', '`${a}`', '/a/', 'this'])
      expect([owner, word, after(`${owner}.${word} `), after(`${owner}?.${word} `)]).toEqual([
        owner,
        word,
        'division',
        'division',
      ])
    for (const owner of ['', ';', '{}', '=', 'a >', '!', 'if (a)', 'return', 'await', 'a; type'])
      expect([owner, word, after(`${owner} .${word} `)]).toEqual([owner, word, 'unclear'])
    expect(readTokens(`\`\${.${word} / x /g}\``)).toHaveProperty('problem')
  })

  test.each(['a', '1', "'a'", '`a`', '`${a}`', '/a/', '/a/g', 'a[0]', '[]', 'a()', '(a)', 'a++', 'a--', 'a!', 'this'])(
    'after %s divides',
    (operand) => expect(after(operand)).toBe('division'),
  )

  test.each(['', ';', '(', '[', '{', '`${', ',', '=', '=>', '==', '!', '&&', '||', '??', '?', ':', '+', '-', '*', '<'])(
    'after %j starts a regular expression',
    (sign) => {
      const closer = { '(': ')', '[': ']', '{': '}', '`${': '}`' }[sign] ?? ''
      const reading = readTokens(`${sign}/ x /g${closer}`)
      expect(reading).toMatchObject({ tokens: expect.arrayContaining([expect.objectContaining({ kind: 'regex' })]) })
    },
  )

  test.each(['{}', 'a > b > '])('after %j may be either', (sign) => expect(after(sign)).toBe('unclear'))

  test.each([
    ['if (a) ', 'regex'],
    ['while (a) ', 'regex'],
    ['for (a of b) ', 'regex'],
    ['for await (a of b) ', 'regex'],
    ['with (a) ', 'regex'],
    ['a; if (b) ', 'regex'],
    ['if (a) b(c) ', 'division'],
    ['switch (a) ', 'division'],
    ['await (a) ', 'division'],
    ['a.if (b) ', 'division'],
    ['a?.while (b) ', 'division'],
    ['a.for await (b) ', 'division'],
    ['a?.for await (b) ', 'division'],
    ['a ++ ', 'division'],
    ['; ++ ', 'regex'],
    ['= -- ', 'regex'],
    ['= ! ', 'regex'],
    ['a\n++ ', 'regex'],
    ['if (a) ++ ', 'regex'],
    ['yield ! ', 'unclear'],
  ])('after %j: %s', (before, meaning) => expect(after(before)).toBe(meaning))
})

describe('a slash that begins a line', () => {
  test.each(['/', "'", '"', '`', '{', '}', '\\'])('is refused where %s follows on that line', (sign) => {
    expect(readTokens(`a\n/ 2 ${sign}`)).toMatchObject({
      problem: { code: 'EASEL_SYNTAX', at: 2, message: expect.stringContaining('is not clear whether this / divides') },
    })
    expect(readTokens(`a\n/${sign === '/' ? ' /' : sign}`)).toMatchObject({ problem: { at: 2 } })
  })

  test.each(['\n', '\r', '\u2028', '\u2029'])('divides where nothing can hide before the next %j', (lineBreak) => {
    expect(readTokens(`a${lineBreak}/ 2${lineBreak}'b'`)).toMatchObject({
      tokens: [{ text: 'a' }, { kind: 'punctuation', text: '/' }, { text: '2' }, { kind: 'string' }],
    })
    expect(readTokens(`a${lineBreak}/`)).toMatchObject({ tokens: [{ text: 'a' }, { kind: 'punctuation' }] })
  })

  test('starts a regular expression where no operand stands before', () => {
    expect(readTokens('a =\n/ x /g')).toMatchObject({ tokens: [{}, {}, { kind: 'regex', text: '/ x /g' }] })
  })
})

describe('an import between two divisions is seen', () => {
  test.each(["a[0] /import('os')/ 1", "`a` /import('os')/ 1", "`${a}` /import('os')/ 1", "a.return /import('os')/ 1"])(
    '%s',
    (snippet) => expect(preflight(snippet).map(({ code }) => code)).toEqual(['EASEL_IMPORT']),
  )

  test.each([...OPERATORS, 'b ?', '*', 'b | return', 'b extends c ? d : case'])(
    'and what may end a type before it refuses the text: %s',
    (end) => {
      for (const text of [`a as ${end} /import('os')/ 1`, `a satisfies ${end} /import('os')/ 1`])
        expect([text, readTokens(text), ...preflight(text).map(({ code }) => code)]).toEqual([
          text,
          expect.objectContaining({ problem: expect.objectContaining({ code: 'EASEL_SYNTAX' }) }),
          'EASEL_SYNTAX',
        ])
    },
  )
})

describe('what only a parser that mends mistakes would read as code is refused', () => {
  test.each([
    [`.await /'/; import("os"); //'`, 'is not clear whether this / divides'],
    [`x = 1await /'/; import("os"); //'`, 'A name cannot begin directly after a number'],
    [`class A { static type /'/; import("os"); //'}`, 'is not clear whether this / divides'],
    [`class A { @ get namespace /'/; import("os"); //'}`, 'is not clear whether this / divides'],
  ])('%s', (snippet, message) => {
    expect(preflight(snippet)).toMatchObject([{ code: 'EASEL_SYNTAX', message: expect.stringContaining(message) }])
  })
})

describe('after the type of an `as`', () => {
  const read = (before: string): readonly string[] => [before, after(before)]
  const readAs = (before: string, meaning: string): readonly string[] => [before, meaning]

  test('a regular expression is read again once the statement or its brackets are over', () => {
    for (const before of [
      'a as b; return ',
      'a as b, ',
      'a as b = ',
      'a as b && ',
      'a as (b)\nc ? ',
      'a as { b: c }\nd ? ',
      'a as b[]\nc ? ',
      "a as 'b'\nc ? ",
      'a as b\nreturn ',
      "import * as a from 'b'\nconst c = d ? ",
      'a = (b as c)\nd = e ? ',
      'a = b as c[]\nd = e ? ',
      'a = { b: c as d }\ne = f ? ',
      '(a as b) ? ',
      '[a as b] ? ',
      'a ? ',
      'a * ',
      'return ',
    ])
      expect(read(before)).toEqual(readAs(before, 'regex'))
    expect(readTokens('(a as b, { c: d ? / x /g : e })')).not.toHaveProperty('problem')
    expect(readTokens('a as b, c = () => { return / x /g }')).not.toHaveProperty('problem')
    expect(readTokens('as (b ? / x /g : e)')).not.toHaveProperty('problem')
  })

  test('it is not, while that is not certain', () => {
    for (const before of [
      'a as b ? ',
      'as b ? ',
      'a as (b) c ? ',
      'a as b ? ! ',
      '.await ! ',
      '{} ++ ',
      `a! = ${'b + '.repeat(498)}c ? `,
      'a as\nb ? ',
      'a\nas b ? ',
      'a\nsatisfies b ? ',
      'a as keyof\nb ? ',
      'a as typeof\nb ? ',
      'a as b\nextends c ? ',
      'a as b\n? ',
      'a as { b: c; } ? ',
      'a as (b; c) ? ',
      'a as b | c ? ',
      'a as () => void ? ',
      'a as b |\nc ? ',
      `a = ${'b + '.repeat(500)}c ? `,
    ])
      expect(read(before)).toEqual(readAs(before, 'unclear'))
    for (const word of 'as satisfies keyof typeof readonly unique infer asserts abstract new is extends in instanceof'.split(
      ' ',
    ))
      for (const before of [`a as ${word}\nb ? `, `a as b\n${word} c ? `])
        expect(read(before)).toEqual(readAs(before, 'unclear'))
    for (const before of ['a as b ', 'a as b.return ', '{} .a ', '.a ', ';.a '])
      expect(read(before)).toEqual(readAs(before, 'division'))
    const most = `a = ${'b + '.repeat(498)}c ? `
    expect(read(most)).toEqual(readAs(most, 'regex'))
  })
})
