// Sessions for attacks: small limits, the child's output, and its process's resource usage as seen from outside.
import { mkdtempSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultLimits, type Limits } from '../../sandbox/limits.ts'
import { openSandbox, type RunEnd, type Sandbox } from '../../src/runner/sandbox.ts'
import { spawnChild } from '../../src/runner/spawn-child.ts'
import { isAlive, watchChild, type Watched } from './watch.ts'

const MIB = 1_048_576
/** Memory of a child under attack; an idle one has about 100 MiB. */
export const RSS = 400 * MIB
/**
 * Processor time and wall-clock time (ms) for requests that are no attack, independent of the session's limits and
 * other programs.
 */
const UNHURRIED = [20_000, 300_000] as const

export interface Attacked extends RunEnd {
  /** What the cell printed, its value included; at most 5,000 characters. */
  readonly text: string
  readonly events: number
  /** Processor time of the child during the cell, as far as it was sampled before it died. */
  readonly cpuMs: number
  /** Whether the child was given up but is alive. */
  readonly outlived: boolean
}

export interface Target {
  readonly sandbox: Sandbox
  readonly folder: string
  /** The latest child's process id, once there is one. */
  child(): Promise<Watched>
  run(code: string, timeoutMs?: number, wallMs?: number): Promise<Attacked>
  /** Gives the session a new child. */
  reset(): Promise<void>
  /** Removes all files, and replaces the child unless it is to stay. */
  clear(childStays: boolean): Promise<void>
  /**
   * Waits for a warm child, attacks, and then asks the session for 6 * 7. `wallMs` is for an attack that is to reach
   * its limit of processor time however small its share of a busy machine.
   */
  attack(code: string, timeoutMs?: number, wallMs?: number): Promise<Attacked & { next: string }>
}

/** A session of its own; `limits` replace the small ones of this file. */
export function openTarget(
  limits: Partial<Limits> = {},
  options: { spawn?: Parameters<typeof openSandbox>[0]['spawn'] } = {},
): Target {
  const folder = join(mkdtempSync(join(tmpdir(), 'hostile-')), 'session')
  const { promise: started, resolve: onStart } = Promise.withResolvers<Watched>()
  let child = started
  const sandbox = openSandbox({
    folder,
    limits: { ...defaultLimits(), rssBytes: RSS, memoryBytes: 200 * MIB, ...limits },
    spawn(scratch, all, links) {
      const process = (options.spawn ?? spawnChild)(scratch, all, links)
      const watched = watchChild(process, all.rssBytes)
      onStart(watched)
      child = Promise.resolve(watched)
      return process
    },
  })
  let cell = 0
  const run = async (code: string, timeoutMs = 1500, wallMs?: number): Promise<Attacked> => {
    let text = ''
    let events = 0
    const attacked = await child
    const before = attacked.look().cpuMs
    const end = await sandbox.run({ cell: ++cell, code, seed: 1, clock: 1e12, timeoutMs, wallMs }, (event) => {
      events++
      if (event.type === 'print' && text.length < 5000) text += event.text.slice(0, 5000)
    })
    const cpuMs = attacked.look().cpuMs - before
    return { ...end, text, events, cpuMs, outlived: end.lost && isAlive(attacked.pid) }
  }
  return {
    sandbox,
    folder,
    child: () => child,
    run,
    reset: () => sandbox.renew(),
    async clear(childStays) {
      for (const { name } of sandbox.files()) await sandbox.removeFile(name)
      if (!childStays) await sandbox.renew()
    },
    async attack(code, timeoutMs, wallMs) {
      await run('0', ...UNHURRIED)
      const end = await run(code, timeoutMs, wallMs)
      return { ...end, next: (await run('6 * 7', ...UNHURRIED)).text.trim() }
    },
  }
}

/** Lends `things`, such as sessions, one at a time, so that a few of them serve many attacks. */
export function createPool<Thing>(things: readonly Thing[]): <T>(use: (thing: Thing) => Promise<T>) => Promise<T> {
  const free = [...things]
  const waiting: ((thing: Thing) => void)[] = []
  return async (use) => {
    const thing = free.pop() ?? (await new Promise<Thing>((resolve) => waiting.push(resolve)))
    try {
      return await use(thing)
    } finally {
      const next = waiting.shift()
      if (next) next(thing)
      else free.push(thing)
    }
  }
}

/**
 * Processor time (ms) after which a cell with this limit must have ended in some way: the limit on every processor,
 * plus what passes until a parent that shares them with others has noticed.
 */
export function cpuAllowed(timeoutMs: number): number {
  return (timeoutMs + 200) * Math.min(2, availableParallelism()) + 500
}
