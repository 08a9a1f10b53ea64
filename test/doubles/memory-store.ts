// An in-memory store: proves that the interface supports a second implementation, and is quick for tests. Its "disk"
// outlives a store, as a data folder does; a closed store has released its sessions.
import { createHash, randomBytes } from 'node:crypto'
import { setImmediate as breathe } from 'node:timers/promises'
import { StoreError } from '../../sessions/errors.ts'
import { readLine, type JournalLine } from '../../sessions/journal/event-lines.ts'
import { checkDurations, lifetimeAt, TOMBSTONE_MS, tombstoneOf } from '../../sessions/expiry.ts'
import { createSessionState, sum, joinSlices, type LoadedSession } from '../../sessions/session-state.ts'
import { bytesOfSource, createPaths, type Paths } from './memory-files.ts'
import { createStoredSession, type SessionBackend } from '../../sessions/stored-session.ts'
import { checkFolderBytes, quoteName, storeLimits, type StoreLimits } from '../../sessions/quota.ts'
import type {
  Durations,
  SessionLabel,
  SessionListing,
  NumberedEvent,
  StoredSession,
  SessionStore,
  SessionView,
  SliceOptions,
  SweepResult,
  Tombstone,
} from '../../sessions/store.ts'

interface Kept {
  readonly id: string
  readonly createdAt: number
  activeAt: number
  idleMs: number
  retentionMs: number
  readonly lines: JournalLine[]
  readonly files: Map<string, Uint8Array>
  pending: Map<string, Uint8Array>
  journalBytes: number
  holder: object | undefined
  readonly owner: string | undefined
  title: string | undefined
}

/** The state that stores share. */
export interface MemoryDisk {
  readonly sessions: Map<string, Kept>
  readonly tombstones: Map<string, Tombstone>
}

export interface MemoryOptions {
  readonly disk: MemoryDisk
  readonly limits?: Partial<StoreLimits>
  readonly now?: () => number
}

export function createMemoryDisk(): MemoryDisk {
  return { sessions: new Map(), tombstones: new Map() }
}

/** A store on the disk; several may be open at once. */
export function openMemoryStore({ disk, limits: given, now = Date.now }: MemoryOptions): SessionStore {
  const limits = storeLimits(given)
  const me = {}
  const open = new Set<StoredSession>()
  const paths = createPaths()
  const hold = (kept: Kept): StoredSession => {
    kept.holder = me
    const backend = createBackend(kept, disk, limits, paths, () => open.delete(session))
    const session: StoredSession = createStoredSession(backend, foundOf(kept), limits, now)
    open.add(session)
    return session
  }
  sweep(disk, now())

  return {
    async create(durations, label) {
      checkDurations(durations)
      checkFolderBytes(limits, 'With a new session', bytesOf(disk))
      const kept = newKept(durations, now(), label)
      disk.sessions.set(kept.id, kept)
      return hold(kept)
    },
    async open(id) {
      sweep(disk, now())
      const kept = disk.sessions.get(id)
      const tombstone = disk.tombstones.get(id)
      if (!kept) return tombstone ? { status: 'gone', tombstone } : { status: 'unknown' }
      if (kept.holder) throw inUse(id)
      return { status: 'open', session: hold(kept) }
    },
    ...readers(disk, limits, now, paths),
    async remove(id) {
      if (disk.sessions.get(id)?.holder) throw inUse(id)
      const stone = disk.tombstones.delete(id)
      return disk.sessions.delete(id) || stone
    },
    sweep: async () => sweep(disk, now()),
    temporaryFolder: paths.temporaryFolder,
    size: async () => ({ bytes: bytesOf(disk), limit: limits.folderBytes }),
    async close() {
      await Promise.all([...open].map((session) => session.release()))
      await paths.close()
    },
  }
}

/** Reads and labels sessions without opening them. */
function readers(
  disk: MemoryDisk,
  limits: StoreLimits,
  now: () => number,
  paths: ReturnType<typeof createPaths>,
): Pick<SessionStore, 'read' | 'list' | 'find' | 'rename'> {
  const infoOf = (kept: Kept): SessionListing => {
    const { owner, title } = kept
    return { ...createSessionState(foundOf(kept), limits).info(now(), kept.holder !== undefined), owner, title }
  }
  const living = (): Kept[] => [...disk.sessions.values()].filter((kept) => !isOver(kept, now()))
  const named = (id: string): Kept | undefined => living().find((one) => one.id === id)
  return {
    async read(id) {
      const kept = named(id)
      if (!kept) return undefined
      const slices: SessionView['slices'] = (options) => slicesOf(kept.lines, options)
      const pathOf = (hash: string) => paths.pathOf(kept, hash)
      const whole = async () => ({ events: await joinSlices(slices()), pathOf })
      return { info: infoOf(kept), slices, whole, pathOf }
    },
    list: async (owner) =>
      living()
        .map(infoOf)
        .filter((info) => owner === undefined || info.owner === owner)
        .sort((a, b) => b.activeAt - a.activeAt),
    async find(id) {
      const kept = named(id)
      return kept && infoOf(kept)
    },
    async rename(id, title) {
      const kept = named(id)
      if (kept) kept.title = title
      return kept !== undefined
    },
  }
}

