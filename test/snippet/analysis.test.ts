// What a snippet references and imports, character by character: missing a reference would restore wrong values.
import { describe, expect, it } from 'vitest'
import { MAX_TOKENS } from '../../src/snippet/imports.ts'
import { analyzeSnippet } from '../../src/snippet/analysis.ts'

describe('an import', () => {
  const imported = (code: string): string[] => {
    return analyzeSnippet(code).imports.map(({ name, text, module }) => `${name}: ${text} (${module})`)
  }
  const A = "a: import a from 'm' (m)"
  const ALL = "a: import * as a from 'm' (m)"
  const IN = "a: import { a } from 'm' (m)"

  it.each([
    ["import a from 'm'", [A]],
    ["import a, { b as c } from 'm'", [A, "c: import { b as c } from 'm' (m)"]],
    ["import a, * as b from 'm'", [A, "b: import * as b from 'm' (m)"]],
    ["import * as a from 'm'", [ALL]],
    ["import { a, } from 'm'", [IN]],
    ["import from 'm'", []],
    ["import { a, b from 'm' }", []],
    ["import { import as a } from 'm'", ["a: import { import as a } from 'm' (m)"]],
    ["import { 'x y' as a } from 'm'", ["a: import { 'x y' as a } from 'm' (m)"]],
    ["import { default as a } from 'm'", [A]],
    ["import 'm'", []],
    ["import {} from 'm'", []],
    ["import type a from 'm'", []],
    ["import type { a } from 'm'", []],
    ["import { type a } from 'm'", []],
    ["import { type a as b } from 'm'", []],
    ["import { type } from 'm'", ["type: import { type } from 'm' (m)"]],
    ["import { type as a } from 'm'", ["a: import { type as a } from 'm' (m)"]],
    ["import type from 'm'", ["type: import type from 'm' (m)"]],
    ["import type, { a } from 'm'", ["type: import type from 'm' (m)", IN]],
    ["import from from 'm'", ["from: import from from 'm' (m)"]],
    ["import * from 'm'", []],
    ["import a 'm'", []],
    ["import a from b 'm'", []],
    ["import a; from 'm'", []],
    ["import a = b.from 'm'", []],
    ["import a import b from 'm'", ["b: import b from 'm' (m)"]],
    ["import('m')", []],
    ["{ import a from 'm' }", []],
    ["a.import b from 'm'", []],
    ["'import'; import a from 'm'", [A]],
    ['import a from', []],
    ['import', []],
  ])('%s', (code, texts) => {
    expect(imported(code)).toEqual(texts)
  })

  it('is no part of what the rest of the snippet uses', () => {
    expect(analyzeSnippet("import a, { b } from 'm'; c; 'd'")).toMatchObject({ uses: ['c'], literals: [['d']] })
    expect(analyzeSnippet("import a; b from 'm'")).toMatchObject({
      uses: ['import', 'a', 'b', 'from'],
      literals: [],
      imports: [],
    })
    expect(analyzeSnippet("import 'm'\na")).toMatchObject({ uses: ['a'], literals: [] })
  })

  it('is read up to 1000 tokens', () => {
    expect(MAX_TOKENS).toBe(1000)
    expect(imported(`import { ${'a, '.repeat(497)}, } from 'm'`)).toHaveLength(497)
    expect(imported(`import { ${'a, '.repeat(498)} } from 'm'`)).toEqual([])
  })
})

