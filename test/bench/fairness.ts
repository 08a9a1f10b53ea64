// Measures who gets the processors while an endless cell runs beside short cells of other sessions: with no outside
// program, with one that always computes, then with one per processor, in separate process sessions. The long cell
// should yield to the short ones, and never get less than an outside program.
// Run: node test/bench/fairness.ts [--seconds 10]
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { defaultLimits } from '../../sandbox/limits.ts'
import { openSandbox, type Sandbox } from '../../src/runner/sandbox.ts'
import { spawnChild } from '../../src/runner/spawn-child.ts'
import { cpuOf } from '../hostile/watch.ts'

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '10' } } })
const seconds = Number(values.seconds)
const cores = availableParallelism()
const LONG = 2 * cores
const SHORT = 2

const open = (pids: number[] = []): Sandbox =>
  openSandbox({
    folder: mkdtempSync(join(tmpdir(), 'easel-fair-')),
    limits: defaultLimits(),
    lowersPriority: true,
    spawn(scratch, limits, links) {
      const process = spawnChild(scratch, limits, links)
      pids.push(process.pid ?? 0)
      return process
    },
  })
const run = (sandbox: Sandbox, cell: number, code: string, signal?: AbortSignal) =>
  sandbox.run({ cell, code, seed: 1, clock: 0, timeoutMs: 600_000 }, () => undefined, signal)

async function round(what: string, outside: number): Promise<void> {
  const pids: number[] = []
  const longs = Array.from({ length: LONG }, () => open(pids))
  for (const sandbox of longs) await run(sandbox, 1, '1')
  const shorts = Array.from({ length: SHORT }, () => open())
  for (const sandbox of shorts) await run(sandbox, 1, '1')
  const stop = new AbortController()
  const running = longs.map((sandbox) => run(sandbox, 2, 'for (;;);', stop.signal))
  const burners: ChildProcess[] = Array.from({ length: outside }, () =>
    spawn('sh', ['-c', 'while :; do :; done'], { detached: true, stdio: 'ignore' }),
  )
  // Until the priorities have settled.
  await pause(4000, shorts)
  const all = [...pids, ...burners.map(({ pid = 0 }) => pid)]
  const before = all.map(cpuOf)
  const times = await pause(seconds * 1000, shorts)
  const used = all.map((pid, i) => (cpuOf(pid) - before[i]!) / (seconds * 1000))
  const nice = pids.map((pid) => /nice (-?\d+)/.exec(readFileSync(`/proc/${pid}/autogroup`, 'utf8'))?.[1])
  const share = (list: readonly number[]): string => list.map((one) => one.toFixed(2)).join(' ')
  const at = (part: number): number => times.toSorted((a, b) => a - b)[Math.floor(times.length * part)] ?? Number.NaN
  console.log(
    `${what}: long cells got ${share(used.slice(0, pids.length))} of a processor (niceness ${nice.join(' ')}), programs outside ${share(used.slice(pids.length)) || '-'}; ${times.length} short cells, p50 ${at(0.5).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms`,
  )
  for (const { pid } of burners) process.kill(-pid!, 'SIGKILL')
  stop.abort()
  await Promise.all(running)
  for (const sandbox of [...longs, ...shorts]) await sandbox.close()
}

/** Runs short cells of about 10 ms of work one after another with pauses; returns how long each took. */
async function pause(ms: number, sandboxes: readonly Sandbox[]): Promise<number[]> {
  const times: number[] = []
  const end = performance.now() + ms
  const one = async (sandbox: Sandbox): Promise<void> => {
    while (performance.now() < end) {
      const began = performance.now()
      await run(sandbox, 2, 'let n = 0\nfor (let i = 0; i < 1e7; i++) n += i\nn')
      times.push(performance.now() - began)
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
  await Promise.all(sandboxes.map(one))
  return times
}

await round('nobody outside', 0)
await round('one program outside', 1)
await round(`${cores} programs outside`, cores)
process.exit()
