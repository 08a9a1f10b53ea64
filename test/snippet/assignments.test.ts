// What a snippet certainly declares, and whose members it assigns to, character by character.
import { describe, expect, it } from 'vitest'
import { analyzeSnippet } from '../../src/snippet/analysis.ts'

describe('a name is certainly declared', () => {
  it.each([
    ['const a = 1', 'a'],
    ['let a', 'a'],
    ['var a', 'a'],
    ['class A {}', 'A'],
    ['function f() {}', 'f'],
    ['function* f() {}', 'f'],
    ['async function f() {}', 'f'],
    ['export const a = 1', 'a'],
    ['export async function f() {}', 'f'],
    ['a; const b = 1', 'b'],
    ['const a = 1\nconst b = 2', 'a b'],
    ["const a = 'b'\nlet c", 'a c'],
    ['const a = `b`\nlet c', 'a c'],
    ['const a = /b/\nlet c', 'a c'],
    ['const a = b\nlet c', 'a c'],
    ['const a = b()\nlet c', 'a c'],
    ['const a = b[0]\nlet c', 'a c'],
    ['const a = {}\nlet c', 'a c'],
    ['const a = 1, b = 2', 'a'],
    ['const { a, b: c, ...d } = e', 'a c d'],
    ['let [a, , ...b] = c', 'a b'],
    ['var { a } = b', 'a'],
    ['const {} = a', ''],
    ["const { 'a': b } = c", ''],
    ['const { a: { b } } = c', ''],
    ['const [a, [b]] = c', ''],
    ['const { a = 1 } = b', ''],
    ['const { [a]: b } = c', ''],
  ])('%j declares %j', (code, names) => expect(analyzeSnippet(code).declares.join(' ')).toBe(names))

  it.each([
    '{ const a = 1 }',
    '(function a() {})',
    'a = class B {}',
    'a = function b() {}',
    'a = async function b() {}',
    'declare\nlet a',
    'declare const a: number',
    'abstract class A {}',
    'async\nfunction',
    'a.const b',
    'if (a) let b',
    'a +\nfunction b() {}',
    'async\na',
    'async\na f',
    'async a b',
    'a function f() {}',
    '{ a; const b = 1 }',
    'const 1',
    'class {}',
    'function () {}',
    'const',
    'const {',
    '`const a`',
    '"const a"',
    'a?.\nlet b',
    'a const b',
    'a async function b() {}',
    '\nconst\n"a"',
  ])('%j declares nothing for certain', (code) => expect(analyzeSnippet(code).declares).toEqual([]))

  it.each(
    'declare abstract default new typeof void delete return await in of instanceof extends else do throw case yield'.split(
      ' ',
    ),
  )('none is after %s, whatever stands on the next line', (word) => {
    expect(analyzeSnippet(`a\n${word}\nclass B {}`).declares).toEqual([])
    expect(analyzeSnippet(`a\n${word}s\nclass B {}`).declares).toEqual(['B'])
  })

  it('once, however often it is', () => {
    expect(analyzeSnippet('let a; let a').declares).toEqual(['a'])
    // On a line of its own, `async` is a name, and what follows it is a declaration.
    for (const code of ['async\nfunction f() {}', 'async\n function * f() {}'])
      expect(analyzeSnippet(code).declares).toEqual(['f'])
  })
})

describe('a member is assigned to', () => {
  it.each([
    'a.b = 1',
    'a[b] = 1',
    'a.b.c[d](e).f = 1',
    'a?.b.c = 1',
    'a().b = 1',
    'a[0]().b = 1',
    'a?.[0].b = 1',
    'a?.(b).c = 1',
    'a!.b = 1',
    'a.b! = 1',
    'a![0]! = 1',
    'a!(b).c = 1',
    'a(b)(c).d = 1',
    'a[b](c).d = 1',
    'a.b = c = 1',
    'x = a.b = 1',
    'a.b =\n1',
    'a[(b)] = 1',
    ...'+ - * / % ** & && | || ^ ?? << >> >>>'.split(' ').map((sign) => `a.b ${sign}= 1`),
    ...'+ - * / % ** & && | || ^ ?? << >> >>>'.split(' ').map((sign) => `a.b${sign}=1`),
  ])('%s', (code) => expect(analyzeSnippet(code).assigns).toEqual(['a']))

  it.each([
    ['(a as any).b = 1', 'a as any'],
    ['(a.b as any) = 1', 'a b as any'],
    ['((a)).b = 1', 'a'],
    ['(<any>a)[b].c = 1', 'any a'],
    ['if (a) (b as any).c = 1', 'b as any'],
    ['await (a as any).b(c).d = 1', 'a as any'],
    ['a.b = 1; c.d = 2; a.e = 3', 'a c'],
    ['[a][0].b = 1', 'a'],
    ['[a.b, c] = d', 'a b c'],
    ['a ? b : (c as any).d = 1', 'c as any'],
    ['this.a = 1', 'this'],
    ['new A(b).c = 1', 'A'],
  ])('%s: %s', (code, roots) => expect(analyzeSnippet(code).assigns.join(' ')).toBe(roots))

  it.each('return throw typeof void delete await yield else do case in of instanceof default'.split(' '))(
    'in parentheses after %s',
    (word) => {
      expect(analyzeSnippet(`${word} (a).b = 1`).assigns).toEqual(['a'])
      expect(analyzeSnippet(`${word}s (a).b = 1`).assigns).toEqual([`${word}s`])
    },
  )

  it.each([
    'a = 1',
    'a += 1',
    'a! = 1',
    'a.b == 1',
    'a.b === 1',
    'a.b != 1',
    'a.b !== 1',
    'a.b!=1',
    'a.b <= 1',
    'a.b >= 1',
    'a.b=>1',
    'const { a } = b',
    'let a: (Date | B)[] = []',
    'let a: Date[] = []',
    'let a: (Date | B) = c',
    'let a: [Date, B] = c',
    '= 1',
    '.a = 1',
    ') = 1',
    '"a".b = 1',
    '"a" = "="',
    '`=`.a',
  ])('not by %s', (code) => expect(analyzeSnippet(code).assigns).toEqual([]))

  it.each(['(Math as any).random = () => 1', '(Math.random as any) = () => 1', 'Math.random! = () => 1'])(
    "so that the language's own objects may change: %s",
    (code) => expect(analyzeSnippet(code).changes).toEqual(['globals']),
  )
})
