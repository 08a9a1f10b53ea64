// Same bytes outside: each snippet runs in the sandbox and in plain Node with the real packages; files, output and
// errors must be equal to the last byte. Known differences are in sandbox/LIMITS.md and in no snippet.
import { readFileSync, readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createChecker, type Checker } from '../../src/check/checker.ts'
import { drawInputs } from './inputs.ts'
import { openInside, type Inside } from './inside.ts'
import { runOutside } from './outside.ts'

const folder = new URL('snippets/', import.meta.url)
const snippets = readdirSync(folder)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => {
    const code = readFileSync(new URL(name, folder), 'utf8')
    return { name, code, title: code.split('\n')[0]?.replace(/^\/\/ /, '') ?? name }
  })

/** The subject of a snippet: the first word of its name. */
const subject = (name: string): string => /^\w+/.exec(name)?.[0] ?? name
/** Rounds with one snippet per subject, so that none finds what another of its subject left in its session. */
const rounds = Map.groupBy(
  snippets,
  ({ name }, at) => snippets.slice(0, at).filter((other) => subject(other.name) === subject(name)).length,
)

let inputs: Awaited<ReturnType<typeof drawInputs>>
let checker: Checker
beforeAll(async () => {
  checker = createChecker()
  inputs = await drawInputs()
})
afterAll(async () => {
  checker.close()
  await inputs.remove()
})

test('there are snippets for every module', () => {
  expect(snippets.length).toBeGreaterThanOrEqual(80)
})

describe('passes the type check', () => {
  test.each(snippets)('$name', async ({ code }) => {
    // Notes are allowed: some snippets sort numbers as text.
    const verdict = await checker.check(code)
    expect(verdict).toMatchObject({ ok: true })
    expect(verdict).not.toHaveProperty('hints')
  })
})

describe('makes the same inside and outside', () => {
  let inside: Inside
  let cache: string
  beforeAll(async () => {
    cache = await mkdtemp(join(tmpdir(), 'easel-compiled-'))
    inside = await openInside(inputs.folder)
  })
  afterAll(async () => {
    await inside.close()
    await rm(cache, { recursive: true, force: true })
  })

  describe.each([...rounds.values()])('in session %#', (...round) => {
    beforeAll(() => inside.renew())

    test.each(round)('$name: $title', async ({ name, code }) => {
      const traces = await Promise.all([inside.run(code), runOutside(new URL(name, folder), inputs.folder, cache)])
      expect(traces[0]).toEqual(traces[1])
    })
  })
})
