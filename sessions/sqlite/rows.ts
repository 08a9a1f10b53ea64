// Reads rows of the embedded store into the store's types.
import { createQueue, type Queue } from '../../sandbox/queue.ts'
import { setImmediate as breathe } from 'node:timers/promises'
import { readLine } from '../journal/event-lines.ts'
import { lifetimeAt } from '../expiry.ts'
import { joinSlices, type LoadedSession } from '../session-state.ts'
import type { Database } from './database.ts'
import type { SessionListing, NumberedEvent, SliceOptions, Tombstone } from '../store.ts'

export interface SessionRow {
  readonly key: number
  readonly id: string
  readonly created: number
  readonly active: number
  readonly idle: number
  readonly retention: number
  readonly expires: number
  readonly lease: string | null
  readonly dying: number
  readonly events: number
  readonly files: number
  readonly journal: number
  readonly owner: string | null
  readonly title: string | null
  /** Bytes of all its files. */
  readonly bytes: number
}

const SESSION = `SELECT *, (SELECT coalesce(sum(bytes), 0) FROM file WHERE file.session = session.key) AS bytes FROM session`

export function findSession(database: Database, id: string): SessionRow | undefined {
  return database.statement(`${SESSION} WHERE id = ?`).get(id) as SessionRow | undefined
}

/** All sessions, or those of one owner, that are not being deleted, the last active first. */
export function allSessions(database: Database, owner?: string): readonly SessionRow[] {
  const order = 'ORDER BY active DESC, key DESC'
  const found =
    owner === undefined
      ? database.statement(`${SESSION} WHERE dying = 0 ${order}`).all()
      : database.statement(`${SESSION} WHERE dying = 0 AND owner = ? ${order}`).all(owner)
  return found as unknown as SessionRow[]
}

export function infoOf(row: SessionRow, now: number, inUse: boolean): SessionListing {
  const life = { activeAt: row.active, idleMs: row.idle, retentionMs: row.retention }
  const { id, created: createdAt, files, bytes, events } = row
  const label = { owner: row.owner ?? undefined, title: row.title ?? undefined }
  return { id, createdAt, ...life, ...lifetimeAt(life, now), inUse, files, bytes, events, ...label }
}

export function findTombstone(database: Database, id: string, now: number): Tombstone | undefined {
  const row = database.statement('SELECT * FROM tombstone WHERE id = ? AND until > ?').get(id, now)
  if (!row) return undefined
  const names = (column: string): readonly string[] => JSON.parse(String(row[column])) as string[]
  const owner = row['owner'] === null ? undefined : String(row['owner'])
  return { id, owner, expiredAt: Number(row['expired']), files: names('files'), variables: names('variables') }
}

export async function loadSession(database: Database, row: SessionRow): Promise<LoadedSession> {
  const files = await database.read(() =>
    database.statement('SELECT hash, bytes FROM file WHERE session = ?').all(row.key),
  )
  return {
    id: row.id,
    createdAt: row.created,
    activeAt: row.active,
    idleMs: row.idle,
    retentionMs: row.retention,
    events: await joinSlices(slicesOf(database, row.key)),
    held: new Map(files.map(({ hash, bytes }) => [String(hash), Number(bytes)])),
    journalBytes: row.journal,
  }
}

/** Rows scanned, and characters and milliseconds read, before the event loop gets a turn. */
const ROWS = 2000
const CHARACTERS = 200_000
const SLICE_MS = 4

/** The journal from `from` on, in slices. */
export async function* slicesOf(
  database: Database,
  session: number,
  { from = 0, only }: SliceOptions = {},
): AsyncGenerator<readonly NumberedEvent[]> {
  const types = only ? ` AND type IN (${only.map((type) => `'${type}'`).join(', ')})` : ''
  const sql = `SELECT seq, version, type, body FROM event WHERE session = ? AND seq >= ? AND seq < ?${types} ORDER BY seq`
  const last = await database.read(() =>
    database.statement('SELECT max(seq) AS n FROM event WHERE session = ?').get(session),
  )
  const end = Number(last?.['n'] ?? -1) + 1
  for (let at = from; at < end;) {
    const events: NumberedEvent[] = []
    at = await readInTurn(database, () => {
      const until = performance.now() + SLICE_MS
      let characters = 0
      for (const row of database.statement(sql).iterate(session, at, at + ROWS)) {
        const [seq, body] = [Number(row['seq']), String(row['body'])]
        const line = { version: Number(row['version']), type: String(row['type']), body }
        events.push({ seq, event: readLine(line) })
        characters += body.length
        if (characters > CHARACTERS || performance.now() > until) return seq + 1
      }
      return at + ROWS
    })
    if (events.length > 0) yield events
  }
}

const queues = new WeakMap<Database, Queue>()

/** Reads one slice per turn of the event loop, however many readers wait. */
function readInTurn<T>(database: Database, job: () => T): Promise<T> {
  const queue = queues.get(database) ?? createQueue()
  queues.set(database, queue)
  return queue.run(async () => {
    await breathe()
    return database.read(job)
  })
}
