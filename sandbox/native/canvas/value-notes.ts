// Tells of values that a context passed over in silence, so that the one before stayed.
import type { Context } from '../operation.ts'

/** More are of one mistake. */
const MAX_TOLD = 6
/** What is remembered, and how long each may be: a snippet may think up any number of any length. */
const MAX_KNOWN = 5000
const MAX_REMEMBERED = 100
const MAX_VALUE = 40

export interface ValueNotes {
  /** A property was given this value. */
  given(drawing: object, name: string, value: unknown, running: Context): void
}

/** Watches the values of one session's contexts. */
export function makeValueNotes(): ValueNotes {
  /** Values that were taken once are taken always. */
  const known = new Map<string, Set<unknown>>()
  let told = 0
  return {
    given(drawing, name, value, running) {
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
      if (why === undefined || told >= MAX_TOLD) return
      if (told === 0)
        running.atEnd(() => {
          told = 0
        })
      told += 1
      running.note(`canvas: ${name} ${shown(value)} ${why}; ${stayed(now)}.`)
    },
  }
}

/** These answer in their own way. */
const EXEMPT: ReadonlySet<string> = new Set(['lang', 'fontVariationSettings', 'font'])
/** Said where there is nothing to change. */
const NOTHING: ReadonlySet<unknown> = new Set(['inherit', 'initial', 'unset', 'normal', 'auto'])

const IS_COLOUR: ReadonlySet<string> = new Set(['fillStyle', 'strokeStyle', 'shadowColor'])
/** Of CSS, but not of this canvas. */
const OTHER_COLOUR = /^\s*(?:oklch|oklab|lch|lab|hwb|color|color-mix|light-dark)\(/i
const CHOICES: Readonly<Record<string, string>> = {
  lineCap: 'butt, round, square',
  lineJoin: 'miter, round, bevel',
  direction: 'ltr, rtl',
  imageSmoothingQuality: 'low, medium, high',
  globalCompositeOperation:
    "source-over, lighter (which adds), multiply, screen, overlay, darken, lighten, difference, destination-out, source-in and the others of CSS's canvas",
}

/** Why a value was passed over; undefined where that is not worth a word. */
function reasonFor(name: string, value: unknown, now: unknown): string | undefined {
  // Numbers out of their range are what easing and rounding give.
  if (typeof now === 'number')
    return typeof value === 'number'
      ? undefined
      : `is ${typeof value === 'string' ? 'text' : 'a truth value'}, not a number`
  if (typeof now === 'boolean') return 'is neither true nor false'
  if (typeof value !== 'string') return `is no ${IS_COLOUR.has(name) ? 'colour as text' : 'text'}`
  if (NOTHING.has(value)) return undefined
  if (OTHER_COLOUR.test(value) && IS_COLOUR.has(name))
    return 'is no colour that this canvas knows (names, #rrggbb, rgb(), hsl())'
  if (IS_COLOUR.has(name)) return 'is no colour'
  if (name === 'letterSpacing' || name === 'wordSpacing') return "is no length (such as '2px')"
  if (name === 'filter') return "cannot be read ('none', or such as 'blur(4px) brightness(120%)')"
  const choices = CHOICES[name]
  return choices === undefined ? 'is not one of its values' : `is none of ${choices}`
}

function shown(value: unknown): string {
  if (typeof value !== 'string') return String(value)
  return `'${value.length > MAX_VALUE ? `${value.slice(0, MAX_VALUE - 1)}…` : value}'`
}

function stayed(now: unknown): string {
  if (typeof now === 'object') return 'the gradient or pattern stayed'
  return `${typeof now === 'string' ? now.slice(0, MAX_VALUE) : JSON.stringify(now)} stayed`
}