const SLICE = 500

async function* slicesOf(
  lines: readonly JournalLine[],
  { from = 0, only }: SliceOptions = {},
): AsyncGenerator<readonly NumberedEvent[]> {
  const end = lines.length
  for (let at = from; at < end; at += SLICE) {
    const slice = lines.slice(at, Math.min(end, at + SLICE)).map((line, place) => ({ line, seq: at + place }))
    const wanted = only ? slice.filter(({ line }) => only.some((type) => type === line.type)) : slice
    if (wanted.length > 0) yield wanted.map(({ line, seq }) => ({ seq, event: readLine(line) }))
    await breathe()
  }
}

function newKept(durations: Durations, now: number, { owner, title }: SessionLabel = {}): Kept {
  const id = randomBytes(18).toString('hex')
  const empty = { owner, title, lines: [], files: new Map(), pending: new Map(), journalBytes: 0, holder: undefined }
  return { id, createdAt: now, activeAt: now, ...durations, ...empty }
}

function isOver(kept: Kept, now: number): boolean {
  return !kept.holder && lifetimeAt(kept, now).state === 'expired'
}

function sweep(disk: MemoryDisk, now: number): SweepResult {
  const over = [...disk.sessions.values()].filter((kept) => isOver(kept, now))
  for (const kept of over) {
    const stone = tombstoneOf(kept.id, kept, foundOf(kept).events, now)
    if (stone) disk.tombstones.set(kept.id, { ...stone, owner: kept.owner })
    disk.sessions.delete(kept.id)
  }
  const stones = [...disk.tombstones.values()].filter((stone) => stone.expiredAt + TOMBSTONE_MS <= now)
  for (const stone of stones) disk.tombstones.delete(stone.id)
  return { sessions: over.length, tombstones: stones.length, blobs: sum(over.map((kept) => kept.files.size)) }
}

function createBackend(
  kept: Kept,
  disk: MemoryDisk,
  limits: StoreLimits,
  paths: Paths,
  left: () => void,
): SessionBackend {
  return {
    async commit({ lines, files, activeAt, journalBytes }) {
      kept.lines.push(...lines)
      for (const { hash } of files) kept.files.set(hash, kept.pending.get(hash) ?? new Uint8Array())
      Object.assign(kept, { activeAt, journalBytes })
    },
    async keep(name, source, admit) {
      const bytes = await bytesOfSource(name, source, limits)
      const file = { hash: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length }
      admit(file)
      const known = [...disk.sessions.values()].some((each) => each.files.has(file.hash))
      checkFolderBytes(limits, `With ${quoteName(name)}`, bytesOf(disk) + (known ? 0 : bytes.length))
      kept.pending.set(file.hash, bytes)
      return file
    },
    async forget(hashes, which) {
      for (const hash of hashes) (which === 'named' ? kept.files : kept.pending).delete(hash)
    },
    note: async (life) => void Object.assign(kept, life),
    pathOf: (hash) => paths.pathOf(kept, hash),
    async leave() {
      kept.holder = undefined
      kept.pending = new Map()
      left()
    },
  }
}

function foundOf(kept: Kept): LoadedSession {
  const { id, createdAt, activeAt, idleMs, retentionMs, lines, files, journalBytes } = kept
  const held = new Map([...files].map(([hash, bytes]) => [hash, bytes.length]))
  return {
    id,
    createdAt,
    activeAt,
    idleMs,
    retentionMs,
    events: lines.map((line) => readLine(line)),
    held,
    journalBytes,
  }
}

function bytesOf(disk: MemoryDisk): number {
  const blobs = new Map<string, number>()
  for (const { files, pending } of disk.sessions.values()) {
    for (const [hash, bytes] of [...files, ...pending]) blobs.set(hash, bytes.length)
  }
  return sum(blobs.values()) + sum([...disk.sessions.values()].map((kept) => kept.journalBytes))
}

function inUse(id: string): StoreError {
  return new StoreError(
    'EASEL_SESSION_IN_USE',
    `The session ${id} is in use in this program. End it there first, or start a new session.`,
  )
}
