// The checker's verdicts by its server's behaviour: what is retried, what is reported, and in which order.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createChecker, type CheckerOptions } from '../../src/check/checker.ts'
import { imitateServers, type Imitation } from '../doubles/language-server.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] })
})
afterEach(() => void vi.useRealTimers())

function checking(options: CheckerOptions = {}, imitation: Imitation = {}) {
  const servers = imitateServers(imitation)
  return { ...createChecker({ ...options, start: servers.start }), ...servers }
}

/** Advances the clock by more than two attempts take. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  await vi.advanceTimersByTimeAsync(60_000)
  return work
}

const refused = (code: string, message: string) => ({ ok: false, diagnostics: [{ line: 1, column: 1, code, message }] })
const BUSY = refused(
  'EASEL_CHECK_BUSY',
  'The snippet could not be checked in time, as the machine is busy, so it was not run. Send it again as it is.',
)
const CRASHED = refused(
  'EASEL_CHECK_CRASHED',
  'The type checker stopped twice on this snippet, so it was not run. Write it with simpler types.',
)
const tooLong = (seconds: string) =>
  refused(
    'EASEL_CHECK_TIMEOUT',
    `The type check took more than ${seconds} s of processor time: the types in this snippet are too complicated. Use simpler types, or any.`,
  )

/** The requests among the messages to the servers. */
const questions = (told: readonly string[]): string[] => told.filter((one) => /ask (?!warm-up)/.test(one))

describe('a verdict', () => {
  test('is what the server says', async () => {
    const { check } = checking()
    expect(await check('x')).toEqual({ ok: true })
    expect(await check('wrong')).toEqual({
      ok: false,
      diagnostics: [{ line: 2, column: 3, code: 'TS1109', message: 'It is wrong.' }],
    })
  })

  test.each([
    ['wait', BUSY],
    ['die', CRASHED],
    ['rest', CRASHED],
  ])('on a server that does %s comes after the second time', async (code, verdict) => {
    const { check, told, count } = checking()
    expect(await inTime(check(code))).toEqual(verdict)
    expect(questions(told)).toEqual([`1 ask ${code}`, `2 ask ${code}`])
    expect(count()).toBe(3)
  })

  test.each(['wait_once', 'die_once', 'rest_once'])('is none on %s: the second time counts', async (code) => {
    const { check, told } = checking()
    expect(await inTime(check(code))).toEqual({ ok: true })
    expect(questions(told)).toEqual([`1 ask ${code}`, `2 ask ${code}`])
  })

  test('on too much processor time comes at once, after 5 s unless another time is set', async () => {
    const { check, told, answer } = checking()
    expect(await inTime(check('compute_5000'))).toEqual(tooLong('5'))
    expect(questions(told)).toEqual(['1 ask compute_5000'])
    const nearly = check('compute_4999')
    await vi.advanceTimersByTimeAsync(20_000)
    answer()
    expect(await nearly).toEqual({ ok: true })
    expect(await inTime(checking({ timeoutMs: 1500 }).check('compute_1500'))).toEqual(tooLong('1.5'))
  })

  test.runIf(process.platform === 'linux')('on too much memory comes at once', async () => {
    const { check, told } = checking({ rssBytes: 20 * 1_048_576 }, { pid: process.pid })
    const work = check('wait')
    await vi.advanceTimersByTimeAsync(50)
    const verdict = await work
    const [, mb = ''] = /used (\d+) MB/.exec(JSON.stringify(verdict)) ?? []
    expect(verdict).toEqual(
      refused(
        'EASEL_CHECK_MEMORY',
        `The type check used ${mb} MB, more than its 20 MB: the types in this snippet are too complicated. Use simpler types, or any.`,
      ),
    )
    const now = process.memoryUsage.rss() / 1_048_576
    expect(Number(mb)).toBeGreaterThan(now / 2)
    expect(Number(mb)).toBeLessThan(now * 2)
    expect(questions(told)).toEqual(['1 ask wait'])
  })
})

