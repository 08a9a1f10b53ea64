// Reports property values that a context silently ignored, keeping the previous value.
import type { OperationContext } from '../operation.ts'

/** More notes of one cell are likely the same mistake. */
const MAX_NOTES = 6
/** Bounds on the cache, in entries and length: a snippet may produce any number of values of any length. */
const MAX_KNOWN = 5000
const MAX_REMEMBERED = 100
const MAX_VALUE = 40

export interface ValueNotes {
  /** Call after a property was set to `value`. */
  checkAssigned(drawing: object, name: string, value: unknown, running: OperationContext): void
}

/** Watches the values of one session's contexts. */
export function makeValueNotes(): ValueNotes {
  /** Values accepted once are always accepted. */
  const known = new Map<string, Set<unknown>>()
  let noteCount = 0
  return {
    checkAssigned(drawing, name, value, running) {
      if (typeof value === 'object' || value === undefined || EXEMPT.has(name)) return
      const taken = known.get(name) ?? new Set()
      if (taken.has(value)) return
      const now = (drawing as Readonly<Record<string, unknown>>)[name]
      if (Object.is(now, value)) {
        if (typeof value === 'string' && value.length > MAX_REMEMBERED) return
        if (taken.size >= MAX_KNOWN) taken.clear()
        taken.add(value)
        known.set(name, taken)
        return
      }
      const why = reasonFor(name, value, now)
      if (why === undefined || noteCount >= MAX_NOTES) return
      if (noteCount === 0)
        running.atEnd(() => {
          noteCount = 0
        })
      noteCount += 1
      running.note(`canvas: ${name} ${formatValue(value)} ${why}; ${describeKept(now)}.`)
    },
  }
}

/** Not compared: their getters return another form, or they have notes of their own. */
const EXEMPT: ReadonlySet<string> = new Set(['lang', 'fontVariationSettings', 'font'])
/** Set to mean "the default"; not worth a note. */
const NOTHING: ReadonlySet<unknown> = new Set(['inherit', 'initial', 'unset', 'normal', 'auto'])

const IS_COLOUR: ReadonlySet<string> = new Set(['fillStyle', 'strokeStyle', 'shadowColor'])
/** CSS colour functions that this canvas does not support. */
const OTHER_COLOUR = /^\s*(?:oklch|oklab|lch|lab|hwb|color|color-mix|light-dark)\(/i
const CHOICES: Readonly<Record<string, string>> = {
  lineCap: 'butt, round, square',
  lineJoin: 'miter, round, bevel',
  direction: 'ltr, rtl',
  imageSmoothingQuality: 'low, medium, high',
  globalCompositeOperation:
    "source-over, lighter (which adds), multiply, screen, overlay, darken, lighten, difference, destination-out, source-in and the others of CSS's canvas",
}

/** Why a value was ignored; undefined if it is not worth a note. */
function reasonFor(name: string, value: unknown, now: unknown): string | undefined {
  // Numbers out of range are ordinary results of easing and rounding.
  if (typeof now === 'number')
    return typeof value === 'number'
      ? undefined
      : `is ${typeof value === 'string' ? 'text' : 'a boolean'}, not a number`
  if (typeof now === 'boolean') return 'is neither true nor false'
  if (typeof value !== 'string') return `is not ${IS_COLOUR.has(name) ? 'a colour as text' : 'text'}`
  if (NOTHING.has(value)) return undefined
  if (OTHER_COLOUR.test(value) && IS_COLOUR.has(name))
    return 'is not a colour that this canvas knows (names, #rrggbb, rgb(), hsl())'
  if (IS_COLOUR.has(name)) return 'is not a colour'
  if (name === 'letterSpacing' || name === 'wordSpacing') return "is not a length (such as '2px')"
  if (name === 'filter') return "cannot be read ('none', or such as 'blur(4px) brightness(120%)')"
  const choices = CHOICES[name]
  return choices === undefined ? 'is not one of its values' : `is not one of ${choices}`
}

function formatValue(value: unknown): string {
  if (typeof value !== 'string') return String(value)
  return `'${value.length > MAX_VALUE ? `${value.slice(0, MAX_VALUE - 1)}…` : value}'`
}

function describeKept(now: unknown): string {
  if (typeof now === 'object') return 'the gradient or pattern was kept'
  return `${typeof now === 'string' ? now.slice(0, MAX_VALUE) : JSON.stringify(now)} was kept`
}
