// The limits of one check: whichever comes first of its result, a limit and the user's cancel; nothing is left of it.
import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { runWithLimits, type LimitedOutcome } from '../../src/check/type-checker/check-limits.ts'
import { imitateMeter, type ImitatedMeter } from '../doubles/language-server.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] })
})
afterEach(() => void vi.useRealTimers())

const LIMITS = { pid: undefined, time: { cpuMs: 1000, wallMs: 60_000 }, rssBytes: 0 }

interface Watching {
  readonly cpu: ImitatedMeter
  readonly controller: AbortController
  /** Of the watched work. */
  readonly resolve: (value: string) => void
  readonly reject: (error: Error) => void
  readonly outcome: Promise<LimitedOutcome<string>>
  /** The results so far. */
  told(): LimitedOutcome<string> | undefined
}

function watching(limits: { pid?: number; rssBytes?: number } = {}, controller = new AbortController()): Watching {
  const cpu = imitateMeter()
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const outcome = runWithLimits(promise, { ...LIMITS, ...limits, cpu, signal: controller.signal })
  let told: LimitedOutcome<string> | undefined
  void outcome.then((one) => (told = one))
  return { cpu, controller, resolve, reject, outcome, told: () => told }
}

/** No timer or signal listener is left. */
function expectNothingLeft({ controller }: Watching): void {
  expect(vi.getTimerCount()).toBe(0)
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
}

/** Lets the event loop turn, so that files are read. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve))
}

describe('a watch', () => {
  test('ends with the work, whose value it gives', async () => {
    const one = watching()
    expect(vi.getTimerCount()).toBe(2)
    expect(getEventListeners(one.controller.signal, 'abort')).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(2000)
    expect(one.told()).toBeUndefined()
    one.resolve('It is so.')
    expect(await one.outcome).toEqual({ type: 'done', value: 'It is so.' })
    expectNothingLeft(one)
  })

  test('says that work which fails crashed', async () => {
    const one = watching()
    one.reject(new Error('gone'))
    expect(await one.outcome).toEqual({ type: 'crashed' })
    expectNothingLeft(one)
  })

  test('needs no signal', async () => {
    const cpu = imitateMeter()
    expect(await runWithLimits(Promise.resolve(1), { ...LIMITS, cpu })).toEqual({ type: 'done', value: 1 })
    expect(vi.getTimerCount()).toBe(0)
  })

  test('is over when the work used up its processor time, counted from the start', async () => {
    const one = watching()
    one.cpu.ms += 999
    await vi.advanceTimersByTimeAsync(2000)
    expect(one.told()).toBeUndefined()
    one.cpu.ms += 1
    await vi.advanceTimersByTimeAsync(500)
    expect(one.told()).toEqual({ type: 'timeout' })
    expectNothingLeft(one)
  })

  test('is over when the clock is at its bound: the machine was busy', async () => {
    const one = watching()
    await vi.advanceTimersByTimeAsync(59_999)
    expect(one.told()).toBeUndefined()
    await vi.advanceTimersByTimeAsync(1)
    expect(one.told()).toEqual({ type: 'busy' })
    expectNothingLeft(one)
  })

  test('is over when nothing is at work any more', async () => {
    const one = watching()
    one.cpu.active = false
    await vi.advanceTimersByTimeAsync(9999)
    expect(one.told()).toBeUndefined()
    await vi.advanceTimersByTimeAsync(1)
    expect(one.told()).toEqual({ type: 'crashed' })
    expectNothingLeft(one)
  })

  test('is over when the person stops it, before it begins too', async () => {
    const one = watching()
    one.controller.abort()
    expect(await one.outcome).toEqual({ type: 'cancelled' })
    expectNothingLeft(one)
    const stopped = new AbortController()
    stopped.abort()
    const other = watching({}, stopped)
    expect(await other.outcome).toEqual({ type: 'cancelled' })
    expectNothingLeft(other)
  })
})

describe('memory', () => {
  test.runIf(process.platform === 'linux')(
    'past its bound ends the watch at the next look, with its bytes',
    async () => {
      const one = watching({ pid: process.pid })
      await vi.advanceTimersByTimeAsync(49)
      await turns()
      expect(one.told()).toBeUndefined()
      await vi.advanceTimersByTimeAsync(1)
      const outcome = await one.outcome
      const { bytes } = outcome as { bytes: number }
      expect(outcome).toEqual({ type: 'memory', bytes })
      expect(bytes % 1024).toBe(0)
      const now = process.memoryUsage.rss()
      expect(bytes).toBeGreaterThan(now / 2)
      expect(bytes).toBeLessThan(now * 2)
      expectNothingLeft(one)
    },
  )

  test.runIf(process.platform === 'linux')('is not what a process says of itself by its name', async () => {
    const { title } = process
    process.title = 'VmRSS: 1 kB'
    try {
      const one = watching({ pid: process.pid, rssBytes: 1024 })
      await vi.advanceTimersByTimeAsync(50)
      expect(await one.outcome).toMatchObject({ type: 'memory' })
    } finally {
      process.title = title
    }
  })

  test.each([
    ['within its bound', { pid: process.pid, rssBytes: 1e15 }],
    ['of a process that is gone', { pid: 2 ** 30 }],
    ['of a process that never was', {}],
  ])('%s is no reason to end', async (_whose, limits) => {
    const one = watching(limits)
    await vi.advanceTimersByTimeAsync(200)
    await turns()
    expect(one.told()).toBeUndefined()
    one.resolve('It is so.')
    expect(await one.outcome).toEqual({ type: 'done', value: 'It is so.' })
  })
})
