// The journal of a session whether it is in use here or not: reading it is no activity and opens nothing.
import type { Event } from '../../sessions/event.ts'
import type { Listed } from '../../sessions/store.ts'
import type { Rooms } from './rooms.ts'

export interface Journal {
  readonly events: readonly Event[]
  /** Where bytes can be read. */
  pathOf(hash: string): Promise<string>
}

interface Remembered extends Journal {
  readonly id: string
}

/** Journals of sessions at rest that were read last: a page asks for many files of one session at once. */
const MOST = 4
const remembered = new WeakMap<object, Remembered[]>()

/** The journal; undefined if the session has gone meanwhile. */
export async function journalOf(
  { desk, store }: Pick<Rooms, 'desk' | 'store'>,
  { id, events }: Listed,
): Promise<Journal | undefined> {
  const at = desk.place(id)
  if (at) return { events: at.session.events, pathOf: (hash) => at.session.pathOfHash(hash) }
  const known = remembered.get(store) ?? []
  const same = known.find((one) => one.id === id && one.events.length === events)
  if (same) return same
  const view = await store.read(id)
  if (!view) return undefined
  const read: Remembered = { id, events: view.events, pathOf: (hash) => view.pathOf(hash) }
  remembered.set(store, [read, ...known.filter((one) => one.id !== id)].slice(0, MOST))
  return read
}

/** All events of the session; undefined if it has gone. */
export async function eventsOf(
  rooms: Pick<Rooms, 'desk' | 'store'>,
  id: string,
): Promise<readonly Event[] | undefined> {
  const listed = await rooms.store.find(id)
  return listed && (await journalOf(rooms, listed))?.events
}
