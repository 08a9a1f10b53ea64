// Texts meant to keep the server busy: reading them on the shared event loop takes time in proportion to their length,
// never to its square. Each of these once took from 10 s to days.
import { expect, test } from 'vitest'
import { createMemoryDisk, openMemoryStore } from '../doubles/memory-store.ts'
import { applyEdits } from '../../sessions/journal/edits.ts'
import type { Edit } from '../../sessions/event.ts'
import { preflight } from '../../src/check/preflight.ts'
import { analyzeSnippet } from '../../src/snippet/analysis.ts'
import { withNodeImports } from '../../src/snippet/node-imports.ts'
import { toCodeBlock } from '../../src/export/markdown.ts'
import { undoRequest } from '../../src/runtime/undo.ts'
import { cell } from '../doubles/model-server/journal.ts'

/** Of processor time. */
const MAX_MS = 2000

function quickly<T>(work: () => T): T {
  const before = process.threadCpuUsage()
  const done = work()
  const { user, system } = process.threadCpuUsage(before)
  expect((user + system) / 1000).toBeLessThan(MAX_MS)
  return done
}

test('a request that nearly asks for an undo', async () => {
  const session = await openMemoryStore({ disk: createMemoryDisk() }).create({ idleMs: 60_000, retentionMs: 60_000 })
  const many = 50_000
  for (const text of [
    `undo${' '.repeat(many)}\nx\ny`,
    `undo a${'.'.repeat(many)}x`,
    `please${' '.repeat(many)}undo`,
    `undo a${'.'.repeat(1100)}x`,
    `undo${' '.repeat(1100)}\nx\ny`,
  ])
    expect(quickly(() => undoRequest(text, session))).toBeUndefined()
})

test('an edit whose text is all white space but for its ends', () => {
  const journal = [cell(1, 'const a b = 1')]
  const find = `a${' '.repeat(1_000_000)}b`
  expect(quickly(() => applyEdits(journal, 1, [{ find, replace: 'c' }]))).toEqual({ code: 'const c = 1' })
})

test('fifty edits of a long cell none of which stands there', () => {
  const journal = [cell(1, 'a '.repeat(50_000))]
  const edits: Edit[] = Array.from({ length: 50 }, (_, n) => ({ find: `b${n}`, replace: 'c' }))
  const done = quickly(() => applyEdits(journal, 1, edits))
  expect(done).toEqual({
    problem: [1, 2, 3]
      .map((n) => `Edit ${n}: "b${n - 1}" does not occur in cell 1. Copy the piece from the current code.`)
      .join(' '),
  })
})

test.each([
  ['imports that never end', 'import a,'],
  ['braces of imports that never close', 'import {'],
  ['imports in a comment', 'import {', '//'],
])('%s', (_, piece, head = '') => {
  const code = head + piece.repeat(12_000)
  expect(quickly(() => withNodeImports(code))).toBe(code)
  quickly(() => preflight(code))
  quickly(() => analyzeSnippet(code))
})

test('printed lines of blanks, and more runs of backticks than a call takes arguments', () => {
  expect(quickly(() => toCodeBlock(`${' '.repeat(1_000_000)}x`))).toMatch(/x\n```$/)
  expect(quickly(() => toCodeBlock('`a'.repeat(500_000)))).toMatch(/^```\n/)
})
