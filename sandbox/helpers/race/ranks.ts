// Ranks and colours of the bars at any moment of a race.
import { PALETTE, paletteColour } from '../palette.ts'
import type { Series } from './series.ts'

/** A bar at one moment; `place` 0 is the top, fractions are in transit, `top` is just out of sight. */
export interface Bar {
  readonly label: string
  readonly value: number
  readonly place: number
}

/** Values and places at a moment between two times (0.5 is halfway from the first to the second); places are eased. */
export function barsAt(series: Series, moment: number, top: number): Bar[] {
  const before = Math.min(Math.floor(moment), series.times.length - 1)
  const after = Math.min(before + 1, series.times.length - 1)
  const share = moment - before
  const eased = share * share * (3 - 2 * share)
  const from = placesAt(series, before, top)
  const to = share === 0 ? from : placesAt(series, after, top)
  const bars = [...new Set([...from.keys(), ...to.keys()])].map((label) => {
    const line = series.values.get(label)!
    const first = line[before] ?? line[after] ?? 0
    const second = share === 0 ? first : (line[after] ?? first)
    const [start, end] = [from.get(label) ?? top, to.get(label) ?? top]
    return { label, value: first + (second - first) * share, place: start + (end - start) * eased }
  })
  return bars.sort((a, b) => b.place - a.place)
}

/**
 * A constant colour for every label that is ever among the top: in order of appearance, each takes the colour used
 * least by the labels shown together with it; colours beyond the twelve are used only when those are all taken.
 */
export function coloursOf(series: Series, top: number): Map<string, string> {
  const seen = series.times.map((_, t) => [...placesAt(series, t, top).keys()])
  const colours = new Map<string, string>()
  const most = Math.max(PALETTE.length, ...seen.map((labels) => labels.length))
  const choices = Array.from({ length: most }, (_, i) => paletteColour(i))
  for (const label of new Set(seen.flat())) {
    const beside = seen.filter((labels) => labels.includes(label)).flat()
    const uses = (colour: string, labels: Iterable<string>) =>
      [...labels].filter((other) => colours.get(other) === colour).length
    const costs = choices.map(
      (colour, i) => uses(colour, beside) * 1000 + (i < PALETTE.length ? 0 : 500) + uses(colour, colours.keys()),
    )
    colours.set(label, choices[costs.indexOf(Math.min(...costs))]!)
  }
  return colours
}

/** The top labels at a time, largest first; ties keep the table's order. */
function placesAt(series: Series, t: number, top: number): Map<string, number> {
  const present = [...series.values].flatMap(([label, line]) =>
    typeof line[t] === 'number' ? [{ label, value: line[t] }] : [],
  )
  const best = present.sort((a, b) => b.value - a.value).slice(0, top)
  return new Map(best.map(({ label }, place) => [label, place]))
}
