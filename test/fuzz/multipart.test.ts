// Runs the form fuzzer for ten seconds with a new seed each time; a failure prints the seed.
import { expect, test } from 'vitest'
import { fuzzForms, ownTemporaryFolder } from './multipart.ts'

test('every form is answered with a documented status, what is taken is what was sent, and nothing stays', async () => {
  // It changes this process's TMPDIR, which is read each time: process.env.TMPDIR
  const leave = ownTemporaryFolder()
  try {
    const { cases, ends } = await fuzzForms({ seed: Date.now() >>> 0, seconds: 10 })
    expect(cases).toBeGreaterThan(20)
    expect(Object.keys(ends).length).toBeGreaterThan(3)
  } finally {
    leave()
  }
})
