// CPU priorities on a server: long cells yield to short cells of other sessions, but to no outside program.
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { defaultLimits } from '../../sandbox/limits.ts'
import { createPriorities, type PriorityDeps, type CpuPriority } from '../../src/runner/cpu-priority.ts'
import { createOutsideLoad } from '../../src/runner/external-load.ts'
import { openSandbox } from '../../src/runner/sandbox.ts'
import { spawnChild } from '../../src/runner/spawn-child.ts'

describe('the niceness of sandboxes', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  /** `outside` is the share of a processor that other programs use; `refuses` makes a change fail. */
  function machine() {
    const state = {
      outside: 0 as number | undefined,
      used: 0,
      refuses: false,
      everyMs: 0,
      changedAt: Number.NEGATIVE_INFINITY,
      nice: new Map<number, number>(),
    }
    setInterval(() => (state.used += 10 * (state.outside ?? 0)), 10)
    const deps: PriorityDeps = {
      now: () => performance.now(),
      load: createOutsideLoad(() => (state.outside === undefined ? undefined : state.used)),
      setNiceness(pid, niceness) {
        if (state.refuses || performance.now() - state.changedAt < state.everyMs) return false
        state.changedAt = performance.now()
        state.nice.set(pid, niceness)
        return true
      },
    }
    const { join } = createPriorities(deps)
    const sessions = new Map<number, CpuPriority>()
    /** Session `id` starts work in process `pid`, which uses `share` of a processor. */
    const enter = (id: number, share = 1, what: 'cell' | 'start' = 'cell'): (() => void) => {
      const began = performance.now()
      const cpu = {
        get ms() {
          return share * (performance.now() - began)
        },
      }
      const session = sessions.get(id) ?? join()
      sessions.set(id, session)
      return session.enter({ pid: id, cpu }, what)
    }
    const niceOf = (pid: number): number => state.nice.get(pid) ?? 0
    /** Short cells of other sessions, one after another, for `ms`; returns the long cell's niceness along the way. */
    const shortCells = async (ms: number): Promise<number[]> => {
      const seen = new Set<number>()
      for (let n = 0; n < ms / 50; n++) {
        const leave = enter(1000 + n)
        await vi.advanceTimersByTimeAsync(40)
        leave()
        await vi.advanceTimersByTimeAsync(10)
        seen.add(niceOf(1))
      }
      return [...seen]
    }
    return { state, enter, niceOf, shortCells }
  }
  const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)

  test('a long cell alone never gives way', async () => {
    const { enter, state } = machine()
    const leave = enter(1)
    await pass(20_000)
    leave()
    expect(state.nice.size).toBe(0)
  })

  test('a long cell gives way while short cells of others come, and counts in full again when they stop', async () => {
    const { enter, niceOf, shortCells } = machine()
    enter(1)
    await pass(1000)
    await shortCells(1000)
    expect(niceOf(1)).toBe(15)
    await pass(2000)
    expect(niceOf(1)).toBe(0)
  })

  test('long cells alone share alike', async () => {
    const { enter, niceOf } = machine()
    enter(1)
    enter(2)
    await pass(5000)
    expect([niceOf(1), niceOf(2)]).toEqual([0, 0])
  })

  test('beside a program outside that computes nobody gives way', async () => {
    const { state, enter, niceOf, shortCells } = machine()
    state.outside = 0.95
    enter(1)
    await pass(1000)
    expect(await shortCells(5000)).toEqual([0])
    state.outside = 0.1
    await shortCells(4500)
    expect(niceOf(1)).toBe(15)
    state.outside = 0.95
    await shortCells(1500)
    expect(niceOf(1)).toBe(0)
    expect(await shortCells(1500)).toEqual([0])
  })

  test('a program outside that gets little among many, but more as soon as they give way, is seldom tried', async () => {
    const { state, enter, niceOf, shortCells } = machine()
    enter(1)
    await pass(1000)
    let low = 0
    const looks = setInterval(() => {
      if (niceOf(1) > 0) low++
      state.outside = niceOf(1) > 0 ? 0.9 : 0.3
    }, 100)
    await shortCells(60_000)
    clearInterval(looks)
    expect(low).toBeGreaterThan(0)
    // Out of 600 samples.
    expect(low).toBeLessThan(75)
  })

  test('where it is not known what others use, nobody gives way', async () => {
    const { state, enter, shortCells } = machine()
    state.outside = undefined
    enter(1)
    await pass(1000)
    expect(await shortCells(3000)).toEqual([0])
  })

  test('what the kernel allows of changes goes to those first that are to count in full, short cells before long ones', async () => {
    const { state, enter, niceOf, shortCells } = machine()
    const leaves = [1, 2, 3, 4].map((id) => enter(id))
    await pass(1000)
    await shortCells(1500)
    expect([1, 2, 3, 4].map(niceOf)).toEqual([15, 15, 15, 15])
    leaves[3]!()
    state.nice.set(4, 15)
    // From now on only one change per 100 ms is allowed, as the kernel does for an ordinary user.
    state.everyMs = 100
    state.outside = 0.95
    await shortCells(1500)
    await pass(600)
    expect([1, 2, 3].map(niceOf)).toEqual([0, 0, 0])
  })

  test('a session that used much gives way in its next cell too, and from its start if its process died', async () => {
    const { enter, niceOf, shortCells } = machine()
    const leave = enter(1)
    await pass(1000)
    await shortCells(1000)
    leave()
    const again = enter(1, 0.1)
    expect(niceOf(1)).toBe(15)
    await shortCells(1000)
    expect(niceOf(1)).toBe(15)
    again()
    const started = enter(1, 1, 'start')
    await shortCells(500)
    expect(niceOf(1)).toBe(15)
    started()
  })

  test('what a session used is forgotten: its next cell counts in full, also where the kernel asks to wait with the change', async () => {
    const { state, enter, niceOf, shortCells } = machine()
    const leave = enter(1)
    await pass(1000)
    await shortCells(1000)
    expect(niceOf(1)).toBe(15)
    state.refuses = true
    leave()
    await pass(4000)
    expect(niceOf(1)).toBe(15)
    enter(1, 0.01)
    state.refuses = false
    await pass(300)
    expect(niceOf(1)).toBe(0)
    await shortCells(2000)
    expect(niceOf(1)).toBe(0)
  })

  test('what a start uses is nothing that the session is charged for', async () => {
    const { enter, niceOf, shortCells } = machine()
    const started = enter(1, 1, 'start')
    await shortCells(1000)
    started()
    const leave = enter(1)
    await shortCells(200)
    leave()
    expect(niceOf(1)).toBe(0)
  })

  test('nobody makes room for a cell that sleeps', async () => {
    const { enter, niceOf } = machine()
    enter(1)
    enter(2, 0)
    await pass(3000)
    expect(niceOf(1)).toBe(15)
    await pass(4000)
    expect(niceOf(1)).toBe(0)
  })

  test('short cells that take turns with a program outside, as those who visit a server do, are preferred all the same', async () => {
    const { state, enter, niceOf, shortCells } = machine()
    state.outside = 0.3
    enter(1)
    await shortCells(1000)
    expect(niceOf(1)).toBe(15)
    state.outside = 0.7
    expect(await shortCells(3000)).toEqual([15])
  })
})

test.runIf(process.platform === 'linux')('a sandbox has the weight of any ordinary program', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'easel-weight-'))
  let child = 0
  const sandbox = openSandbox({
    folder,
    limits: defaultLimits(),
    spawn(scratch, limits, links) {
      const process = spawnChild(scratch, limits, links)
      child = process.pid ?? 0
      return process
    },
  })
  try {
    await sandbox.run({ cell: 1, code: '1', seed: 1, clock: 0, timeoutMs: 60_000 }, () => undefined)
    expect(stat(child)).toEqual(stat('self'))
    expect(readFileSync(`/proc/${child}/autogroup`, 'utf8')).toMatch(/ nice 0$/m)
  } finally {
    await sandbox.close()
  }
})

/** Niceness and scheduling policy (proc(5)). */
function stat(pid: number | 'self'): readonly unknown[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return [fields[16], fields[38]]
}
