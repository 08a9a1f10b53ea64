// What the store acknowledged survives SIGKILL at any moment. The folder is inspected from outside, with SQL and
// SHA-256 alone.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { StoreStep } from '../../sessions/blobs/blobs.ts'
import { openStore } from '../../sessions/sqlite/store.ts'

/** Stores that are killed. */
const KILLS = 500
/** One process has this many stores open, each at another point of its work when it is killed. */
const LANES = 5
/** What a process wrote also survives in the page cache, so most lanes need not wait for a disk; the first one does. */
const QUICK = '/dev/shm'
const STEPS: readonly StoreStep[] = [
  'temp-made',
  'temp-written',
  'temp-synced',
  'held',
  'renamed',
  'folder-synced',
  'row-written',
  'committed',
  'session-marked',
  'blob-unlinked',
]

interface Said {
  /** Which of the process's folders it is about. */
  readonly lane: number
  readonly ready?: true
  readonly id?: string
  readonly message?: string
  readonly hash?: string
  readonly name?: string
  readonly removing?: string
}

const root = mkdtempSync(join(tmpdir(), 'easel-kill-'))
const quick = existsSync(QUICK) ? mkdtempSync(join(QUICK, 'easel-kill-')) : root
const writer = join(root, 'writer.mjs')
const env = { NODE_COMPILE_CACHE: join(root, 'cache') }
// Bundled in one file, a writer starts five times faster.
beforeAll(async () => {
  const bundle = await rolldown({ input: fileURLToPath(new URL('store-writer.ts', import.meta.url)), platform: 'node' })
  await bundle.write({ file: writer, format: 'esm', minify: true })
  // A process that ends by itself leaves its compiled code for the others.
  execFileSync(process.execPath, [writer], { env })
})
afterAll(() => {
  for (const folder of [root, quick]) rmSync(folder, { recursive: true, force: true })
})

test(`${KILLS} stores killed at random points lose no acknowledged file or message, tear no file, leave no row without a file`, async () => {
  let kills = 0
  const groups = [0, 1].map((group) =>
    Array.from({ length: LANES }, (_, i) => createLane(join(group + i === 0 ? root : quick, `lane ${group} ${i}`))),
  )
  await Promise.all(
    groups.map(async (lanes) => {
      for (let n = 0; kills < KILLS; n++) {
        kills += LANES
        // Most are killed while they write, some while they start, recover and sweep.
        await runWriter(lanes, String(kills), async (child, lines) => {
          const starting = n % 5 === 0
          const waited = Math.floor(Math.random() * LANES)
          if (!starting) await lines(1 + Math.floor(Math.random() * 10), waited)
          await sleep(Math.random() * (starting ? 150 : 10))
          child.kill('SIGKILL')
        })
        for (const lane of lanes) lane.check()
      }
    }),
  )
  const all = groups.flat()
  const acknowledged = all.reduce((sum, lane) => sum + lane.acknowledged(), 0)
  expect(acknowledged).toBeGreaterThan(KILLS)
  // All but those killed before there was a database.
  expect(all.reduce((sum, lane) => sum + lane.checks(), 0)).toBeGreaterThan(KILLS - 3 * all.length)
  console.log(`${kills} stores killed, ${acknowledged} files and messages acknowledged, none lost`)
  for (const lane of all) await lane.finish()
}, 400_000)

test('a kill at each named step of the write order and of a deletion loses nothing either', async () => {
  const lane = createLane(join(quick, 'steps'))
  for (let n = 0; n < 3; n++)
    await runWriter([lane], `before ${n}`, async (child, lines) => void (await lines(20), child.kill('SIGKILL')))
  for (const step of STEPS) {
    const deleting = step === 'session-marked' || step === 'blob-unlinked'
    for (const turn of deleting ? [1, 2, 3] : [1, 2, 7, 20, 21, 22, 41, 42, 43]) {
      const signal = await runWriter([lane], `${step} ${turn}`, () => undefined, `${step}:${turn}`)
      expect(signal).toBe('SIGKILL')
      lane.check()
    }
  }
  await lane.finish()
}, 400_000)

type Lane = ReturnType<typeof createLane>