describe('checks', () => {
  test('are asked one after another, also after one that failed', async () => {
    const { check, told, answer } = checking()
    const stop = new AbortController()
    const all = [check('wait'), check('x', stop.signal), check('y'), check('wrong')]
    const settled = Promise.allSettled(all)
    stop.abort(new Error('stopped'))
    await vi.advanceTimersByTimeAsync(100)
    expect(questions(told)).toEqual(['1 ask wait'])
    answer()
    expect((await settled).map((one) => (one.status === 'rejected' ? String(one.reason) : one.value.ok))).toEqual([
      true,
      'Error: stopped',
      true,
      false,
    ])
    expect(questions(told)).toEqual(['1 ask wait', '1 ask y', '1 ask wrong'])
  })

  test('that need no server do not wait for it', async () => {
    const { check, told } = checking()
    const first = check('wait')
    expect(await check("import 'os'")).toMatchObject({ ok: false, diagnostics: [{ code: 'EASEL_IMPORT' }] })
    expect(questions(told)).toEqual([])
    await inTime(first)
  })

  test.each([
    ['the first', 100],
    ['the second', 25_100],
  ])('can be stopped by the person at %s try', async (_which, ms) => {
    const { check, told } = checking()
    const stop = new AbortController()
    const asked = check('wait', stop.signal)
    asked.catch(() => undefined)
    await vi.advanceTimersByTimeAsync(ms)
    const before = questions(told)
    stop.abort(new Error('stopped'))
    await expect(asked).rejects.toThrow('stopped')
    expect(questions(told)).toEqual(before)
    expect(await check('x')).toEqual({ ok: true })
  })

  test('are refused by a closed checker, also one that was asked before', async () => {
    const { check, close, told, count, accept } = checking()
    accept('let kept = 1', ['kept'])
    const asked = check('wait')
    asked.catch(() => undefined)
    await vi.advanceTimersByTimeAsync(100)
    close()
    await expect(asked).rejects.toThrow(new Error('the checker is closed'))
    await expect(check('kept')).rejects.toThrow(new Error('the checker is closed'))
    expect(questions(told)).toEqual(['1 ask wait'])
    expect(count()).toBe(1)
  })
})

describe('cells that ran', () => {
  /** The messages to a server after its start. */
  const later = (told: readonly string[]): string[] => told.slice(2)

  test('are shown once for all of a journal, and before the next check', async () => {
    const { accept, check, told, documents } = checking()
    for (const name of ['a', 'b', 'c']) accept(`let ${name} = 1`, [name])
    expect(later(told)).toEqual([])
    await check('x')
    expect(later(told)).toEqual(['1 show names.d.ts', '1 hold', '1 ask x', '1 let go'])
    expect(documents()).toContain('export let c: any')
    accept('let d = 1', ['d'])
    await check('y')
    expect(later(told).slice(4)).toEqual(['1 show names.d.ts', '1 hold', '1 ask y', '1 let go'])
    expect(documents()).toContain('export let d: any')
  })

  test('are shown whole when a check mentions their names, and once', async () => {
    const { accept, check, told } = checking()
    accept('let kept = 1', ['kept'])
    await check('kept')
    expect(later(told)).toEqual([
      '1 show names.d.ts',
      '1 show names.d.ts cell-1.ts',
      '1 hold',
      '1 ask kept',
      '1 let go',
    ])
    await check('kept')
    expect(later(told).slice(5)).toEqual(['1 hold', '1 ask kept', '1 let go'])
  })

  test('are forgotten by name, or all', async () => {
    const { accept, forget, check, documents, told } = checking()
    accept('let a = 1', ['a'])
    accept('let b = 1', ['b'])
    forget(['a'])
    await check('x')
    expect(documents()).not.toContain('export let a')
    expect(documents()).toContain('export let b')
    forget()
    await check('x')
    expect(documents()).not.toContain('export let')
    expect(later(told).filter((one) => one.includes('show'))).toHaveLength(2)
  })
})