describe('what is used', () => {
  it.each([
    ['a.b?.c', 'a'],
    ['{ a: b, c: d }', 'b d'],
    ['f(a, b ? c : d)', 'f a b c d'],
    ['x ? { a } : b', 'x a b'],
    ['switch (a) { case b, c: d }', 'switch a case b c d'],
    ['{ a: b, c: d }; case', 'b c d case'],
    ['class { #a = b; c = this.#a }', 'class b c this'],
    ['`a ${b} c`', 'b'],
    ['"a" + /b/ + 1', ''],
  ])('by %s: %s', (code, uses) => expect(analyzeSnippet(code).uses.join(' ')).toBe(uses))

  it('are members after a dot', () => {
    expect(analyzeSnippet("import a, { b } from 'm'; c.d?.e; this.#f; { g: h.i }").members).toEqual([
      'd',
      'e',
      '#f',
      'i',
    ])
  })

  it('are strings as they read, and the fixed parts of templates', () => {
    expect(analyzeSnippet('"a" + \'b\' + `c${d}e${f}`').literals).toEqual([['a'], ['b'], ['c', 'e', '']])
    expect(analyzeSnippet('`$`; `a\\`b`').literals).toEqual([['$'], ['a`b']])
  })

  it('is every word of what cannot be read, and it may do anything', () => {
    expect(analyzeSnippet("名.$b a$b _c\u200d1 'GlobalFonts")).toEqual({
      uses: ['名', '$b', 'a$b', '_c\u200d1', 'GlobalFonts'],
      imports: [],
      declares: [],
      literals: [],
      members: [],
      assigns: [],
      changes: ['globals', 'drawing'],
      closes: true,
    })
    expect(analyzeSnippet("'")).toMatchObject({ uses: [], changes: ['globals'] })
  })
})

describe('shared state', () => {
  const GLOBALS = 'globalThis global declare prototype __proto__ setPrototypeOf defineProperty defineProperties'
  const DRAWING =
    'defaults overrides register unregister registry ' +
    'GlobalFonts registerFont registerFromPath loadFontsFromDir loadSystemFonts deregisterAllFonts'

  it.each(GLOBALS.split(' '))('of the language may be changed with %s, in code and in text', (word) => {
    for (const code of [word, `a.${word}`, `a['${word}']`, `a[\`${word}\`]`])
      expect(analyzeSnippet(code).changes).toEqual(['globals'])
    expect(analyzeSnippet(`${word}s; s${word}; a['${word} ']`).changes).toEqual([])
  })

  it.each(DRAWING.split(' '))('of drawings may be changed with %s', (word) => {
    for (const code of [word, `a.${word}`, `a['${word}']`]) expect(analyzeSnippet(code).changes).toEqual(['drawing'])
    expect(analyzeSnippet(`${word}_; s${word}`).changes).toEqual([])
  })

  const LIBRARIES =
    'extend updateLocale setDefault setDefaultOptions seed addFunction addAggregateFunction addWindowFunction'
  it.each([...LIBRARIES.split(' ').flatMap((name) => [`${name}(a)`, `a.${name}(b)`]), "dayjs.locale('zh-cn')"])(
    'of libraries may be changed with %s',
    (code) => expect(analyzeSnippet(code).changes).toEqual(['libraries']),
  )

  it('of libraries is changed by the import of a locale of dayjs, not by locales of date-fns', () => {
    expect(analyzeSnippet("import 'dayjs/locale/zh-cn'").changes).toEqual(['libraries'])
    expect(
      analyzeSnippet("import zh from 'dayjs/locale/zh-cn'\nformat(0, 'P', { locale: zh, extend: 1 })").changes,
    ).toEqual([])
  })

  it.each([
    ['eval("a")', ['globals']],
    ['new Function("a")', ['globals']],
    ['eval; Function', []],
    ['eval.a(); Functions("a")', []],
    ['JSON.a = 1', ['globals']],
    ['a.JSON = 1', []],
    ['a.toString = 1', []],
    ['toString.a = 1', []],
  ])('%s', (code, changes) => expect(analyzeSnippet(code).changes).toEqual(changes))
})

describe('functions may be left behind', () => {
  it.each(['a => 1', 'function', 'class', '{ f() {} }', '{ f(): a {} }', 'if (a) {} b() {}'])('by %s', (code) =>
    expect(analyzeSnippet(code).closes).toBe(true),
  )

  it.each([
    'f()',
    'f() ? a : b',
    'if (a) { b }',
    'for await (a of b) {}',
    '{ a: 1 }',
    'a.b',
    '`=>` + "function"',
    'f(a',
  ])('not by %s', (code) => expect(analyzeSnippet(code).closes).toBe(code === 'f(a'))
})
