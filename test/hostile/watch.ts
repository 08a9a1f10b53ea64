// Watches the children's resource use and the turns of the parent's event loop, for tests that hold on a busy machine:
// processor time, memory and counts, never the clock.
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createHistogram } from 'node:perf_hooks'
import { expect } from 'vitest'
import { descendants } from '../../src/process-watch/process-tree.ts'

/** Milliseconds of a kernel tick (USER_HZ). */
const TICK_MS = 10
const PAGE = 4096
const LOOK_MS = 5
const TURN_MS = 2

/** Processor time that one turn of the parent's loop may take: nearly always, and at most (ms). */
const TURN_CPU_MS = 20
const MAX_CPU_MS = 1000
/**
 * No attack makes a turn this long (ms). On a shared machine a turn may be long at any time, since a virtual machine
 * counts stolen time as used: so an attack is repeated, and one that blocks the loop does so each time.
 */
const LONG_CPU_MS = 200
const TRIES = 4
/** A child over its limit must be dead after fewer samples than this; they alternate with the parent's. */
const LOOKS_OVER = 10

/** The last sample of a child's process; its usage stays when it is gone. */
export interface Watched {
  readonly pid: number
  /** Processor time of all its threads and subprocesses. */
  readonly cpuMs: number
  /** The most memory that was sampled, in bytes. */
  readonly rss: number
  /** How many samples exceeded its limit. */
  readonly looksOver: number
  look(): Watched
}

const children: Watched[] = []
/** Microseconds that sampling took in this turn: this test's time, not the parent's. */
let lookedUs = 0

/** Samples a child every few milliseconds until it ends. */
export function watchChild(child: ChildProcess, limit: number): Watched {
  const pid = child.pid ?? 0
  const seen = {
    pid,
    cpuMs: 0,
    rss: 0,
    looksOver: 0,
    look() {
      const all = [pid, ...descendants(pid)]
      const rss = sum(all.map((one) => Number(textOf(`/proc/${one}/statm`).split(' ')[1] ?? 0) * PAGE))
      seen.cpuMs = Math.max(seen.cpuMs, sum(all.map(cpuOf)))
      seen.rss = Math.max(seen.rss, rss)
      if (rss > limit) seen.looksOver++
      return seen
    },
  }
  const timer = setInterval(() => {
    const before = process.threadCpuUsage()
    seen.look()
    lookedUs += usedSince(before)
  }, LOOK_MS)
  child.once('exit', () => clearInterval(timer))
  child.once('error', () => clearInterval(timer))
  children.push(seen)
  return seen
}

export interface SeenAll {
  /** The most memory of a child, and the most samples in which one exceeded its limit. */
  readonly rss: number
  readonly looksOver: number
  /** Turns of this process's event loop, one every two milliseconds if it is idle. */
  readonly turns: number
  /** Processor time that this loop took per turn (99th percentile, ms): for that long, nobody else was served. */
  readonly turnMs: number
  readonly longestMs: number
}

export interface Watch {
  /** Runs an attack, again if a turn was long meanwhile; throws if one was each time. */
  attack(make: () => Promise<void>): Promise<void>
  stop(): SeenAll
}

/** Watches the children of this file and this process's event loop until `stop`. */
export function watchAll(): Watch {
  const turns = createHistogram()
  let longTurns = 0
  let before = process.threadCpuUsage()
  const turn = (): void => {
    const used = usedSince(before) - lookedUs
    turns.record(Math.max(1, used))
    if (used > LONG_CPU_MS * 1000) longTurns++
    lookedUs = 0
    before = process.threadCpuUsage()
  }
  const timer = setInterval(turn, TURN_MS)
  return {
    async attack(make) {
      for (let tries = 0; tries < TRIES; tries++) {
        turn()
        const longBefore = longTurns
        await make()
        turn()
        if (longTurns === longBefore) return
      }
      throw new Error(
        `A turn of the event loop took more than ${LONG_CPU_MS} ms of processor time in ${TRIES} of ${TRIES} tries.`,
      )
    },
    stop() {
      clearInterval(timer)
      return {
        rss: Math.max(0, ...children.map(({ rss }) => rss)),
        looksOver: Math.max(0, ...children.map(({ looksOver }) => looksOver)),
        turns: turns.count,
        turnMs: turns.percentile(99) / 1000,
        longestMs: turns.max / 1000,
      }
    },
  }
}

/** Checks that the parent served everybody and ended each child that used too much memory. */
export function expectCalm({ turns, turnMs, longestMs, looksOver }: SeenAll): void {
  expect(turns).toBeGreaterThan(0)
  expect(turnMs).toBeLessThan(TURN_CPU_MS)
  expect(longestMs).toBeLessThan(MAX_CPU_MS)
  expect(looksOver).toBeLessThan(LOOKS_OVER)
}

/** Microseconds of this thread. */
function usedSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before)
  return user + system
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** False of a process that has ended, waited for or not. */
export function isAlive(pid: number): boolean {
  const stat = textOf(`/proc/${pid}/stat`)
  return stat !== '' && !/\) [ZX] /.test(stat)
}

/** Milliseconds of processor time that a process has used; 0 if it is gone. */
export function cpuOf(pid: number): number {
  const stat = textOf(`/proc/${pid}/stat`)
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * TICK_MS
}

/** The contents of a file of /proc; '' if its process ended before or while it was read. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return ''
    throw error
  }
}
