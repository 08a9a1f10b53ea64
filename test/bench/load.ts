// Measures the server with many users at once: sessions that each run a trivial cell repeatedly, alone and beside
// sessions that use processor and memory to their limits; idle event streams; requests beyond capacity. An idle server
// beside it shows the lag of the machine itself.
// Run: node test/bench/load.ts [--sessions 50] [--seconds 120] [--burners 5] [--streams 200] [--every 2000] [--profile
// DIR]
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startLoadServer, type LoadServer } from './load-server.ts'
import { createLoadClient, type LoadClient } from './load-client.ts'

const { values } = parseArgs({
  options: {
    sessions: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '120' },
    burners: { type: 'string', default: '5' },
    streams: { type: 'string', default: '200' },
    every: { type: 'string', default: '2000' },
    profile: { type: 'string' },
  },
})
const { profile, ...figures } = values
const plan = Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number(value)])) as Record<
  keyof typeof figures,
  number
>

interface Round {
  readonly what: string
  readonly runs: number
  readonly failures: number
  readonly p50: number
  readonly p99: number
  readonly lag: number
  /** Of the idle server at the same time. */
  readonly idleLag: number
  readonly serverMB: number
  readonly treeMB: number
}

const folder = await mkdtemp(join(tmpdir(), 'easel-load-'))
const idleFolder = await mkdtemp(join(tmpdir(), 'easel-idle-'))
const idle = await startLoadServer(idleFolder, {})
const rounds: Round[] = []
try {
  rounds.push(await round(`${plan.sessions} sessions`, 0))
  rounds.push(await round(`${plan.sessions} sessions, ${plan.burners} burners`, plan.burners))
  print(rounds)
  console.log(await pastCapacity())
} finally {
  await idle.close()
  for (const one of [folder, idleFolder]) await rm(one, { recursive: true, force: true })
}

/** All sessions run for the whole time, each on its own schedule; burners run endless cells. */
async function round(what: string, burners: number): Promise<Round> {
  const server = await startLoadServer(folder, { EASEL_SANDBOXES: String(plan.sessions + burners + 2) }, profile)
  try {
    const people = await opened(server, plan.sessions)
    const watching = await Promise.all(
      Array.from({ length: plan.streams }, (_, n) => people[n % people.length]!.watch()),
    )
    const burning = await opened(server, burners)
    const stop = new AbortController()
    const fires = burning.map((one, n) => one.burn(n, stop.signal))
    await Promise.all([server.resetLag(), idle.resetLag()])
    const times: number[] = []
    let failures = 0
    const end = performance.now() + plan.seconds * 1000
    const work = people.map(async (one, n) => {
      await pause((n * plan.every) / people.length)
      while (performance.now() < end) {
        const began = performance.now()
        const ok = await one.trivial().catch(() => false)
        if (ok) times.push(performance.now() - began)
        else failures++
        await pause(Math.max(0, plan.every - (performance.now() - began)))
      }
    })
    const memory = server.watchMemory()
    await Promise.all(work)
    const { serverMB, treeMB } = memory()
    const [lag, idleLag] = await Promise.all([server.lag(), idle.lag()])
    stop.abort()
    await Promise.allSettled(fires)
    for (const leave of watching) leave()
    const sorted = times.toSorted((a, b) => a - b)
    const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
    return { what, runs: times.length, failures, p50: at(0.5), p99: at(0.99), lag, idleLag, serverMB, treeMB }
  } finally {
    await server.close()
  }
}

async function opened(server: LoadServer, count: number): Promise<LoadClient[]> {
  const people: LoadClient[] = []
  // One after another, as users arrive: each starts a sandbox.
  for (let n = 0; n < count; n++) people.push(await createLoadClient(server.url))
  return people
}

/** Twice as many as there is capacity for, all busy: those beyond it are told so, and nobody waits. */
async function pastCapacity(): Promise<string> {
  const most = 4
  const server = await startLoadServer(folder, { EASEL_SANDBOXES: String(most), EASEL_STREAMS: '20' })
  try {
    const people = await opened(server, most)
    const stop = new AbortController()
    const fires = people.map((one) => one.burn(0, stop.signal))
    await pause(1500)
    const began = performance.now()
    const answers = await Promise.all(
      Array.from({ length: 2 * most }, () => fetch(`${server.url}/api/sessions`, { method: 'POST' })),
    )
    const slowest = performance.now() - began
    const refusals = answers.filter(
      ({ status, headers }) => (status === 429 || status === 503) && headers.get('retry-after') !== null,
    ).length
    const streams = await Promise.all(Array.from({ length: 30 }, () => people[0]!.stream()))
    const crowded = streams.filter(
      ({ status, headers }) => (status === 429 || status === 503) && headers.has('retry-after'),
    ).length
    for (const { body } of streams) await body?.cancel()
    stop.abort()
    await Promise.allSettled(fires)
    return `past capacity: ${refusals} of ${answers.length} sessions refused with Retry-After, the slowest answer after ${slowest.toFixed(0)} ms; ${crowded} of ${streams.length} streams beyond 20 refused`
  } finally {
    await server.close()
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function print(all: readonly Round[]): void {
  console.log(
    `${availableParallelism()} cores, ${(totalmem() / 1e9).toFixed(0)} GB; ${plan.seconds} s a round, a cell every ${plan.every} ms, ${plan.streams} event streams\n`,
  )
  console.log(
    '| round | runs | failed | p50 ms | p99 ms | loop lag p99 ms | of an idle server ms | server RSS MB | all processes MB |',
  )
  console.log('| --- | --: | --: | --: | --: | --: | --: | --: | --: |')
  for (const { what, runs, failures, p50, p99, lag, idleLag, serverMB, treeMB } of all) {
    const cells = [
      runs,
      failures,
      p50.toFixed(0),
      p99.toFixed(0),
      lag.toFixed(1),
      idleLag.toFixed(1),
      serverMB.toFixed(0),
      treeMB.toFixed(0),
    ]
    console.log(`| ${what} | ${cells.join(' | ')} |`)
  }
  console.log('')
}
