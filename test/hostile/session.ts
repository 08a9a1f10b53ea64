// Sessions for attacks: small limits, what the child printed, its largest memory, the parent's lag.
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { defaultLimits, type Limits } from '../../sandbox/limits.ts'
import { openSandbox, type RunEnd, type Sandbox } from '../../src/runner/sandbox.ts'

const MIB = 1_048_576
/** Memory of a child under attack; an idle one has about 100 MiB. */
export const RSS = 400 * MIB

export interface Attacked extends RunEnd {
  /** What the cell printed, its value included; at most 5,000 characters. */
  readonly text: string
  readonly events: number
}

export interface Target {
  readonly sandbox: Sandbox
  readonly folder: string
  run(code: string, timeoutMs?: number): Promise<Attacked>
  /** Gives the session a new child. */
  reset(): Promise<void>
  /** Waits for a child that is warm, attacks, and then asks the session for 6 * 7. */
  attack(code: string, timeoutMs?: number): Promise<Attacked & { next: string }>
}

/** A session of its own; `limits` replace the small ones of this file. */
export function openTarget(
  limits: Partial<Limits> = {},
  options: { spawn?: Parameters<typeof openSandbox>[0]['spawn'] } = {},
): Target {
  const folder = join(mkdtempSync(join(tmpdir(), 'hostile-')), 'session')
  const sandbox = openSandbox({
    folder,
    limits: { ...defaultLimits(), rssBytes: RSS, memoryBytes: 200 * MIB, ...limits },
    ...options,
  })
  let cell = 0
  const run = async (code: string, timeoutMs = 1500): Promise<Attacked> => {
    let text = ''
    let events = 0
    const end = await sandbox.run({ cell: ++cell, code, seed: 1, clock: 1e12, timeoutMs }, (event) => {
      events++
      if (event.type === 'print' && text.length < 5000) text += event.text.slice(0, 5000)
    })
    return { ...end, text, events }
  }
  return {
    sandbox,
    folder,
    run,
    async reset() {
      await sandbox.run(
        { cell: ++cell, code: '', seed: 1, clock: 1e12, timeoutMs: 1000 },
        () => undefined,
        AbortSignal.abort(),
      )
    },
    async attack(code, timeoutMs) {
      await run('0', 20_000)
      const end = await run(code, timeoutMs)
      return { ...end, next: (await run('6 * 7', 20_000)).text.trim() }
    },
  }
}

/** Gives `things`, such as sessions, out one at a time, so that a few of them serve many attacks. */
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

/** Lag that the parent's event loop may have (99th percentile, ms); more where others keep the machine busy. */
export function lagAllowed(): number {
  return isBusy() ? 100 : 20
}

/** Milliseconds after its deadline at which a cell must have ended; more where others keep the machine busy. */
export function graceAllowed(): number {
  return isBusy() ? 2000 : 500
}

function isBusy(): boolean {
  return (loadavg()[0] ?? 0) > 3 * availableParallelism()
}

/** Processes that this one started and that still live. */
export function childProcesses(): number[] {
  return readdirSync('/proc/self/task').flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  )
}

/** Watches every child's memory and this process's event loop until `stop`. */
export function watchAll(): { stop(): { lagMs: number; rss: number } } {
  const delay = monitorEventLoopDelay({ resolution: 2 })
  delay.enable()
  let rss = 0
  const timer = setInterval(() => {
    for (const pid of childProcesses()) rss = Math.max(rss, residentBytes(pid))
  }, 5)
  return {
    stop() {
      clearInterval(timer)
      delay.disable()
      return { lagMs: delay.percentile(99) / 1e6, rss }
    },
  }
}

function residentBytes(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096
  } catch {
    return 0
  }
}
