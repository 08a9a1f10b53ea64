// When a session becomes idle and when it expires, and what remains of it then.
import type { Event } from './event.ts'
import { createFileHistory } from './journal/file-history.ts'
import type { Durations, StoredSession, LifecycleState, Tombstone } from './store.ts'

/** How long a session lives by default. */
export const DEFAULT_DURATIONS: Durations = { idleMs: 30 * 60_000, retentionMs: 24 * 3_600_000 }

/** How long a tombstone is kept after its session has expired. */
export const TOMBSTONE_MS = 30 * 24 * 3_600_000

/** Ten years: beyond that a duration is a mistake. */
const MAX_MS = 10 * 365 * 24 * 3_600_000

export interface Lifetime extends Durations {
  readonly activeAt: number
}

/** State and due times at `now`. */
export function lifetimeAt(life: Lifetime, now: number) {
  const idleAt = life.activeAt + life.idleMs
  const expiresAt = idleAt + life.retentionMs
  const state: LifecycleState = now >= expiresAt ? 'expired' : now >= idleAt ? 'idle' : 'living'
  return { state, idleAt, expiresAt, leftMs: Math.max(0, expiresAt - now) }
}

/** Throws RangeError unless all are whole milliseconds from 0 to ten years. */
export function checkDurations(durations: Partial<Durations>): void {
  for (const [name, value] of Object.entries(durations)) {
    if (value === undefined || (Number.isSafeInteger(value) && value >= 0 && value <= MAX_MS)) continue
    throw new RangeError(`${name} must be whole milliseconds from 0 to ten years, not ${value}.`)
  }
}

/** The tombstone of a session with these events; undefined if it leaves none: retention 0, or expired too long ago. */
export function tombstoneOf(id: string, life: Lifetime, events: readonly Event[], now: number): Tombstone | undefined {
  const { expiresAt } = lifetimeAt(life, now)
  if (life.retentionMs === 0 || expiresAt + TOMBSTONE_MS <= now) return undefined
  const history = createFileHistory()
  for (const event of events) history.take(event)
  return { id, expiredAt: expiresAt, ...history.names() }
}

/** Types of the events that a tombstone is computed from. */
export const NAMING_EVENTS: readonly Event['type'][] = ['upload', 'file', 'removed', 'undo', 'result']

const MAX_TIMER_MS = 2 ** 31 - 1

/** Calls `onIdle` once, when the open session becomes idle; activity postpones it. Returns a function that stops it. */
export function watchIdle(session: StoredSession, onIdle: () => void, now: () => number = Date.now): () => void {
  let timer: NodeJS.Timeout | undefined
  const arm = (): void => {
    const { idleAt } = session.info()
    const left = idleAt - now()
    if (left <= 0) return onIdle()
    timer = setTimeout(arm, Math.min(left, MAX_TIMER_MS))
    timer.unref()
  }
  arm()
  return () => clearTimeout(timer)
}
