// The state of a session while a process has it open: its journal and file history, stored and pending bytes, lifetime.
// Checks every quota of the session.
import { StoreError } from './errors.ts'
import { createCachedReducer } from './journal/derived.ts'
import type { Event, EventOf } from './event.ts'
import type { JournalLine } from './journal/event-lines.ts'
import { lifetimeAt, type Lifetime } from './expiry.ts'
import { createFileHistory, type FileHistory } from './journal/file-history.ts'
import { checkJournalBytes, checkSessionBytes, checkSessionFiles, quoteName, type StoreLimits } from './quota.ts'
import type { Durations, NumberedEvent, SessionInfo, StoredFile } from './store.ts'

/** A session as loaded from a store. */
export interface LoadedSession extends Durations {
  readonly id: string
  readonly createdAt: number
  readonly activeAt: number
  readonly events: Event[]
  /** Size in bytes by hash. */
  readonly held: Map<string, number>
  readonly journalBytes: number
}

export interface SessionState {
  readonly found: LoadedSession
  readonly history: FileHistory
  life: Lifetime
  journalBytes: number
  /** Files that no event names yet, by hash, and how often each was put. */
  readonly pending: Map<string, { readonly bytes: number; puts: number }>
  info(now: number, inUse: boolean): SessionInfo
  has(hash: string): boolean
  /** Throws if the session may not take the file; then counts it as pending. */
  admitFile(name: string, file: StoredFile): void
  /** Throws if the events name unknown files or exceed a quota; `lines` are theirs. */
  checkEvents(events: readonly Event[], lines: readonly JournalLine[]): void
  /** The files that these events are the first to name. */
  newFiles(events: readonly Event[]): StoredFile[]
  /** Adds events that are on the disk. */
  take(events: readonly Event[], lines: readonly JournalLine[]): void
  /** Versions made by cells that are not current and not shared by an upload or a look: bytes by hash. */
  oldVersions(): ReadonlyMap<string, number>
  /** Their bytes are no longer stored. */
  drop(hashes: Iterable<string>): void
}

/** The state of a loaded session. */
export function createSessionState(found: LoadedSession, limits: StoreLimits): SessionState {
  const { held } = found
  const { history, shown } = derivedStateOf(found.events)
  const old = (): Map<string, number> => oldVersions(history, held, shown)
  const pending: SessionState['pending'] = new Map()
  const has = (hash: string): boolean => held.has(hash) || pending.has(hash)
  let heldBytes = sum(held.values())
  const total = (): number => heldBytes + sum([...pending].map(([hash, { bytes }]) => (held.has(hash) ? 0 : bytes)))

  return {
    found,
    history,
    pending,
    has,
    life: { activeAt: found.activeAt, idleMs: found.idleMs, retentionMs: found.retentionMs },
    journalBytes: found.journalBytes,
    info(now, inUse) {
      const { id, createdAt, events } = found
      const files = history.currentFiles().length
      const times = { createdAt, ...this.life, ...lifetimeAt(this.life, now) }
      return { id, ...times, inUse, files, bytes: total(), events: events.length }
    },
    admitFile(name, { hash, bytes }) {
      checkSessionBytes(limits, name, total() + (has(hash) ? 0 : bytes), () => sum(old().values()))
      pending.set(hash, { bytes, puts: (pending.get(hash)?.puts ?? 0) + 1 })
    },
    checkEvents(events, lines) {
      const unknown = events.flatMap(hashesOf).find((hash) => !has(hash))
      if (unknown) throw noFileError(unknown)
      const newest = events.findLast(addsFile)
      if (newest) checkSessionFiles(limits, newest.name, history.countAfter(events))
      checkJournalBytes(limits, this.journalBytes + bytesOfLines(lines))
    },
    newFiles(events) {
      const hashes = new Set(events.flatMap(hashesOf))
      return [...hashes]
        .filter((hash) => !held.has(hash))
        .map((hash) => ({ hash, bytes: pending.get(hash)?.bytes ?? 0 }))
    },
    take(events, lines) {
      for (const { hash, bytes } of this.newFiles(events)) {
        held.set(hash, bytes)
        heldBytes += bytes
      }
      for (const event of events) {
        for (const hash of hashesOf(event)) pending.delete(hash)
        found.events.push(event)
      }
      derivedStateOf(found.events)
      this.journalBytes += bytesOfLines(lines)
    },
    oldVersions: old,
    drop(hashes) {
      for (const hash of hashes) {
        heldBytes -= held.get(hash) ?? 0
        held.delete(hash)
      }
    },
  }
}

/** Joins the slices of a journal; its derived state is updated with each. */
export async function joinSlices(slices: AsyncIterable<readonly NumberedEvent[]>): Promise<Event[]> {
  const events: Event[] = []
  for await (const slice of slices) {
    for (const { event } of slice) events.push(event)
    derivedStateOf(events)
  }
  return events
}

/** File history and the hashes of pictures shown to a model, which are sent again with every request. */
const derivedStateOf = createCachedReducer(
  () => ({ history: createFileHistory(), shown: new Set<string>() }),
  ({ history, shown }, { event }) => {
    history.take(event)
    if (event.type === 'look') for (const { hash } of event.pictures) shown.add(hash)
  },
)

/** Bytes of lines, as the quota counts them. */
export function bytesOfLines(lines: readonly JournalLine[]): number {
  return sum(lines.map((line) => Buffer.byteLength(line.body)))
}

export function sum(values: Iterable<number>): number {
  let all = 0
  for (const value of values) all += value
  return all
}

export function noFileError(hash: string): StoreError {
  return new StoreError('EASEL_STORE_NO_FILE', `The session holds no file with the hash ${quoteName(hash)}.`)
}

function oldVersions(
  history: FileHistory,
  held: ReadonlyMap<string, number>,
  shown: ReadonlySet<string>,
): Map<string, number> {
  const old = new Map<string, number>()
  const needed = new Set<string | undefined>(shown)
  for (const { hash, current, cell } of history.names().files.flatMap((name) => history.versions(name))) {
    const bytes = hash === undefined ? undefined : held.get(hash)
    if (current || cell === undefined) needed.add(hash)
    else if (hash !== undefined && bytes !== undefined) old.set(hash, bytes)
  }
  for (const hash of needed) if (hash) old.delete(hash)
  return old
}

function addsFile(event: Event): event is EventOf<'upload'> | EventOf<'file'> | EventOf<'undo'> {
  return event.type === 'upload' || event.type === 'file' || event.type === 'undo'
}

function hashesOf(event: Event): readonly string[] {
  if (event.type === 'look') return event.pictures.map(({ hash }) => hash)
  return (event.type === 'upload' || event.type === 'file') && event.hash !== undefined ? [event.hash] : []
}
