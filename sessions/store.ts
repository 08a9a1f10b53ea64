// The seam to the disk: what a store of sessions does, and what it promises. Every implementation passes
// `test/sessions/conformance.ts`.
//
// The promises
// 1. When `append` resolves, its events are on the disk, in order, and survive `kill -9` and a loss of power; so does
//    each file that they name. An append happens whole or not at all.
// 2. Bytes are stored before a row names them: `putFile` writes them, `append` of an event with their hash makes them
//    part of the session. Bytes that no session names are swept, never under a writer who is about to name them.
// 3. A session is used by one holder at a time, over all processes. A holder that died holds nothing.
// 4. Time runs from the last activity (`create`, `append`, `putFile`, `touch`): living for `idleMs`, then idle for
//    `retentionMs`, then expired: all of it is deleted, and a tombstone stays for 30 days, none if retention is 0.
//    A session in use is never deleted.
// 5. What passes a limit, and what the disk refuses, rejects with a StoreError and changes nothing.
// 6. A file's name is data: it never becomes part of a path.
import type { Event, EventOf } from './event.ts'
import type { FileVersion } from './journal/file-history.ts'

/** Milliseconds. */
export interface Durations {
  /** Without activity for so long, the sandbox ends. */
  readonly idleMs: number
  /** After the reset, files and journal stay for so long; 0: nothing outlives the reset. */
  readonly retentionMs: number
}

/** `idle`: its sandbox has ended or is to end, all else is there. `expired`: to be deleted. */
export type SessionState = 'living' | 'idle' | 'expired'

/** What is known of a session without reading its journal. Times are milliseconds since 1970. */
export interface SessionInfo extends Durations {
  readonly id: string
  readonly createdAt: number
  readonly activeAt: number
  readonly state: SessionState
  /** When the sandbox ends, if nothing happens before. */
  readonly idleAt: number
  /** When all of it is deleted, if nothing happens before. */
  readonly expiresAt: number
  /** Milliseconds to `expiresAt`, at least 0. */
  readonly leftMs: number
  /** Some process has it open. */
  readonly inUse: boolean
  /** Files as they are now, without older versions. */
  readonly files: number
  /** Bytes of all files and versions that are kept; twins count once. */
  readonly bytes: number
  readonly events: number
}

/** What doors note on a session; it is no activity, and no event. */
export interface Label {
  /** Whose it is, as a hash of what proves it; undefined: nobody's. */
  readonly owner?: string | undefined
  /** What a person calls it. */
  readonly title?: string | undefined
}

export interface Listed extends SessionInfo, Label {}

/** What remains of an expired session, so that person and model can be told what is gone. */
export interface Tombstone {
  readonly id: string
  readonly owner?: string | undefined
  readonly expiredAt: number
  readonly files: readonly string[]
  readonly variables: readonly string[]
}

/** Bytes in hand, or a regular file; `follow` allows its path to be a symbolic link. */
export type FileSource = Uint8Array | { readonly path: string; readonly follow: boolean }

export interface StoredFile {
  /** SHA-256 in hex. */
  readonly hash: string
  readonly bytes: number
}

/** A session that this process holds. */
export interface OpenSession {
  readonly id: string
  /** The journal, opened from any older version; grows when an append is on the disk. */
  readonly events: readonly Event[]
  info(): SessionInfo
  /** Durable when it resolves; several events are one transaction. Passing events (delta, progress, session) are dropped. */
  append(events: Event | readonly Event[]): Promise<void>
  /** Calls `listener` with each event that is appended and its number, once it is durable; returns a function that ends that. */
  subscribe(listener: (appended: Numbered) => void): () => void
  /** Stores bytes that an event to come will name; `name` is for the quota and its sentence. Durable with that event. */
  putFile(name: string, source: FileSource): Promise<StoredFile>
  /** Gives up bytes of `putFile` that no event will name. */
  discard(hash: string): Promise<void>
  /** A local path at which the bytes can be read until `release`; never write there. */
  pathOf(hash: string): Promise<string>
  /** Activity that is no event. */
  touch(): Promise<void>
  setDurations(durations: Partial<Durations>): Promise<void>
  /** The files as they are now, computed from the journal. */
  currentFiles(): readonly FileVersion[]
  /** Every version of the name, oldest first. */
  versions(name: string): readonly FileVersion[]
  /** The event that brings `version` of the name back, else the previous one, to be appended; undefined if it is not kept. */
  undoOf(name: string, version?: number): EventOf<'undo'> | undefined
  /** Gives up the bytes of versions that cells made, that are not current and that no model was shown; their events stay. */
  dropOldVersions(): Promise<{ readonly versions: number; readonly bytes: number }>
  /** Lets others have it. Waits for appends under way; bytes that no event named are given up. */
  release(): Promise<void>
}

type Opened =
  | { readonly status: 'open'; readonly session: OpenSession }
  | { readonly status: 'gone'; readonly tombstone: Tombstone }
  | { readonly status: 'unknown' }

/** An event and its place in the journal. */
export interface Numbered {
  readonly seq: number
  readonly event: Event
}

export interface SliceOptions {
  /** Number of the first event; default: 0. */
  readonly from?: number
  /** Only events of these types: what was printed, which is most of a long journal, need not be read then. */
  readonly only?: readonly Event['type'][]
}

/** A journal and where its bytes can be read. */
export interface WholeJournal {
  readonly events: readonly Event[]
  pathOf(hash: string): Promise<string>
}

/** A session as it was a moment ago, for listing and export; it may be in use, and be deleted meanwhile. */
export interface SessionView {
  readonly info: Listed
  /** Its journal, piece by piece: each is read in a moment, and others go on in between. Nothing of it is held here. */
  slices(options?: SliceOptions): AsyncGenerator<readonly Numbered[]>
  /** All of it at once. */
  whole(): Promise<WholeJournal>
  /** As `OpenSession.pathOf`. */
  pathOf(hash: string): Promise<string>
}

export interface Swept {
  readonly sessions: number
  readonly tombstones: number
  /** Files of bytes that nothing named any more, and remains of killed writers. */
  readonly blobs: number
}

export interface SessionStore {
  /** A new session with a random id of 144 bits, held by the caller. */
  create(durations: Durations, label?: Label): Promise<OpenSession>
  /** Holds the session; throws EASEL_SESSION_IN_USE if somebody does. Opening alone is no activity. */
  open(id: string): Promise<Opened>
  /** Reads without holding. */
  read(id: string): Promise<SessionView | undefined>
  /** All that can be opened or are in use, or those of one owner, the last active first. */
  list(owner?: string): Promise<readonly Listed[]>
  /** As `list` of one session, without its journal. */
  find(id: string): Promise<Listed | undefined>
  /** Gives a session a title, also while somebody uses it; false if there is none. */
  rename(id: string, title: string): Promise<boolean>
  /** Deletes a session or its tombstone, leaving none; false if there is neither. Throws EASEL_SESSION_IN_USE. */
  remove(id: string): Promise<boolean>
  /** Deletes what has expired and what nobody names. Runs at every start by itself. */
  sweep(): Promise<Swept>
  /** Bytes that the store takes now, and may take. */
  size(): Promise<{ readonly bytes: number; readonly limit: number }>
  /** Releases all that is open here; waits for a sweep under way. */
  close(): Promise<void>
}
