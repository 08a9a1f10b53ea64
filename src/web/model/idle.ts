// How close a session is to its idle reset, and how the countdown is shown.
import type { SessionShape } from '../../http/schemas.ts'

export type IdleState =
  | { readonly phase: 'awake' }
  /** The idle reset happens in `ms` milliseconds. */
  | { readonly phase: 'soon'; readonly ms: number }
  /** Its sandbox has been stopped; its files are kept until `until` (milliseconds since 1970). */
  | { readonly phase: 'resting'; readonly until: number }
  | { readonly phase: 'expired' }

const WARNING_MS = 5 * 60_000
/** With short idle times the warning comes in the last fifth, but never less than this before the reset. */
const MIN_WARNING_MS = 10_000

/** The state at the time `now`; `idleMs` is the time without activity after which a session is reset. */
export function idleStateOf({ state, idleAt, expiresAt, busy }: SessionShape, now: number, idleMs: number): IdleState {
  if (busy) return { phase: 'awake' }
  if (state === 'expired' || now >= Date.parse(expiresAt)) return { phase: 'expired' }
  const ms = Date.parse(idleAt) - now
  if (state === 'idle' || ms <= 0) return { phase: 'resting', until: Date.parse(expiresAt) }
  const warning = Math.min(WARNING_MS, Math.max(MIN_WARNING_MS, idleMs / 5))
  return ms <= warning ? { phase: 'soon', ms } : { phase: 'awake' }
}

/** 4:05, or 1:02:03. */
export function formatCountdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (value: number): string => String(value).padStart(2, '0')
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}
