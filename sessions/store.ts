// The seam to the disk: what a store of sessions does, and what it guarantees. Every implementation passes
// `test/sessions/conformance.ts`.
//
// The guarantees
// 1. When `append` resolves, its events are on the disk, in order, and survive `kill -9` and a loss of power; so does
//    each file that they name. An append happens whole or not at all.
// 2. Bytes are stored before a row names them: `putFile` writes them, `append` of an event with their hash makes them
//    part of the session. Bytes that no session names are swept, but never under a writer who is about to name them.
// 3. A session has one holder at a time, over all processes. A holder that died holds nothing.
// 4. Time runs from the last activity (`create`, `append`, `putFile`, `touch`): living for `idleMs`, then idle for
//    `retentionMs`, then expired: all of it is deleted, and a tombstone stays for 30 days, none if retention is 0.
//    A session in use is never deleted.
// 5. What exceeds a limit, or what the disk refuses, rejects with a StoreError and changes nothing.
// 6. A file's name is data: it never becomes part of a path.
import type { Event, EventOf } from './event.ts'
import type { FileVersion } from './journal/file-history.ts'

/** Milliseconds. */
export interface Durations {
  /** The sandbox ends after this long without activity. */
  readonly idleMs: number
  /** Files and journal stay this long after the sandbox has ended; 0: nothing outlives it. */
  readonly retentionMs: number
}

/** `idle`: its sandbox has ended or is about to, everything else exists. `expired`: to be deleted. */
export type LifecycleState = 'living' | 'idle' | 'expired'

/** What is known of a session without reading its journal. Times are milliseconds since 1970. */
export interface SessionInfo extends Durations {
  readonly id: string
  readonly createdAt: number
  readonly activeAt: number
  readonly state: LifecycleState
  /** When the sandbox ends, unless there is activity before. */
  readonly idleAt: number
  /** When all of it is deleted, unless there is activity before. */
  readonly expiresAt: number
  /** Milliseconds to `expiresAt`, at least 0. */
  readonly leftMs: number
  /** Some process has it open. */
  readonly inUse: boolean
  /** Current files, without older versions. */
  readonly files: number
  /** Bytes of all files and versions that are stored; identical ones count once. */
  readonly bytes: number
  readonly events: number
}

/** What the interfaces note on a session; setting it is no activity, and no event. */
export interface SessionLabel {
  /** A hash of the owner's token; undefined: no owner. */
  readonly owner?: string | undefined
  /** The user's name for it. */
  readonly title?: string | undefined
}

export interface SessionListing extends SessionInfo, SessionLabel {}

/** What remains of an expired session, so that user and model can be told what is gone. */
export interface Tombstone {
  readonly id: string
  readonly owner?: string | undefined
  readonly expiredAt: number
  readonly files: readonly string[]
  readonly variables: readonly string[]
}

/** Bytes in memory, or a regular file. */
export type FileSource = Uint8Array | PathSource

export interface PathSource {
  readonly path: string
  /** The path may be a symbolic link. */
  readonly follow: boolean
  /** Nobody writes the file any more, so the store may link it instead of copying it. Its path stays the caller's. */
  readonly isFinal?: boolean
}

export interface StoredFile {
  /** SHA-256 in hex. */
  readonly hash: string
  readonly bytes: number
}

/** A session that this process has open. */
export interface StoredSession {
  readonly id: string
  /** The journal, upgraded from any older version; grows when an append is on the disk. */
  readonly events: readonly Event[]
  info(): SessionInfo
  /** Durable when it resolves; several events are one transaction. Delta, progress and session events are dropped. */
  append(events: Event | readonly Event[]): Promise<void>
  /** Calls `listener` with each appended event and its number, once durable; returns a function that unsubscribes. */
  subscribe(listener: (appended: NumberedEvent) => void): () => void
  /** Stores bytes that a later event will name; `name` is for the quota and its message. Durable with that event. */
  putFile(name: string, source: FileSource): Promise<StoredFile>
  /** Releases bytes of `putFile` that no event will name. */
  discard(hash: string): Promise<void>
  /** A local path from which the bytes can be read until `release`; never write there. */
  pathOf(hash: string): Promise<string>
  /** Activity that is no event. */
  touch(): Promise<void>
  setDurations(durations: Partial<Durations>): Promise<void>
  /** The current files, computed from the journal. */
  currentFiles(): readonly FileVersion[]
  /** Every version of the name, oldest first. */
  versions(name: string): readonly FileVersion[]
  /** The event to append that restores `version` of the name, else the previous one; undefined if it is not stored. */
  undoOf(name: string, version?: number): EventOf<'undo'> | undefined
  /** Deletes bytes of versions made by cells that are not current and that no model was shown; their events stay. */
  dropOldVersions(): Promise<{ readonly versions: number; readonly bytes: number }>
  /** Lets other processes open it. Waits for appends under way; bytes that no event named are deleted. */
  release(): Promise<void>
}

type OpenResult =
  | { readonly status: 'open'; readonly session: StoredSession }
  | { readonly status: 'gone'; readonly tombstone: Tombstone }
  | { readonly status: 'unknown' }

/** An event and its place in the journal. */
export interface NumberedEvent {
  readonly seq: number
  readonly event: Event
}

export interface SliceOptions {
  /** Number of the first event; default: 0. */
  readonly from?: number
  /** Only events of these types: prints, which are most of a long journal, need not be read then. */
  readonly only?: readonly Event['type'][]
}

/** A journal, and the paths of its bytes. */
export interface WholeJournal {
  readonly events: readonly Event[]
  pathOf(hash: string): Promise<string>
}

/** A snapshot of a session, for listing and export; it may be in use, and be deleted meanwhile. */
export interface SessionView {
  readonly info: SessionListing
  /** Its journal in slices, each read in a few milliseconds with other work in between. Nothing of it is kept here. */
  slices(options?: SliceOptions): AsyncGenerator<readonly NumberedEvent[]>
  /** All of it at once. */
  whole(): Promise<WholeJournal>
  /** As `OpenSession.pathOf`. */
  pathOf(hash: string): Promise<string>
}

export interface SweepResult {
  readonly sessions: number
  readonly tombstones: number
  /** Blobs that nothing named any more, and temp files of killed writers. */
  readonly blobs: number
}

export interface SessionStore {
  /** Creates a session with a random id of 144 bits, held by the caller. */
  create(durations: Durations, label?: SessionLabel): Promise<StoredSession>
  /** Opens the session; throws EASEL_SESSION_IN_USE if it is open already. Opening alone is no activity. */
  open(id: string): Promise<OpenResult>
  /** Reads a session without opening it. */
  read(id: string): Promise<SessionView | undefined>
  /** All sessions that can be opened or are in use, or those of one owner, the last active first. */
  list(owner?: string): Promise<readonly SessionListing[]>
  /** As `list`, for one session. */
  find(id: string): Promise<SessionListing | undefined>
  /** Sets a session's title, also while it is in use; false if there is no such session. */
  rename(id: string, title: string): Promise<boolean>
  /** Deletes a session or its tombstone, leaving none; false if there is neither. Throws EASEL_SESSION_IN_USE. */
  remove(id: string): Promise<boolean>
  /** Deletes what has expired and bytes that nothing names. Runs by itself at every start. */
  sweep(): Promise<SweepResult>
  /** Bytes that the store uses now, and may use. */
  size(): Promise<{ readonly bytes: number; readonly limit: number }>
  /** A new private folder on the store's disk, for files about to be stored. The caller removes it. */
  temporaryFolder(): Promise<string>
  /** Releases all sessions open here; waits for a sweep under way. */
  close(): Promise<void>
}
