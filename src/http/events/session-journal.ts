// Reads a session's files, usage and events whether it is open here or not; reading is no activity and opens nothing.
// For a closed session only files and usage are cached, and only new events are read, once for concurrent requests.
import type { Event } from '../../../sessions/event.ts'
import type { SessionListing, NumberedEvent, SessionStore, SessionView } from '../../../sessions/store.ts'
import { createUsageSum, spentIn, type Spent, type UsageSum } from '../../spending/budget.ts'
import type { ServerContext } from '../context.ts'
import {
  createFileIndex,
  FILE_EVENTS,
  readFileIndex,
  type GrowingFileIndex,
  type FileIndex,
} from '../files/file-index.ts'

type JournalDeps = Pick<ServerContext, 'sessions' | 'store'>

export interface Files {
  readonly index: FileIndex
  /** Path of the bytes. */
  pathOf(hash: string): Promise<string>
}

/** The files of a session; undefined if it has been deleted meanwhile. */
export async function filesOf({ sessions, store }: JournalDeps, id: string): Promise<Files | undefined> {
  const at = sessions.active(id)
  if (at) return { index: await readFileIndex(id, at.session.events), pathOf: (hash) => at.session.pathOfHash(hash) }
  const rest = await readClosedSession(store, id)
  return rest && { index: rest.facts.index, pathOf: (hash) => rest.view.pathOf(hash) }
}

/** What the session has used of models. */
export async function usageOf({ sessions, store }: JournalDeps, { id }: Pick<SessionListing, 'id'>): Promise<Spent> {
  const at = sessions.active(id)
  if (at) return spentIn(at.session.events)
  return ((await readClosedSession(store, id))?.facts.usage ?? createUsageSum()).sum()
}

/** The events from number `from` on, one slice of them. */
export async function eventsFrom(store: SessionStore, id: string, from: number): Promise<readonly NumberedEvent[]> {
  const view = await store.read(id)
  for await (const slice of view?.slices({ from }) ?? []) return slice
  return []
}

interface Facts {
  readonly id: string
  readonly index: GrowingFileIndex
  readonly usage: UsageSum
  /** Number of events taken so far. */
  seen: number
  /** The read of new events in progress. */
  reading: Promise<SessionView | undefined> | undefined
}

/** Limits of the cache: sessions, and file versions in all of them; the latest session may exceed the second alone. */
const MAX_KEPT = 16
const MAX_VERSIONS = 100_000
const kept = new WeakMap<SessionStore, Facts[]>()

async function readClosedSession(
  store: SessionStore,
  id: string,
): Promise<{ facts: Facts; view: SessionView } | undefined> {
  const known = kept.get(store) ?? []
  const facts = known.find((one) => one.id === id) ?? newFacts(id)
  kept.set(store, withinCaps([facts, ...known.filter((one) => one !== facts)]))
  facts.reading ??= catchUp(store, facts).finally(() => (facts.reading = undefined))
  const view = await facts.reading
  return view && { facts, view }
}

function newFacts(id: string): Facts {
  return { id, index: createFileIndex(id), usage: createUsageSum(), seen: 0, reading: undefined }
}

function withinCaps(all: readonly Facts[]): Facts[] {
  let versions = 0
  return all.slice(0, MAX_KEPT).filter(({ index }, at) => (versions += index.size) <= MAX_VERSIONS || at === 0)
}

const RELEVANT_EVENTS: readonly Event['type'][] = [...FILE_EVENTS, 'usage']

async function catchUp(store: SessionStore, facts: Facts): Promise<SessionView | undefined> {
  const view = await store.read(facts.id)
  if (!view || view.info.events === facts.seen) return view
  for await (const slice of view.slices({ from: facts.seen, only: RELEVANT_EVENTS }))
    for (const { event, seq } of slice) {
      facts.usage.take(event)
      facts.index.take(withoutLargeFields(event), seq)
      facts.seen = seq + 1
    }
  facts.seen = Math.max(facts.seen, view.info.events)
  return view
}

/** The event with a `card` that has only the fields clients are sent, without large ones. */
function withoutLargeFields(event: Event): Event {
  if (event.type !== 'upload' && event.type !== 'file') return event
  const { kind, mime, bytes, width, height, frames, problem, cause } = event.card
  return { ...event, card: { kind, mime, bytes, width, height, frames, problem, cause } }
}
