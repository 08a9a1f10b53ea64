// How near a session is to its rest, and what to say of it.
import type { Session } from '../api/shapes.ts'

export type Rest =
  | { readonly phase: 'awake' }
  /** It goes to rest in `ms`. */
  | { readonly phase: 'soon'; readonly ms: number }
  /** Its sandbox is gone, its files stay until `until` (milliseconds since 1970). */
  | { readonly phase: 'resting'; readonly until: number }
  | { readonly phase: 'expired' }

const WARNING_MS = 5 * 60_000
/** Short idle times are warned of in their last fifth, but never less than this. */
const MIN_WARNING_MS = 10_000

/** Where a session stands at the time `now`; `idleMs`: how long it may be quiet. */
export function restOf({ state, idleAt, expiresAt, busy }: Session, now: number, idleMs: number): Rest {
  if (busy) return { phase: 'awake' }
  if (state === 'expired' || now >= Date.parse(expiresAt)) return { phase: 'expired' }
  const ms = Date.parse(idleAt) - now
  if (state === 'idle' || ms <= 0) return { phase: 'resting', until: Date.parse(expiresAt) }
  const warning = Math.min(WARNING_MS, Math.max(MIN_WARNING_MS, idleMs / 5))
  return ms <= warning ? { phase: 'soon', ms } : { phase: 'awake' }
}

/** 4:05, or 1:02:03. */
export function sayCountdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (value: number): string => String(value).padStart(2, '0')
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}
