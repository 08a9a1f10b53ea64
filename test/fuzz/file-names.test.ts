// Runs the file name fuzzer for ten seconds; a failure names its seed.
import { expect, test } from 'vitest'
import { fuzzFileNames } from './file-names.ts'

test('no name gets through as something that acts, clashes, leads out or is not taken', async () => {
  const end = performance.now() + 10_000
  const { names, failures } = await fuzzFileNames(1, (tried) => tried > 0 && performance.now() > end)
  expect(failures).toEqual([])
  expect(names).toBeGreaterThan(0)
})
