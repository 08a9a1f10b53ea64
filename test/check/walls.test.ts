// The type checker as a wall: what hangs it, bloats it or kills it ends in time, and the next check works.
import { afterEach, describe, expect, test } from 'vitest'
import { createChecker, type Checker, type CheckerOptions } from '../../src/check/checker.ts'
import { findCompiler, TYPES_FOLDER } from '../../src/check/type-checker/executable.ts'
import { startLanguageServer, type LanguageServer } from '../../src/check/type-checker/language-server.ts'
import { createMessageReader, frame } from '../../src/check/type-checker/message-stream.ts'
import { watchLoop } from '../measures.ts'

let checker: Checker | undefined
const open = (options?: CheckerOptions): Checker => (checker = createChecker(options))
afterEach(() => checker?.close())

/** Tuples of every permutation of ten letters: the compiler works on it for half a minute. */
const RECURSIVE = `type Letter = 'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'h' | 'i' | 'j'
type Orders<T, K = T> = [T] extends [never]
  ? []
  : K extends K
    ? [K, ...Orders<Exclude<T, K>>]
    : never
const some: Orders<Exclude<Letter, 'j'>> = null as any
const all: Orders<Letter> = some as any
all.length`

const WRONG = 'nothing()'
const TOLD = {
  ok: false,
  diagnostics: [
    {
      line: 1,
      column: 1,
      code: 'TS2304',
      message: "Cannot find name 'nothing'. It is neither declared nor a global of the sandbox.",
    },
  ],
}

describe('a check that does not end', () => {
  test('is stopped at its limit, keeps the event loop free, and the next one works with its names', async () => {
    // However small its share of a busy machine's processors.
    const { check, accept } = open({ timeoutMs: 2000, wallMs: 100_000 })
    expect(await check(WRONG)).toEqual(TOLD)
    accept("import sharp from 'sharp'\nlet kept = sharp('a')", ['sharp', 'kept'])
    const { value, longest, ticks } = await watchLoop(() => check(RECURSIVE))
    expect(value).toEqual({
      ok: false,
      diagnostics: [
        {
          line: 1,
          column: 1,
          code: 'EASEL_CHECK_TIMEOUT',
          message:
            'The type check took more than 2 s of processor time: the types in this snippet are too complicated. Use simpler types, or any.',
        },
      ],
    })
    expect(longest).toBeLessThan(200)
    expect(ticks).toBeGreaterThan(20)
    expect(await check('kept.blurr()')).toMatchObject({ diagnostics: [{ code: 'TS2551' }] })
  })

  test('can be stopped by the person, and the next one works', async () => {
    const { check } = open()
    await check('1')
    const stop = new AbortController()
    setTimeout(() => stop.abort(new Error('stopped')), 200)
    await expect(check(RECURSIVE, stop.signal)).rejects.toThrow('stopped')
    expect(await check(WRONG)).toEqual(TOLD)
  })
})

test('a check past its memory is stopped and says so', async () => {
  const verdict = await open({ rssBytes: 20 * 1_048_576 }).check('1')
  expect(verdict).toMatchObject({ ok: false, diagnostics: [{ code: 'EASEL_CHECK_MEMORY' }] })
  expect(JSON.stringify(verdict)).toMatch(/The type check used \d+ MB, more than its 20 MB: the types in this snippet/)
})

test.each([
  ['dies at once', '/bin/false'],
  ['answers nonsense', '/bin/echo'],
  ['does not exist', '/nowhere/tsc'],
])('a checker that %s is started once more and then reported', async (_what, compiler) => {
  expect(await open({ compiler }).check('1')).toEqual({
    ok: false,
    diagnostics: [
      {
        line: 1,
        column: 1,
        code: 'EASEL_CHECK_CRASHED',
        message: 'The type checker stopped twice on this snippet, so it was not run. Write it with simpler types.',
      },
    ],
  })
})

test('nesting that brackets do not show ends as a verdict too', async () => {
  const { check } = open({ timeoutMs: 1_000 })
  for (const code of [
    `const a = ${'!'.repeat(90_000)}1`,
    `type A = ${'Array<'.repeat(20_000)}1${'>'.repeat(20_000)}`,
  ]) {
    expect(await check(code)).toHaveProperty('ok')
  }
  expect(await check(WRONG)).toEqual(TOLD)
})

test('a checker that has had nothing to do for some seconds is the same process, still warm', async () => {
  const processes: (number | undefined)[] = []
  const start = (): LanguageServer => {
    const server = startLanguageServer(findCompiler(), TYPES_FOLDER)
    processes.push(server.pid)
    return server
  }
  const { check } = open({ start })
  expect(await check('1')).toEqual({ ok: true })
  // The compiler looks for the process that started it every 5 s.
  await new Promise((resolve) => setTimeout(resolve, 6500))
  expect(await check(WRONG)).toEqual(TOLD)
  expect(processes).toHaveLength(1)
})

test('checks asked at once are answered each for its own snippet', async () => {
  const { check } = open()
  const verdicts = await Promise.all([check('1'), check(WRONG), check("import 'os'"), check('2')])
  expect(verdicts.map(({ ok }) => ok)).toEqual([true, false, false, true])
})

test('a closed checker refuses', async () => {
  const { check, close } = open()
  close()
  await expect(check('1')).rejects.toThrow('the checker is closed')
})

describe('the stream of messages', () => {
  test('is read whole from pieces of any size', () => {
    const sent = [{ id: 1, text: '你好' }, { id: 2 }, { id: 3, text: 'x'.repeat(5_000) }]
    const bytes = Buffer.concat(sent.map(frame))
    for (const size of [1, 7, 1_000, bytes.length]) {
      const got: unknown[] = []
      const read = createMessageReader((message) => got.push(message))
      for (let at = 0; at < bytes.length; at += size) read(bytes.subarray(at, at + size))
      expect(got).toEqual(sent)
    }
  })

  test('of an absurd length is refused', () => {
    const read = createMessageReader(() => {})
    expect(() => read(Buffer.from('Content-Length: 99999999999\r\n\r\n'))).toThrow('a message of 99999999999 bytes')
  })
})
