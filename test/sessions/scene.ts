// Shared by the stores' tests: events to append, and clocks that can be moved.
import type { FileInfo } from '../../sandbox/protocol.ts'
import type { Event, EventOf } from '../../sessions/event.ts'
import type { StoredSession, SessionStore, StoredFile } from '../../sessions/store.ts'

export const HOUR = 3_600_000
export const DURATIONS = { idleMs: HOUR, retentionMs: 24 * HOUR }

/** A clock that stays still until it is moved. */
export function createClock() {
  let at = 1_800_000_000_000
  return { now: () => at, move: (ms: number) => void (at += ms) }
}

export function cardOf(bytes: number): FileInfo {
  return { kind: 'text', mime: 'text/plain', bytes }
}

export function uploadOf(name: string, { hash, bytes }: StoredFile): EventOf<'upload'> {
  return { type: 'upload', name, hash, card: cardOf(bytes) }
}

export function fileOf(name: string, { hash, bytes }: StoredFile, cell = 1): EventOf<'file'> {
  return { type: 'file', cell, name, mime: 'text/plain', bytes, card: cardOf(bytes), hash }
}

export function printOf(text: string): Event {
  return { type: 'print', cell: 1, stream: 'stdout', text }
}

export function resultOf(cell: number, names: string[], status: 'ok' | 'threw' = 'ok'): Event {
  return { type: 'result', cell, status, ms: 3, names }
}

/** Stores text as a file of the session, in one step. */
export async function bring(session: StoredSession, name: string, text: string): Promise<StoredFile> {
  const file = await session.putFile(name, Buffer.from(text))
  await session.append(uploadOf(name, file))
  return file
}

/** Opens the session, which must exist. */
export async function mustOpen(store: SessionStore, id: string): Promise<StoredSession> {
  const opened = await store.open(id)
  if (opened.status !== 'open') throw new Error(`session ${id} is ${opened.status}`)
  return opened.session
}
