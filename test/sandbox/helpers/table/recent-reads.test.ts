// What is remembered of files that were read.
import { afterEach, expect, test, vi } from 'vitest'
import { numberColumn } from '../../../../sandbox/helpers/table/columns.ts'
import { readKey, recallRead, rememberRead } from '../../../../sandbox/helpers/table/recent-reads.ts'

afterEach(() => void vi.unstubAllGlobals())

const read = () => ({
  columns: [{ data: numberColumn('n', new Float64Array([1, 2])), unit: '€', notes: ['a note'] }],
  rows: 2,
  delimiter: ';',
  notes: ['another'],
})

test('the vectors themselves come back, with all that was found out', () => {
  const first = read()
  rememberRead('a', first)
  const again = recallRead('a')
  expect(again).toEqual(first)
  expect(again?.columns[0]?.data).toBe(first.columns[0]?.data)
  expect(recallRead('b')).toBeUndefined()
})

test('vectors that nobody has any more are read again', () => {
  vi.stubGlobal(
    'WeakRef',
    class {
      deref = () => undefined
    },
  )
  rememberRead('gone', read())
  expect(recallRead('gone')).toBeUndefined()
})

test('the oldest are forgotten', () => {
  const kept = Array.from({ length: 51 }, read)
  for (const [i, one] of kept.entries()) rememberRead(`n${i}`, one)
  expect(kept.map((_, i) => recallRead(`n${i}`) !== undefined)).toEqual(kept.map((_, i) => i > 0))
})

test('a table that is used stays, whatever else is read', () => {
  const kept = Array.from({ length: 60 }, read)
  for (const [i, one] of kept.entries()) {
    rememberRead(`m${i}`, one)
    expect(recallRead('m0')).toBeDefined()
  }
})

test('outside the sandbox nothing tells whether a file changed', async () => {
  expect(await readKey(import.meta.filename, [])).toBeUndefined()
})
