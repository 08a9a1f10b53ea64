// The top-level names of a snippet, told by its tokens.
import { expect, it } from 'vitest'
import { readDeclarations } from '../../src/snippet/declarations.ts'
import { readTokens } from '../../src/snippet/tokens.ts'

function typesOf(code: string): string[] {
  const reading = readTokens(code)
  return 'problem' in reading ? [] : [...readDeclarations(reading.tokens).types]
}

it.each([
  ['class A {}', ['A']],
  ['export default class A {}', ['A']],
  ['abstract class A {}', ['A']],
  ['const a = class A {}', []],
  ['const a =\nclass A {}', []],
  ['f(class A {})', []],
  ['interface A {}\ntype B = A', ['B', 'A']],
])('%j declares the types %j', (code, types) => {
  expect(typesOf(code).toSorted()).toEqual(types.toSorted())
})

it('counts a constant assertion as no declaration', () => {
  const reading = readTokens('const a = [1] as const, b = <const>[2], c = 3')
  expect('tokens' in reading && [...readDeclarations(reading.tokens).fixed]).toEqual(['a', 'b', 'c'])
})
