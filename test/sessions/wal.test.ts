// Acknowledged writes are on the disk: a commit waits for a flush that began after it, and simultaneous commits share
// one.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../sessions/sqlite/database.ts'
import { createFlusher } from '../../sessions/sqlite/wal.ts'

/** Flushes that end when the test says so. */
function slowDisk() {
  const flushes: PromiseWithResolvers<void>[] = []
  const flusher = createFlusher(() => {
    const flush = Promise.withResolvers<void>()
    flushes.push(flush)
    return flush.promise
  })
  return { flushes, flusher }
}

test('who asks during a flush waits for the next one, which all of them share', async () => {
  const { flushes, flusher } = slowDisk()
  const told: string[] = []
  const ask = (name: string) => flusher.synced().then(() => told.push(name))
  const all = [ask('first'), ask('second'), ask('third')]
  expect(flushes).toHaveLength(1)
  flushes[0]!.resolve()
  await breathe()
  expect(told).toEqual(['first'])
  expect(flushes).toHaveLength(2)
  all.push(ask('fourth'))
  flushes[1]!.resolve()
  await breathe()
  expect(told).toEqual(['first', 'second', 'third'])
  expect(flushes).toHaveLength(3)
  flushes[2]!.resolve()
  await Promise.all(all)
  expect(told).toEqual(['first', 'second', 'third', 'fourth'])
})

test('after a flush that failed none is believed until the log has been brought into the database', async () => {
  const { flushes, flusher } = slowDisk()
  const first = flusher.synced()
  const second = flusher.synced()
  flushes[0]!.reject(new Error('EIO'))
  await expect(first).rejects.toThrow('EIO')
  await breathe()
  flushes[1]!.resolve()
  await expect(second).rejects.toThrow('An earlier flush of the log failed.')
  expect(flusher.failed).toBe(true)
  flusher.failed = false
  const third = flusher.synced()
  flushes[2]!.resolve()
  await expect(third).resolves.toBeUndefined()
})

test('thousands of commits go through checkpoints in a thread, and the log stays small', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'easel-wal-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const database = await openDatabase(folder, () => undefined)
  await database.write('durable', () => database.statement('CREATE TABLE note (n INTEGER, text TEXT)').run())
  for (let n = 0; n < 3000; n++)
    await database.write('light', () => database.statement('INSERT INTO note VALUES (?, ?)').run(n, 'x'.repeat(500)))
  expect(statSync(join(folder, 'easel.db-wal')).size).toBeLessThan(8_000_000)
  await database.tidy('PRAGMA wal_checkpoint(TRUNCATE)')
  await expect(database.read(() => database.statement('SELECT count(*) AS n FROM note').get())).resolves.toEqual({
    n: 3000,
  })
  await database.close()
  const again = await openDatabase(folder, () => undefined)
  await expect(again.read(() => again.statement('SELECT max(n) AS n FROM note').get())).resolves.toEqual({ n: 2999 })
  await again.close()
})
