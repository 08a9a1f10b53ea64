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

const metNumbers = new Uint8Array(256)
const metErrors = new Float64Array(256)

/**
 * Writes the nearest colour of `pixel`, and the others whose squared error is less than `slack` above it, to entry `i`
 * from place `from` on; `guess` is any colour near it.
 */
export function offer(
  { symbols, costs, counts }: Choices,
  i: number,
  from: number,
  near: Neighbours,
  pixel: number,
  guess: number,
  slack: number,
): void {
  const { size, red, green, blue, order, reach } = near
  const r = pixel & 255
  const g = (pixel >>> 8) & 255
  const b = (pixel >>> 16) & 255
  let dr = red[guess]! - r
  let dg = green[guess]! - g
  let db = blue[guess]! - b
  let least = dr * dr + dg * dg + db * db
  if (least > near.beyond) guess = nearest(near, guess, r, g, b)
  dr = red[guess]! - r
  dg = green[guess]! - g
  db = blue[guess]! - b
  least = dr * dr + dg * dg + db * db
  metNumbers[0] = guess
  metErrors[0] = least
  let met = 1
  let own = guess
  // By the triangle inequality no colour further from the guess than this is nearest or within the slack of the nearest.
  const far = slack === 0 ? least : (least + Math.sqrt(least * (least + slack))) / 2 + slack / 4
  for (let at = guess * size; reach[at]! < far; at++) {
    const other = order[at]!
    dr = red[other]! - r
    dg = green[other]! - g
    db = blue[other]! - b
    const error = dr * dr + dg * dg + db * db
    if (error >= least + slack && error >= least) continue
    metNumbers[met] = other
    metErrors[met++] = error
    if (error >= least) continue
    least = error
    own = other
  }
  const start = i * MOST_CHOICES
  const first = start + from
  symbols[first] = own
  costs[first] = 0
  let end = first + 1
  for (let k = 0; k < met; k++) {
    const cost = metErrors[k]! - least
    const number = metNumbers[k]!
    if (cost >= slack || number === own) continue
    let place = end
    if (end < start + MOST_CHOICES) end++
    else if (costs[--place]! <= cost || place === first) continue
    for (; place > first + 1 && costs[place - 1]! > cost; place--) {
      symbols[place] = symbols[place - 1]!
      costs[place] = costs[place - 1]!
    }
    symbols[place] = number
    costs[place] = cost
  }
  counts[i] = end - start
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
