// Measures the session store: one session's steps, appends alone and concurrent, a thousand sessions created and
// closed, memory, and how long it blocks the event loop. Run with node; on tmpfs without a disk: TMPDIR=/dev/shm.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { openStore } from '../../sessions/sqlite/store.ts'
import type { StoredSession } from '../../sessions/store.ts'
import { bring, fileOf, HOUR, mustOpen, printOf, resultOf } from '../sessions/scene.ts'

const SESSIONS = 1000
const folder = join(mkdtempSync(join(tmpdir(), 'easel-bench-')), 'data')
let ahead = 0
const options = { folder, now: () => Date.now() + ahead }
const durations = { idleMs: HOUR, retentionMs: HOUR }

const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[list.length >> 1] ?? Number.NaN
async function time(label: string, rounds: number, work: (n: number) => Promise<unknown>): Promise<void> {
  const times: number[] = []
  for (let n = 0; n < rounds; n++) {
    const begin = performance.now()
    await work(n)
    times.push(performance.now() - begin)
  }
  const slowest = Math.max(...times)
  console.log(
    `${label.padEnd(46)} ${median(times).toFixed(2)} ms median, ${slowest.toFixed(1)} ms slowest of ${rounds}`,
  )
}
const bytesOnDisk = (): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`
const memory = (): number => {
  global.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** Only while the store works, not while this file inspects the disk and the memory. */
function watchLag(): () => void {
  const lag = monitorEventLoopDelay({ resolution: 1 })
  lag.enable()
  return () => {
    lag.disable()
    const [usual, most] = [lag.percentile(99), lag.max].map((ns) => (ns / 1e6).toFixed(1))
    console.log(`event loop held up: ${usual} ms p99, ${most} ms at most`)
  }
}

await time('open the store, first time', 1, async () => (await openStore(options)).close())
await time('open the store and close it', 10, async () => (await openStore(options)).close())
const store = await openStore(options)
await store.sweep()
await time('create', 20, async () => (await store.create(durations)).release())
const session = await store.create(durations)
await time('append one event', 50, (n) => session.append(printOf(`line ${n}`)))
await time('append 1,000 prints at once', 5, () =>
  session.append(Array.from({ length: 1000 }, (_, i) => printOf(`line ${i}`))),
)
await time('1,000 appends nobody waits for', 5, () =>
  Promise.all(Array.from({ length: 1000 }, (_, i) => session.append(printOf(`${i}`)))),
)
await time('put and name a file of 1 kB', 30, (n) => bring(session, 'small', String(n).padEnd(1000)))
await time('put and name a file of 10 MB', 5, (n) => bring(session, 'large', String(n).padEnd(10_000_000)))
await time('open a session of 10,000 events', 5, async () => {
  await session.release()
  await (await mustOpen(store, session.id)).release()
})
for (const { id } of await store.list()) await store.remove(id)

const before = bytesOnDisk()
const idle = memory()
let open: StoredSession[] = []
const began = performance.now()
const tellLag = watchLag()
for (let n = 0; n < SESSIONS; n += 20) {
  const some = Array.from({ length: 20 }, async (_, i) => {
    const one = await store.create(durations)
    await bring(one, 'in.png', `${n + i} in`.padEnd(20_000))
    await one.append([
      { type: 'ask', text: 'make it gray', files: ['in.png'] },
      { type: 'cell', cell: 1, code: 'x'.repeat(800), seed: 1, clock: 1 },
    ])
    await one.append([
      fileOf('out.png', await one.putFile('out.png', Buffer.from(`${n + i} out`.padEnd(20_000)))),
      resultOf(1, ['photo']),
    ])
    await one.append([
      { type: 'message', text: 'done' },
      { type: 'end', status: 'ok' },
    ])
    return one
  })
  open.push(...(await Promise.all(some)))
}
tellLag()
console.log(
  `${SESSIONS} sessions of 2 files of 20 kB, 20 at a time: ${((performance.now() - began) / 1000).toFixed(1)} s`,
)
console.log(`memory: ${megabytes(memory() - idle)} more with all of them open`)
const each = (bytesOnDisk() - before) / SESSIONS
console.log(`on disk: ${Math.round(each).toLocaleString('en-US')} bytes a session, of them 40,000 of files`)
for (const one of open) await one.release()
open = []
console.log(`memory: ${megabytes(memory() - idle)} more with all of them idle and released`)
await time(`list ${SESSIONS} sessions`, 20, () => store.list())
ahead = 3 * HOUR
const tellSweepLag = watchLag()
await time(`sweep ${SESSIONS} expired sessions`, 1, () => store.sweep())
tellSweepLag()
console.log(
  `on disk: ${(bytesOnDisk() - before).toLocaleString('en-US')} bytes more than before, with ${SESSIONS} tombstones`,
)
ahead += 31 * 24 * HOUR
await time('sweep their tombstones', 1, () => store.sweep())
console.log(`on disk: ${(bytesOnDisk() - before).toLocaleString('en-US')} bytes more than before`)
await store.close()
rmSync(join(folder, '..'), { recursive: true, force: true })
