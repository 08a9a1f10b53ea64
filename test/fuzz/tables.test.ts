// A fixed part of the fuzz of text tables: no crash, and nothing wrong without a note.
import { expect, test } from 'vitest'
import { fuzzTables } from './tables.ts'

test('mutated tables are read without a crash; a wrong character is rare, and always noted as a guess', async () => {
  const { characters, silent, wrong, failures } = await fuzzTables(1, 150)
  expect(failures.filter((one) => /crashed|silently/.test(one))).toEqual([])
  expect(silent).toBe(0)
  expect(wrong / characters).toBeLessThan(0.001)
})
