// The palette colours that will do for a pixel, and what each adds to the squared error.
import type { Choices } from './lzw-search.ts'
import { nearest, type Neighbours } from './nearest.ts'

/** Colour numbers a pixel at most, the transparent one among them. */
export const MOST_CHOICES = 6

export function createChoices(pixels: number): Choices {
  return {
    most: MOST_CHOICES,
    symbols: new Uint8Array(pixels * MOST_CHOICES),
    costs: new Uint16Array(pixels * MOST_CHOICES),
    counts: new Uint8Array(pixels),
  }
}

/**
 * Writes the nearest colour of `pixel`, and the others whose squared error is less than `slack` above it, to entry `i`
 * from place `from` on; `guess` is any colour near it. Returns the nearest.
 */
export function offer(
  { symbols, costs, counts }: Choices,
  i: number,
  from: number,
  near: Neighbours,
  pixel: number,
  guess: number,
  slack: number,
): number {
  const { size, red, green, blue, order, reach } = near
  const r = pixel & 255
  const g = (pixel >>> 8) & 255
  const b = (pixel >>> 16) & 255
  const own = nearest(near, guess, r, g, b)
  const start = i * MOST_CHOICES
  const first = start + from
  const least = (red[own]! - r) ** 2 + (green[own]! - g) ** 2 + (blue[own]! - b) ** 2
  symbols[first] = own
  costs[first] = 0
  let end = first + 1
  if (slack > 0) {
    // By the triangle inequality no colour further from the nearest one than this is within the slack.
    const far = (Math.sqrt(least) + Math.sqrt(least + slack)) ** 2 / 4
    for (let at = own * size; reach[at]! < far; at++) {
      const other = order[at]!
      const cost = (red[other]! - r) ** 2 + (green[other]! - g) ** 2 + (blue[other]! - b) ** 2 - least
      if (cost >= slack) continue
      let place = end
      if (end < start + MOST_CHOICES) end++
      else if (costs[--place]! <= cost) continue
      for (; place > first + 1 && costs[place - 1]! > cost; place--) {
        symbols[place] = symbols[place - 1]!
        costs[place] = costs[place - 1]!
      }
      symbols[place] = other
      costs[place] = cost
    }
  }
  counts[i] = end - start
  return own
}

/** Makes entry `i` a single colour number. */
export function insist({ symbols, costs, counts }: Choices, i: number, symbol: number): void {
  symbols[i * MOST_CHOICES] = symbol
  costs[i * MOST_CHOICES] = 0
  counts[i] = 1
}

/** Copies entry `j` of `source` to entry `i`, after `from` entries that are there already. */
export function repeat(target: Choices, i: number, from: number, source: Choices, j: number): void {
  const count = Math.min(source.counts[j]!, MOST_CHOICES - from)
  for (let k = 0; k < count; k++) {
    target.symbols[i * MOST_CHOICES + from + k] = source.symbols[j * MOST_CHOICES + k]!
    target.costs[i * MOST_CHOICES + from + k] = source.costs[j * MOST_CHOICES + k]!
  }
  target.counts[i] = from + count
}
