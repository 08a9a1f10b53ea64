// Unknown options are ignored, as usual in JavaScript, but a note suggests the nearest known one.
import { note } from './notes.ts'

/** Common names for options that have another name here. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  cols: 'columns',
  ncols: 'columns',
  colour: 'color',
  fontColor: 'color',
  textColor: 'color',
  fontSize: 'size',
  bg: 'background',
  backgroundColor: 'background',
  spacing: 'gap',
  pos: 'position',
  titles: 'labels',
  captions: 'labels',
  duration: 'delay',
  repeat: 'loop',
  separator: 'delimiter',
  n: 'top',
  limit: 'top',
}

const STACKED_LABELS = "stack draws labels on the pictures; grid can put them above or below: labelPosition 'above'."
const ONE_FACE = 'Its text always uses one sans-serif font; for another, draw on a canvas or give sharp an SVG.'
/** Options whose effect another function provides. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'stack.labelPosition': STACKED_LABELS,
  'label.font': ONE_FACE,
  'label.fontFamily': ONE_FACE,
  'grid.font': ONE_FACE,
  'stack.font': ONE_FACE,
}

/** All options of a function; the compiler ensures that none is missing. */
export type All<Options> = Readonly<Record<keyof Options, true>>

/** Adds a note for each option that is not in `all`. */
export function noteUnknown<Options>(where: string, options: Options | undefined, all: All<Options>): void {
  if (typeof options !== 'object' || options === null) return
  const known = Object.keys(all)
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue
    const elsewhere = ELSEWHERE[`${where}.${name}`]
    if (elsewhere !== undefined) {
      note(`${where} has no option '${name}'; it was ignored. ${elsewhere}`)
      continue
    }
    const nearest = nearestOf(name, known)
    const advice = nearest === undefined ? `Its options: ${known.join(', ')}.` : `Did you mean '${nearest}'?`
    note(`${where} has no option '${name}'; it was ignored. ${advice}`)
  }
}

function nearestOf(name: string, known: readonly string[]): string | undefined {
  const other = Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : undefined
  if (other !== undefined && known.includes(other)) return other
  const lower = name.toLowerCase()
  const most = Math.max(1, Math.floor(name.length / 3))
  const close = known
    .map((one) => ({ one, distance: distance(lower, one.toLowerCase()) }))
    .filter((one) => one.distance <= most)
    .toSorted((a, b) => a.distance - b.distance)
  return (
    close[0]?.one ?? known.find((one) => one.toLowerCase().startsWith(lower) || lower.startsWith(one.toLowerCase()))
  )
}

/** Edit distance between two words (Levenshtein 1966). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[b.length]!
}
