// How a snippet is split into tokens: as every real parser would, or it is refused.
import { describe, expect, test } from 'vitest'
import { readTokens } from '../../src/snippet/tokens.ts'
import type { Token } from '../../src/snippet/token.ts'

function tokensOf(code: string): readonly Token[] {
  const reading = readTokens(code)
  if ('problem' in reading) throw new Error(`${reading.problem.message} (at ${reading.problem.at})`)
  return reading.tokens
}
/** Each token as `kind text`. */
const read = (code: string): string[] => tokensOf(code).map(({ kind, text }) => `${kind} ${text}`)
const texts = (code: string): string[] => tokensOf(code).map(({ text }) => text)
const problem = (code: string): unknown => {
  const reading = readTokens(code)
  return 'problem' in reading ? reading.problem : undefined
}

const SPACES = [...'\t\v\f \u00a0\u1680\u2000\u2005\u200a\u202f\u205f\u3000\ufeff']
const BREAKS = [...'\n\r\u2028\u2029']

describe('what stands between tokens', () => {
  test.each(SPACES.map((sign) => [JSON.stringify(sign), sign]))('%s is a space', (_, sign) => {
    expect(tokensOf(`a${sign}${sign}b${sign}`)).toEqual([
      { kind: 'name', text: 'a', at: 0, newline: true, depth: 0 },
      { kind: 'name', text: 'b', at: 3, newline: false, depth: 0 },
    ])
  })

  test.each(BREAKS.map((sign) => [JSON.stringify(sign), sign]))('%s ends a line', (_, sign) => {
    expect(tokensOf(`a${sign}${sign}b c`)).toEqual([
      { kind: 'name', text: 'a', at: 0, newline: true, depth: 0 },
      { kind: 'name', text: 'b', at: 3, newline: true, depth: 0 },
      { kind: 'name', text: 'c', at: 5, newline: false, depth: 0 },
    ])
    expect(readTokens(`a //${sign}b`)).toMatchObject({ comments: [{ text: '//', at: 2 }] })
    expect(readTokens(`a /*${sign}*/b`)).toMatchObject({
      tokens: [{}, { newline: true }],
      comments: [{ text: `/*${sign}*/`, at: 2 }],
    })
    expect(problem(`'a${sign}'`)).toMatchObject({ at: 0 })
    expect(problem(`"a${sign}"`)).toMatchObject({ at: 0 })
    expect(problem(`= /a${sign}/`)).toMatchObject({ at: 2 })
    expect(problem(`= /[a${sign}]/`)).toMatchObject({ at: 2 })
    expect(problem(`= /\\${sign}/`)).toMatchObject({ at: 2 })
    expect(problem(`= /[\\${sign}]/`)).toMatchObject({ at: 2 })
    expect(read(`'a\\${sign}b' "\\${sign}"`)).toEqual([`string 'a\\${sign}b'`, `string "\\${sign}"`])
  })

  test('a comment keeps what was known of the line before it', () => {
    expect(tokensOf('a\n/**/ b /* c */ d').map(({ newline }) => newline)).toEqual([true, true, false])
    expect(readTokens('/**/a//')).toMatchObject({ tokens: [{ at: 4 }], comments: [{ at: 0 }, { text: '//', at: 5 }] })
    expect(readTokens('/* a */b/* c */')).toMatchObject({ comments: [{ text: '/* a */' }, { text: '/* c */' }] })
  })
})

describe('a name', () => {
  test.each([
    'a',
    'z',
    'A',
    'Z',
    '_',
    '$',
    'a1',
    'a$b_C9',
    '#a',
    '#_',
    'é',
    '名前',
    '#名',
    'aé',
    'a1名',
    '$é$1',
    'a$é',
    '_ñ',
    'a\u200c',
    'é\u200db',
    'été1',
    '𝒳',
    'x𝒳',
    'ａ',
  ])('%j is one', (name) => {
    expect(read(name)).toEqual([`name ${name}`])
    expect(read(`${name}+${name}`)).toEqual([`name ${name}`, 'punctuation +', `name ${name}`])
  })

  test.each(['#', '#1', '\u200c', '\\u0061', '·'])('%j is none', (text) =>
    expect(problem(text)).toEqual({
      code: 'EASEL_SYNTAX',
      at: 0,
      message: `The character ${JSON.stringify(text[0])} is not expected here.`,
    }),
  )

  test('ends where a sign begins that no name has', () => {
    expect(problem('a·\u0000')).toMatchObject({ at: 2 })
    expect(problem('a→b')).toMatchObject({ at: 1 })
  })
})

describe('a number', () => {
  test.each(
    '0 7 10 1.5 12.5 0x1F .5 1. 1e3 1E3 1e-3 1E+3 .5e-7 0xfF 0b01 0o7 1_000 1_0.0_1e1_0 10n 0xen 0b1n 0o7n 0XA_f 0B1_0 0O7_1 0777 08.5 1.e3'.split(
      ' ',
    ),
  )('%s is one', (text) => {
    expect(read(text)).toEqual([`number ${text}`])
    expect(read(`${text} -1`)).toEqual([`number ${text}`, 'punctuation -', 'number 1'])
  })

  test('ends before a sign that is not its own', () => {
    expect(texts('1+2 0xe-a 1..b .5.b 1.5.b a.b 1e3-1 1.+.5')).toEqual(
      '1 + 2 | 0xe - a | 1. . b | .5 . b | 1.5 . b | a . b | 1e3 - 1 | 1. + .5'
        .split(' ')
        .filter((text) => text !== '|'),
    )
  })

  test.each('1a 1$ 1_a 1.a 1e 1e+ 1e-a 1ea 1e1n1 0x 0xg 0b 0b2 0b12 0o 0o8 0o78 1nn 1n1 1é 1\\u0061'.split(' '))(
    '%s is none',
    (text) => {
      const at = problem(`;${text}`) as { at: number }
      expect(at).toEqual({
        code: 'EASEL_SYNTAX',
        at: expect.any(Number) as number,
        message: 'A name cannot begin directly after a number.',
      })
      expect(at.at).toBeGreaterThan(1)
    },
  )
})

