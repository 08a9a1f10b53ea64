// The backend of one session on the embedded store: its appends, its pending bytes, its lease.
import type { CommitEntry } from '../journal/append-queue.ts'
import type { Blobs } from '../blobs/blobs.ts'
import { StoreError } from '../errors.ts'
import { noFileError } from '../session-state.ts'
import type { SessionBackend } from '../stored-session.ts'
import { checkFileBytes, checkFolderBytes, quoteName, type StoreLimits } from '../quota.ts'
import type { Collector } from './garbage-collector.ts'
import type { Database } from './database.ts'
import type { StoredFile } from '../store.ts'

export interface BackendDeps {
  readonly database: Database
  readonly blobs: Blobs
  readonly collector: Collector
  readonly limits: StoreLimits
  readonly instance: string
  readonly now: () => number
  /** Translates errors of the disk into StoreErrors. */
  readonly explain: (error: unknown) => unknown
}

/** The backend of the session with this key, leased to this instance; calls `left` when it is released. */
export function createSessionBackend(deps: BackendDeps, key: number, id: string, left: () => void): SessionBackend {
  const { database, blobs, collector, limits, instance, now } = deps
  const run = (sql: string, ...values: (string | number)[]): number =>
    Number(database.statement(sql).run(...values).changes)

  return {
    commit: (entry) => database.write('durable', () => commit(run, entry, { key, id, instance })),
    keep(name, source, admit) {
      const hold = (file: StoredFile): Promise<void> => {
        admit(file)
        return database.write('light', () => {
          checkFolderBytes(limits, `With ${quoteName(name)}`, totalBytesWith(database, file))
          run('INSERT OR REPLACE INTO hold VALUES (?, ?, ?, ?)', key, file.hash, file.bytes, instance)
          run('UPDATE session SET active = ? WHERE key = ?', now(), key)
        })
      }
      const checkBytes = (bytes: number): void => checkFileBytes(limits, name, bytes)
      return blobs.put({ name, source, checkBytes, hold }).catch((error: unknown) => {
        throw deps.explain(error)
      })
    },
    async forget(hashes, which) {
      // Bytes may be deleted only once it is on the disk that nothing names them.
      const weight = which === 'named' ? 'durable' : 'light'
      const table = which === 'named' ? 'file' : 'hold'
      await database.write(weight, () => {
        for (const hash of hashes) run(`DELETE FROM ${table} WHERE session = ? AND hash = ?`, key, hash)
      })
      await collector.collect(hashes)
    },
    note: ({ activeAt, idleMs, retentionMs }) =>
      database.write('light', () => {
        run('UPDATE session SET active = ?, idle = ?, retention = ? WHERE key = ?', activeAt, idleMs, retentionMs, key)
      }),
    pathOf: async (hash) => blobs.pathOf(hash),
    async leave() {
      const write = database.write('light', () => {
        const rows = database.statement('SELECT hash FROM hold WHERE session = ? AND instance = ?').all(key, instance)
        run('DELETE FROM hold WHERE session = ? AND instance = ?', key, instance)
        run('UPDATE session SET lease = NULL WHERE key = ? AND lease = ?', key, instance)
        return rows.map((row) => String(row['hash']))
      })
      // Even if the write fails: nothing here uses the session any more.
      await collector.collect(await write.finally(left))
    },
  }
}

/** Bytes of the whole data folder, with the file added to it. */
export function totalBytesWith(database: Database, file?: StoredFile): number {
  const number = (sql: string, ...values: string[]): number =>
    Number(database.statement(sql).get(...values)?.['n'] ?? 0)
  const blobs = number(`SELECT value AS n FROM fact WHERE name = 'blobBytes'`)
  const held = number(
    'SELECT sum(bytes) AS n FROM (SELECT DISTINCT hash, bytes FROM hold WHERE hash NOT IN (SELECT hash FROM blob))',
  )
  const known = file
    ? number(
        'SELECT count(*) AS n FROM (SELECT 1 FROM blob WHERE hash = ? UNION ALL SELECT 1 FROM hold WHERE hash = ?)',
        file.hash,
        file.hash,
      )
    : 0
  return database.bytes() + blobs + held + (file && known === 0 ? file.bytes : 0)
}

interface LeasedRow {
  readonly key: number
  readonly id: string
  readonly instance: string
}

function commit(
  run: (sql: string, ...values: (string | number)[]) => number,
  entry: CommitEntry,
  { key, id, instance }: LeasedRow,
): void {
  const { first, lines, files, activeAt, fileCount, journalBytes } = entry
  const update =
    'UPDATE session SET active = ?, events = ?, files = ?, journal = ? WHERE key = ? AND lease = ? AND events = ?'
  const changed = run(update, activeAt, first + lines.length, fileCount, journalBytes, key, instance, first)
  if (changed !== 1) throw new StoreError('EASEL_SESSION_RELEASED', `The session ${id} is no longer open here.`)
  lines.forEach(({ version, type, body }, i) => {
    run('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)', key, first + i, version, activeAt, type, body)
  })
  for (const { hash, bytes } of files) {
    if (run('DELETE FROM hold WHERE session = ? AND hash = ? AND instance = ?', key, hash, instance) !== 1)
      throw noFileError(hash)
    run('INSERT INTO file VALUES (?, ?, ?)', key, hash, bytes)
  }
}
