// Earlier cells as shown to the compiler: which virtual documents there are, and how each name is bound.
import { describe, expect, test } from 'vitest'
import { readDeclarations } from '../../src/snippet/declarations.ts'
import { createVirtualDocuments } from '../../src/check/type-checker/virtual-documents.ts'
import { readTokens } from '../../src/snippet/tokens.ts'

/** The names that are bound once, and the names of types. */
function declared(code: string): [fixed: string, types: string] {
  const reading = readTokens(code)
  if ('problem' in reading) throw new Error(reading.problem.message)
  const { fixed, types } = readDeclarations(reading.tokens)
  return [[...fixed].join(' '), [...types].join(' ')]
}

describe('a declaration', () => {
  test.each([
    ['const a = 1', 'a', ''],
    ['const a = b, c = d', 'a c', ''],
    ['const a = b\nc', 'a', ''],
    ['const a = b, c\n= d', 'a c', ''],
    ['const a = [b, c], d = e', 'a d', ''],
    ['const a = f(b, c), d = {}, e = []', 'a d e', ''],
    ['const a: b = c', 'a', ''],
    ['const { a, b: c, d: [e] } = f, g = 1', 'a b c d e g', ''],
    ['const [a, b] = c, d = 1', 'a b d', ''],
    ['const { a } = b; c, d', 'a', ''],
    ['let a = 1; var b', '', ''],
    ['function f() { const a = 1 }', 'f', ''],
    ['function* f() {}', 'f', ''],
    ['async function f() {}', 'f', ''],
    ['class A { b = 1 }', 'A', 'A'],
    ['a = class {}', '', ''],
    ['a = function () {}', '', ''],
    ['interface A { b: c }', '', 'A'],
    ['type A = b', '', 'A'],
    ['type A<b> = c', '', 'A'],
    ['type = a', '', ''],
    ['type(a)', '', ''],
    ['a.type = b', '', ''],
    ['a.const b; a.class b; a.function b; a.interface b; a.import b', '', ''],
    ['{ const a = 1; class B {} }', '', ''],
    ['"const" + `class`', '', ''],
    ['export const a = 1', 'a', ''],
    ["import a from 'm'", 'a', ''],
    ["import a, { b, c as d } from 'm'", 'a b d', ''],
    ["import * as a from 'm'", 'a', ''],
    ["import a, * as b from 'm'", 'a b', ''],
    ["import 'm'\na", '', ''],
    ["import { type A, b, type C as D } from 'm'", 'b', 'A D'],
    ["import type A from 'm'", '', 'A'],
    ["import type { A, B as C } from 'm'", '', 'A C'],
    ["import type * as A from 'm'", '', 'A'],
    ["import type fromA from 'm'", '', 'fromA'],
    ["const a = b\nimport c, { type D } from 'm'", 'a c', 'D'],
    ["import type from 'm'", 'type', ''],
    ["import type, { a } from 'm'", 'type a', ''],
    ["import { type } from 'm'", 'type', ''],
    ["import { from } from 'm'", 'from', ''],
    ["import from from 'm'", 'from', ''],
    ["import { default as a } from 'm'; b", 'a', ''],
    ["import { type from } from 'm'", '', 'from'],
  ])('%j binds %j, and the types %j', (code, fixed, types) => expect(declared(code)).toEqual([fixed, types]))

  test.each(
    'const let var function class import export interface type if for while do switch try return throw await'.split(
      ' ',
    ),
  )('without a semicolon ends where the next line begins with %s', (word) => {
    const own: Readonly<Record<string, string>> = { const: 'a c d', function: 'a c', class: 'a c' }
    expect(declared(`const a = b\n${word} c, d`)[0]).toBe(own[word] ?? 'a')
    for (const other of [`${word}s`, `x${word}`]) expect(declared(`const a = b\n${other}, d`)).toEqual(['a d', ''])
  })

  test('goes on in the next line, and on the same one whatever word comes', () => {
    expect(declared('const a = b,\nlet = 1, c = 2')[0]).toBe('a let c')
    expect(declared('const a = b if, c = 2')[0]).toBe('a c')
    expect(declared('const a = (b\nif), c = 2')[0]).toBe('a c')
    expect(declared('const')).toEqual(['', ''])
  })
})

const NAMES = 'names.d.ts'
const shown = (notebook: ReturnType<typeof createVirtualDocuments>): Record<string, string> =>
  Object.fromEntries(notebook.documents())