/** `lines` waits until the child has printed this many lines for a lane, or has ended. */
type Killer = (child: ChildProcess, lines: (count: number, lane?: number) => Promise<void>) => void | Promise<void>

/** One process, from start to death, that writes to the folders of these lanes. */
async function runWriter(
  lanes: readonly Lane[],
  seed: string,
  kill: Killer,
  fate = '',
): Promise<NodeJS.Signals | null> {
  const folders = lanes.map(({ folder }) => folder)
  const child = spawn(process.execPath, [writer, seed, fate, ...folders], { stdio: ['ignore', 'pipe', 'inherit'], env })
  const said: Said[] = []
  let rest = ''
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on('close', (_, signal) => resolve(signal)))
  child.stdout.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n')
    rest = lines.pop() ?? ''
    said.push(...lines.map((line) => JSON.parse(line) as Said))
  })
  const lines = async (count: number, lane = 0): Promise<void> => {
    while (said.filter((one) => one.lane === lane).length < count && child.exitCode === null)
      await Promise.race([once(child.stdout, 'data'), ended])
  }
  await kill(child, lines)
  const signal = await ended
  for (const one of said) lanes[one.lane]?.take(one)
  return signal
}

function createLane(folder: string) {
  /** Blobs that were complete, by name and inode. */
  const whole = new Set<string>()
  /** By session: what was acknowledged. */
  const files = new Map<string, Said[]>()
  let acknowledged = 0
  let checks = 0

  const take = (said: Said): void => {
    if (said.removing) files.delete(said.removing)
    if (!said.id) return
    acknowledged++
    files.set(said.id, [...(files.get(said.id) ?? []), said])
  }

  return {
    folder,
    acknowledged: () => acknowledged,
    checks: () => checks,
    take,
    /** Inspects the folder as the killed process left it. */
    check() {
      if (!existsSync(join(folder, 'easel.db'))) return
      checks++
      const database = new DatabaseSync(join(folder, 'easel.db'))
      const blobs = readdirSync(join(folder, 'blobs'))
      for (const blob of blobs) {
        const seen = `${blob} ${statSync(join(folder, 'blobs', blob)).ino}`
        if (whole.has(seen)) continue
        whole.add(seen)
        const hash = createHash('sha256').update(readFileSync(join(folder, 'blobs', blob)))
        expect(hash.digest('hex'), 'a torn file').toBe(blob)
      }
      const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE name = 'file'`).all()
      const rows =
        tables.length > 0
          ? database
              .prepare('SELECT DISTINCT hash FROM file')
              .all()
              .map((row) => String(row['hash']))
          : []
      expect(
        rows.filter((hash) => !blobs.includes(hash)),
        'rows without a file',
      ).toEqual([])
      for (const [id, facts] of files) {
        const there = contentsOf(database, id)
        const lost = facts.filter(({ message, hash, name }) => !there.has(message ?? `${hash} ${name}`))
        expect(lost, 'acknowledged and lost').toEqual([])
      }
      database.close()
    },
    /** The next start sweeps all remains. */
    async finish() {
      const store = await openStore({ folder, now: () => Date.now() + 86_400_000 * 1.5 })
      await store.sweep()
      expect(await store.list()).toEqual([])
      await store.close()
      for (const space of ['blobs', 'temp']) expect(readdirSync(join(folder, space))).toEqual([])
    },
  }
}

/** Texts of messages, and hash and name of each file that both an event and a row name. */
function contentsOf(database: DatabaseSync, id: string): ReadonlySet<string> {
  const key = database.prepare('SELECT key FROM session WHERE id = ?').get(id)?.['key'] ?? null
  const rows = database.prepare('SELECT hash FROM file WHERE session = ?').all(key)
  const hashes = new Set(rows.map((row) => row['hash']))
  const there = new Set<string>()
  for (const row of database.prepare('SELECT body FROM event WHERE session = ?').all(key)) {
    const { text, hash, name } = JSON.parse(String(row['body'])) as Record<string, string>
    if (text) there.add(text)
    if (hashes.has(hash ?? null)) there.add(`${hash} ${name}`)
  }
  return there
}
