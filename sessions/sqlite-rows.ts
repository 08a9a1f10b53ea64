// Rows of the embedded store read into what the rest of the house knows.
import { setImmediate as breathe } from 'node:timers/promises'
import type { Event } from './event.ts'
import { openLine } from './event-lines.ts'
import { lifetimeAt } from './expiry.ts'
import type { Found } from './holding.ts'
import type { Database } from './sqlite-database.ts'
import type { Listed, Tombstone } from './store.ts'

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

/** All, or those of one owner, that are not being deleted, the last active first. */
export function allSessions(database: Database, owner?: string): readonly SessionRow[] {
  const order = 'ORDER BY active DESC, key DESC'
  const found =
    owner === undefined
      ? database.statement(`${SESSION} WHERE dying = 0 ${order}`).all()
      : database.statement(`${SESSION} WHERE dying = 0 AND owner = ? ${order}`).all(owner)
  return found as unknown as SessionRow[]
}

export function infoOf(row: SessionRow, now: number, inUse: boolean): Listed {
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

export async function foundSession(database: Database, row: SessionRow): Promise<Found> {
  const files = await database.read(() =>
    database.statement('SELECT hash, bytes FROM file WHERE session = ?').all(row.key),
  )
  return {
    id: row.id,
    createdAt: row.created,
    activeAt: row.active,
    idleMs: row.idle,
    retentionMs: row.retention,
    events: await eventsOf(database, row.key),
    held: new Map(files.map(({ hash, bytes }) => [String(hash), Number(bytes)])),
    journalBytes: row.journal,
  }
}

const PAGE = 500

/** The journal, read in pages with room for others between them; `only` reads events of these types. */
export async function eventsOf(database: Database, session: number, only?: readonly Event['type'][]): Promise<Event[]> {
  const where = only ? ` AND type IN (${only.map((type) => `'${type}'`).join(', ')})` : ''
  const sql = `SELECT seq, version, type, body FROM event WHERE session = ? AND seq >= ?${where} ORDER BY seq LIMIT ${PAGE}`
  const events: Event[] = []
  for (let from = 0; ;) {
    const rows = await database.read(() => database.statement(sql).all(session, from))
    for (const { version, type, body } of rows) {
      events.push(openLine({ version: Number(version), type: String(type), body: String(body) }))
    }
    if (rows.length < PAGE) return events
    from = Number(rows.at(-1)?.['seq']) + 1
    await breathe()
  }
}
