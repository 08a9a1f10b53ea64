// Same bytes outside: each snippet runs in the sandbox and in plain Node with the real packages; files, output and
// errors must be equal to the last byte. What cannot be equal is in sandbox/LIMITS.md and in no snippet.
import { readFileSync, readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createChecker, type Checker } from '../../src/check/checker.ts'
import { drawInputs } from './inputs.ts'
import { runInside } from './inside.ts'
import { runOutside } from './outside.ts'

const folder = new URL('snippets/', import.meta.url)
const snippets = readdirSync(folder)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => {
    const code = readFileSync(new URL(name, folder), 'utf8')
    return { name, code, title: code.split('\n')[0]?.replace(/^\/\/ /, '') ?? name }
  })

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
    expect(await checker.check(code)).toEqual({ ok: true })
  })
})

describe('makes the same inside and outside', () => {
  test.each(snippets)('$name: $title', async ({ name, code }) => {
    const [inside, outside] = await Promise.all([
      runInside(code, inputs.folder),
      runOutside(new URL(name, folder), inputs.folder),
    ])
    expect(inside).toEqual(outside)
  })
})
