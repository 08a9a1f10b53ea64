// Runs the frame fuzzer for ten seconds with a new seed each time; a failure prints the seed.
import { expect, test } from 'vitest'
import { fuzzFrames } from './frames.ts'

test('the parent believes nothing of a lying child that the protocol forbids, wherever the pipe cuts it', async () => {
  const { cases, ends } = await fuzzFrames({ seed: Date.now() >>> 0, seconds: 10 })
  expect(cases).toBeGreaterThan(20)
  expect(Object.keys(ends).length).toBeGreaterThan(2)
})