describe('the documents', () => {
  test('of a notebook without cells declare nothing', () => {
    expect(shown(createVirtualDocuments())).toEqual({ [NAMES]: 'export {}\ndeclare global {\n}\n' })
  })

  test('have a name of any type until it is mentioned, then the cell that it comes from', () => {
    const notebook = createVirtualDocuments()
    notebook.accept('let a = 1\nconst b = 2\ninterface C {}', ['a', 'b'])
    expect(shown(notebook)).toEqual({
      [NAMES]: 'export {}\ndeclare global {\n  export type C = any\n  export let a: any\n  export let b: any\n}\n',
    })
    expect(notebook.noteMentions('x.a + "b"')).toBe(true)
    expect(notebook.noteMentions('a')).toBe(false)
    expect(notebook.noteMentions('other')).toBe(false)
    expect(notebook.noteMentions("'open")).toBe(false)
    const cell = 'let a = 1\nconst b = 2\ninterface C {}\nexport { type C, a, b }\n'
    expect(shown(notebook)).toEqual({
      [NAMES]:
        "import './cell-1.ts'\nexport {}\ndeclare global {\n  export let a: typeof import('./cell-1.ts').a\n" +
        '  export type C = any\n  export let b: any\n}\n',
      'cell-1.ts': cell,
    })
    expect(notebook.noteMentions('b; C')).toBe(true)
    expect(shown(notebook)).toEqual({
      [NAMES]:
        "import './cell-1.ts'\nexport {}\ndeclare global {\n  export { type C } from './cell-1.ts'\n" +
        "  export let a: typeof import('./cell-1.ts').a\n  export { b } from './cell-1.ts'\n}\n",
      'cell-1.ts': cell,
    })
  })

  test('bind in a cell what it mentions of the cells before, as it was then', () => {
    const notebook = createVirtualDocuments()
    notebook.accept('let a = 1; const b = 2; type C = 3', ['a', 'b'])
    notebook.accept('const d = a + b as C, c = "a"', ['d', 'c'])
    notebook.accept('const a = d', ['a'])
    notebook.noteMentions('a; d')
    expect([...notebook.documents().keys()]).toEqual([NAMES, 'cell-1.ts', 'cell-2.ts', 'cell-3.ts'])
    expect(shown(notebook)['cell-2.ts']).toBe(
      'const d = a + b as C, c = "a"\nexport { d, c }\n' +
        "declare let a: typeof import('./cell-1.ts').a\nimport { b } from './cell-1.ts'\nimport { type C } from './cell-1.ts'\n",
    )
    expect(shown(notebook)['cell-3.ts']).toBe("const a = d\nexport { a }\nimport { d } from './cell-2.ts'\n")
    expect(shown(notebook)[NAMES]).toMatch(
      /^import '\.\/cell-2\.ts'\nimport '\.\/cell-1\.ts'\nimport '\.\/cell-3\.ts'\n/,
    )
  })

  test('are only those that a mentioned name leads to, and a cell that no name leads to is gone for good', () => {
    const notebook = createVirtualDocuments()
    notebook.accept('const a = 1', ['a'])
    notebook.accept('const b = 2', ['b'])
    notebook.noteMentions('a; b')
    notebook.accept('const c = 3', ['c'])
    expect([...notebook.documents().keys()]).toEqual([NAMES, 'cell-1.ts', 'cell-2.ts'])
    notebook.accept('const a = 4', ['a'])
    expect([...notebook.documents().keys()]).toEqual([NAMES, 'cell-2.ts', 'cell-4.ts'])
    notebook.forget(['b'])
    expect([...notebook.documents().keys()]).toEqual([NAMES, 'cell-4.ts'])
    expect(shown(notebook)[NAMES]).not.toMatch(/ b\b/)
    expect(notebook.noteMentions('b')).toBe(false)
    notebook.forget()
    expect(shown(notebook)).toEqual(shown(createVirtualDocuments()))
    expect(notebook.noteMentions('c')).toBe(false)
  })

  test('are each looked for once, however many ways lead to them', () => {
    const notebook = createVirtualDocuments()
    notebook.accept('const v0 = 1', ['v0'])
    notebook.accept('const v1 = v0', ['v1'])
    for (let i = 2; i < 60; i++) notebook.accept(`const v${i} = v${i - 1} + v${i - 2}`, [`v${i}`])
    notebook.noteMentions('v59')
    expect(notebook.documents().size).toBe(61)
  })

  test('leave out a cell that cannot be read, and names that are none', () => {
    const notebook = createVirtualDocuments()
    notebook.accept("const a = 'open", ['a'])
    expect(shown(notebook)).toEqual(shown(createVirtualDocuments()))
    const names = ['a$b', '$a', '_', '名', 'é1\u200d', '1a', 'a-b', '', 'a b', 'a\nb', '-', 'a.b']
    notebook.accept('1', names)
    notebook.noteMentions('$a')
    expect(shown(notebook)['cell-1.ts']).toBe('1\nexport { a$b, $a, _, 名, é1\u200d }\n')
  })
})
