// Time limits of a process: its processor time counts, not the clock, with a generous wall-clock limit behind it.
import { spawn, type ChildProcess } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openCpuMeter } from '../../src/process-watch/cpu-meter.ts'
import { readPsTime } from '../../src/process-watch/cpu-meter.ts'
import { watchTime, type TimeBounds } from '../../src/process-watch/time-watch.ts'

/** A process that uses `share` of a processor, if it is active. */
function fakeMeter(share: number, isActive = true) {
  const began = performance.now()
  const ms = (): number => 5000 + (performance.now() - began) * share
  return {
    get ms() {
      return ms()
    },
    measure: ms,
    isActive: () => isActive,
  }
}

async function reachedWith(share: number, bounds: TimeBounds, isActive?: boolean) {
  const said: unknown[] = []
  const began = performance.now()
  watchTime(fakeMeter(share, isActive), bounds, (limit, spent) => said.push([limit, spent, performance.now() - began]))
  await vi.advanceTimersByTimeAsync(100_000)
  return said
}

describe('with a clock of our own', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('a process that computes alone is at its processor time when the clock is', async () => {
    const said = await reachedWith(1, { cpuMs: 2000, wallMs: 10_000 })
    expect(said).toEqual([
      [
        'cpu',
        { cpuMs: expect.closeTo(2000, -2) as number, wallMs: expect.closeTo(2000, -2) as number },
        expect.closeTo(2000, -2),
      ],
    ])
  })

  test('a process that gets a tenth of a processor may take ten times as long', async () => {
    const [[limit, , at] = []] = (await reachedWith(0.1, { cpuMs: 2000, wallMs: 60_000 })) as [
      string,
      unknown,
      number,
    ][]
    expect([limit, at]).toEqual(['cpu', expect.closeTo(20_000, -3)])
  })

  test('a process on all processors is seen in time', async () => {
    const cores = availableParallelism()
    const [[limit, spent] = []] = (await reachedWith(cores, { cpuMs: 2000, wallMs: 60_000 })) as [
      string,
      { cpuMs: number },
    ][]
    expect(limit).toBe('cpu')
    expect(spent!.cpuMs).toBeGreaterThanOrEqual(2000)
    expect(spent!.cpuMs).toBeLessThan(2000 + cores * 20)
  })

  test('one that is starved ends at the bound of the clock, with what it got', async () => {
    const said = await reachedWith(0.01, { cpuMs: 2000, wallMs: 10_000, stallMs: 2000 })
    expect(said).toEqual([['wall', { cpuMs: expect.closeTo(100, -1) as number, wallMs: 10_000 }, 10_000]])
  })

  test('one that waits for a processor is not still, however long it gets none', async () => {
    const [[limit] = []] = (await reachedWith(0, { cpuMs: 2000, wallMs: 10_000, stallMs: 2000 }, true)) as [string][]
    expect(limit).toBe('wall')
  })

  test('one that waits for nothing ends sooner', async () => {
    const said = await reachedWith(0, { cpuMs: 2000, wallMs: 10_000, stallMs: 2000 }, false)
    expect(said).toEqual([['stalled', { cpuMs: 0, wallMs: 2000 }, 2000]])
  })

  test('looks that a process makes long take a small part of the time', async () => {
    // Its processor time is nearly used up, so it would be sampled every 10 ms.
    let [looks, asleep] = [0, 0]
    const measure = (): number => {
      looks++
      asleep += 12
      return 1990
    }
    const stop = watchTime(
      { ms: 0, measure, isActive: () => true },
      { cpuMs: 2000, wallMs: 1e6 },
      () => undefined,
      () => performance.now() + asleep,
    )
    await vi.advanceTimersByTimeAsync(24_000)
    stop()
    expect(looks).toBeLessThan(110)
    expect(looks).toBeGreaterThan(80)
  })

  test('nothing is said after the watch was ended', async () => {
    const said = vi.fn<(limit: string) => void>()
    const stop = watchTime(fakeMeter(1), { cpuMs: 2000, wallMs: 10_000 }, said)
    await vi.advanceTimersByTimeAsync(1500)
    stop()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(said).not.toHaveBeenCalled()
  })

  test('time in which this process itself was stopped is not counted', async () => {
    const meter = { ms: 0, measure: () => 0, isActive: () => true }
    const said = vi.fn<(limit: string) => void>()
    let asleep = 0
    watchTime(meter, { cpuMs: 2000, wallMs: 10_000 }, said, () => performance.now() + asleep)
    await vi.advanceTimersByTimeAsync(2000)
    // As after Ctrl-Z: the clock has moved on, and all due timers fire now.
    asleep = 3_600_000
    await vi.advanceTimersByTimeAsync(2000)
    expect(said).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(said).toHaveBeenCalledOnce()
  })

  test('where the time used before is not known at once, it is not counted either', async () => {
    const began = performance.now()
    let last: number | undefined
    const meter = {
      get ms() {
        return last
      },
      measure: async () => (last = 50_000 + performance.now() - began),
      isActive: () => true,
    }
    const said: unknown[] = []
    watchTime(meter, { cpuMs: 2000, wallMs: 10_000 }, (limit) => said.push([limit, performance.now() - began]))
    await vi.advanceTimersByTimeAsync(20_000)
    expect(said).toEqual([['cpu', expect.closeTo(2000, -2)]])
  })
})

describe.runIf(process.platform === 'linux')('the processor time of a process', () => {
  const started: ChildProcess[] = []
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL')
  })
  const start = (script: string): ChildProcess => {
    const child = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'] })
    started.push(child)
    return child
  }
  const line = (child: ChildProcess): Promise<unknown> => new Promise((resolve) => child.stdout!.once('data', resolve))

  test('counts what its children use, and what they used before they ended', async () => {
    const burn = 'const end = process.cpuUsage().user + 300e3; while (process.cpuUsage().user < end);'
    const child = start(
      `const { spawn } = require('node:child_process')
      const one = spawn(process.execPath, ['-e', ${JSON.stringify(`${burn} console.log(1); setInterval(() => 0, 1e6)`)}], { stdio: ['pipe', 'inherit', 'inherit'] })
      process.stdin.once('data', () => { one.kill('SIGKILL'); one.on('exit', () => console.log(2)) })`,
    )
    const meter = openCpuMeter(child.pid)
    await line(child)
    const own = meter.ms ?? 0
    const all = await meter.measure()
    expect(all - own).toBeGreaterThanOrEqual(300)
    child.stdin!.write('x')
    await line(child)
    expect(await meter.measure()).toBeGreaterThanOrEqual(all)
    meter.close()
  })

  test('says whether it computes, and keeps its last figure when it is gone', async () => {
    const child = start('console.log(1); process.stdin.once("data", () => { console.log(2); for (;;); })')
    const meter = openCpuMeter(child.pid)
    await line(child)
    await vi.waitUntil(() => !meter.isActive(), 30_000)
    child.stdin!.write('x')
    await line(child)
    await vi.waitUntil(() => meter.isActive(), 30_000)
    const last = await meter.measure()
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
    expect(await meter.measure()).toBeGreaterThanOrEqual(last)
    meter.close()
  })
})

test.each([
  ['0:00.05', 50],
  ['1:02.50', 62_500],
  ['01:02:03', 3_723_000],
  ['2-01:00:00', 176_400_000],
])('`ps` writes %s for %i ms', (text, ms) => {
  expect(readPsTime(text)).toBe(ms)
})