test.each([
  `''`,
  `""`,
  `'a'`,
  `"a"`,
  `'"'`,
  `"'"`,
  `'\\''`,
  `"\\""`,
  `'\\\\'`,
  `"\\\\"`,
  `'\\\r\n'`,
  `"\\\r\na"`,
  `'é→'`,
])('the string %s is whole', (text) =>
  expect(read(`${text};${text}`)).toEqual([`string ${text}`, 'punctuation ;', `string ${text}`]),
)

test('a template is read in parts, and its placeholders are code', () => {
  expect(read('`a`')).toEqual(['punctuation `', 'template a`'])
  expect(read('`${b}`')).toEqual(['punctuation `', 'template ${', 'name b', 'punctuation }', 'template `'])
  expect(texts('`a\n$ $$ \\` \\${ { } ${{ b: `${c}` }}d`')).toEqual([
    '`',
    'a\n$ $$ \\` \\${ { } ${',
    '{',
    'b',
    ':',
    '`',
    '${',
    'c',
    '}',
    '`',
    '}',
    '}',
    'd`',
  ])
  expect(tokensOf('`${a}`').map(({ depth }) => depth)).toEqual([0, 0, 1, 0, 0])
  expect(texts('`\\\\${a}$`')).toEqual(['`', '\\\\${', 'a', '}', '$`'])
})

test.each([
  '/a/',
  '/a/g',
  '/a/dgimsuvy',
  '/\\//',
  '/[/]/',
  '/[\\]/]/',
  '/[^\\]]/',
  '/[]/',
  '/\\[/',
  '/a[b]c[d/]/i',
  '/(?<=a)|b{2}/',
  '/=/',
  '/[=/*]/',
  '/ /',
])('the regular expression %s is whole', (text) => {
  expect(read(`(${text})`)).toEqual(['punctuation (', `regex ${text}`, 'punctuation )'])
  expect(read(`(${text} .b)`)).toContain(`regex ${text}`)
})

test('the flags of a regular expression are ASCII, as compilers do not agree on other letters', () => {
  expect(read('(/a/g$1_é)')).toEqual(['punctuation (', 'regex /a/g$1_', 'name é', 'punctuation )'])
})

test('a regular expression ends at its first slash outside a class', () => {
  expect(texts('(/[a]/ .b[c]/d)')).toEqual(['(', '/[a]/', '.', 'b', '[', 'c', ']', '/', 'd', ')'])
})

test('signs are read as long as they are one to the reader', () => {
  const signs = '=> ... ?. ++ -- - + * % < > = ! & | ^ ~ ? : ; , . @'.split(' ')
  expect(read(signs.join(' '))).toEqual(signs.map((sign) => `punctuation ${sign}`))
  expect(texts('a=>b...c?.d++-- ** >>= a?.5:1 x..y == !==')).toEqual(
    'a => b ... c ?. d ++ -- * * > > = a ? .5 : 1 x . . y = = ! = ='.split(' '),
  )
})

test('the depth is that of the brackets around a token', () => {
  expect(tokensOf('a(b[c]{d})e').map(({ text, depth }) => `${text}${depth}`)).toEqual(
    'a0 (0 b1 [1 c2 ]1 {1 d2 }1 )0 e0'.split(' '),
  )
  const deepest = `${'['.repeat(200)}${']'.repeat(200)}`
  expect(tokensOf(deepest)).toHaveLength(400)
})

test('no more is known of a token than its kind calls for', () => {
  expect(tokensOf('a ++').map((token) => Object.keys(token))).toEqual([
    ['kind', 'text', 'at', 'newline', 'depth'],
    ['kind', 'text', 'at', 'newline', 'depth', 'slashAfter'],
  ])
})

describe('what cannot be read', () => {
  test.each([
    ['a (b', 2, "The '(' here is never closed."],
    ['[ (', 2, "The '(' here is never closed."],
    ['`${', 1, "The '${' here is never closed."],
    ['a ]', 2, "This ']' has no matching opening bracket."],
    ['(a ]', 3, "This ']' has no matching opening bracket."],
    ['(a }', 3, "This '}' has no matching opening bracket."],
    ['[)', 1, "This ')' has no matching opening bracket."],
    ['{]', 1, "This ']' has no matching opening bracket."],
    ['`${a)', 4, "This ')' has no matching opening bracket."],
    ['a `b', 3, 'The snippet ends inside a template string; close it with a backtick.'],
    ['a `\\', 3, 'The snippet ends inside a template string; close it with a backtick.'],
    ['`${a}b', 5, 'The snippet ends inside a template string; close it with a backtick.'],
    ['a /* b', 2, 'The snippet ends inside a comment; close it with */.'],
    ['a /*/', 2, 'The snippet ends inside a comment; close it with */.'],
    ["a 'b", 2, 'The string that starts here is not closed on its line.'],
    [`a "b'`, 2, 'The string that starts here is not closed on its line.'],
    ["a 'b\\'", 2, 'The string that starts here is not closed on its line.'],
    ['a \u0000', 2, 'The character "\\u0000" is not expected here.'],
  ])('%j', (code, at, message) => expect(problem(code)).toEqual({ code: 'EASEL_SYNTAX', at, message }))
})
