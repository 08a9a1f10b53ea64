// Type stripping is skipped for a snippet without types: the result must be what the stripper would give.
import { readdirSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { describe, expect, it } from 'vitest'
import { MODULE_NAMES } from '../../../sandbox/module-names.ts'
import { writeScript } from '../../../sandbox/child/cell/script.ts'
import { withNodeImports } from '../../../src/snippet/node-imports.ts'
import { RUNS } from '../../check/natural-snippets.ts'

const known = new Set<string>(MODULE_NAMES)
const scriptOf = (code: string): string => writeScript(code, 1, known).source
const stripped = (code: string): string => stripTypeScriptTypes(code, { mode: 'strip' })

const folder = new URL('../../conformance/snippets/', import.meta.url)
const whole = readdirSync(folder)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => [name, readFileSync(new URL(name, folder), 'utf8')] as const)

/** A JavaScript parser accepts each of them, with another meaning. */
const LIKE_COMPARISONS: readonly (readonly [what: string, code: string])[] = [
  ['a type argument', "const id = (x) => x; id<string>('a')"],
  ['one in a type argument', 'const id = (x) => x; id<Array<string>>([])'],
  ['one before a template', 'const tag = (x) => x; tag<string>`a`'],
  ['one before a line', 'const id = (x) => x; const same = id<string>\nsame(1)'],
  ['one before a comment', "const id = (x) => x; id<string>/* text */('a')"],
  ['one with room', "const id = (x) => x; id < string > ('a')"],
  ['a function as a type argument', 'const id = (x) => x; id<() => void>(() => {})'],
  ['two of them', 'const pair = (x) => x; pair<string, number>(1)'],
  ['one of a method', 'const a = { id: (x) => x }; a.id<string>(1)'],
]

describe('a script is the same whether or not the stripper was asked:', () => {
  it.each([...RUNS.map(([what, code]) => [what, withNodeImports(code)] as const), ...whole])('%s', (_what, code) => {
    expect(scriptOf(code)).toBe(scriptOf(stripped(code)))
  })

  it.each(LIKE_COMPARISONS)('%s', (_what, code) => {
    expect(stripped(code)).not.toBe(code)
    expect(scriptOf(code)).toBe(scriptOf(stripped(code)))
  })

  it.each([
    ['comparisons', 'const a = 1, b = 2; a < b && b > 1'],
    ['an arrow', 'const list = [1].map((x) => (x < 2 ? 1 : 0))'],
    ['a shift', '(1 << 2) >> (1)'],
    ['HTML', 'const html = "<b>(bold)</b>"'],
    ['names that TypeScript uses', 'const type = 1, as = 2, declare = 3; type\n+ as'],
  ])('%s', (_what, code) => {
    expect(scriptOf(code)).toBe(scriptOf(stripped(code)))
  })
})

describe('a mistake', () => {
  it('is told in the words of the stripper, as before', () => {
    expect(() => scriptOf('const a = ;')).toThrow(/SyntaxError: Expression expected/)
    expect(() => scriptOf('enum A { B }')).toThrow(/enum/)
  })
})
