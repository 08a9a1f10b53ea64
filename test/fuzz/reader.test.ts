// Checks the snippet reader against the real compiler, for ten seconds of new snippets; `reader.ts` runs longer.
import { expect, test } from 'vitest'
import { importProblems } from '../../src/check/imports/allowed-imports.ts'
import { readTokens } from '../../src/snippet/tokens.ts'
import { openCompiler } from './compiler-imports.ts'
import { describeHole, fuzzReader } from './reader.ts'
import { createChance, generateSnippet } from './snippet-generator.ts'

test('the compiler is asked what it would resolve, in broken code too', () => {
  const compiler = openCompiler()
  try {
    const asked = [
      'a. / import("os") / 1',
      'a = / import("os") /',
      'import "a"; export * "b"',
      'let q: typeof import("./c")',
      '',
    ]
    expect(compiler.importsOf(asked)).toEqual([['os'], [], ['a', 'b'], ['./c'], []])
    expect(compiler.importsOf(['/// <reference path="d.ts" />', 'declare module "e" {}'])).toEqual([['d.ts'], ['e']])
  } finally {
    compiler.close()
  }
})

test('a seed makes the same snippet again, and another seed another one', () => {
  const snippets = [1, 1, 2].map((seed) => generateSnippet(createChance(seed)))
  expect(snippets[0]).toBe(snippets[1])
  expect(snippets[0]).not.toBe(snippets[2])
})

test('a hole is found: a reader that reads each slash in one way only', () => {
  const accepts = (snippet: string): boolean => {
    const reading = readTokens(snippet)
    return 'tokens' in reading && importProblems(reading.tokens, reading.comments).length === 0
  }
  const { holes } = fuzzReader({ seed: 1, seconds: 60, accepts })
  expect(holes).toHaveLength(1)
  const [hole] = holes
  expect(hole?.imports).toContain('os')
  expect(hole?.minimal.length).toBeLessThan(60)
  expect(describeHole(hole!)).toContain(`seed ${hole?.seed}: the compiler sees`)
})

test('no import passes the reader that a real parser would see', () => {
  const { accepted, holes } = fuzzReader({ seed: Date.now() % 1_000_000_000, seconds: 10 })
  expect(holes.map(describeHole)).toEqual([])
  expect(accepted).toBeGreaterThan(0)
})
