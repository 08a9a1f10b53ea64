// The palette colours that are acceptable for each pixel, and the squared error that each adds.
import { ROW, type Neighbours } from '../palette/nearest.ts'
import { CHANGED, HOLE, type Strip } from '../strip.ts'

/** Maximum number of colour indexes per pixel, including the transparent one. */
export const MAX_CHOICES = 3

/** Each pixel's colour indexes by increasing cost; the k-th of pixel i is at `i * MAX_CHOICES + k`. */
export interface Choices {
  /** Increase of squared error over the first choice in bits 8 to 31, colour index in bits 0 to 7. */
  readonly entries: Int32Array
  readonly counts: Uint8Array
  /** How many pixels after this one have the same single choice; 0 is always valid. */
  readonly ahead: Uint16Array
}

export function createChoices(pixels: number): Choices {
  return {
    // `offerStrip` may write past a pixel's entry.
    entries: new Int32Array(pixels * MAX_CHOICES + MAX_CHOICES),
    counts: new Uint8Array(pixels),
    ahead: new Uint16Array(pixels),
  }
}

/** The input for choices; the shortlist of a grid cell is made when a pixel in it first needs it. */
export interface Offers {
  /** Colours as 0x..BBGGRR. */
  readonly colours: Int32Array
  readonly near: Neighbours
  /** A nearby colour for each cell of 5 bits per channel. */
  readonly owner: Uint8Array
  /** Three colour indexes for each cell of `LIST_BITS`, with their count in the bits above; 0 if not computed yet. */
  readonly lists: Int32Array
  /** Upper bound (exclusive) of a choice's cost; the nearest colour is always allowed. */
  readonly slack: number
}

/** Bits per channel of the shortlists' grid. */
export const LIST_BITS = 6
/** Distance from a cell's centre to its corners: the square root of 3 * 1.5 ** 2. */
const CORNER = 2.6

/**
 * Writes the choices for each pixel of a strip: the nearest colours that cost less than the slack, after `transparent`
 * where it is allowed or required. Mostly branch-free, because photographs defeat branch prediction.
 */
export function offerStrip({ entries, counts }: Choices, strip: Strip, offers: Offers, transparent: number): void {
  const { pixels, kinds, size, plain } = strip
  const { colours, lists, slack } = offers
  for (let i = 0; i < size; i++) {
    const kind = plain ? CHANGED : kinds[i]!
    let first = i * MAX_CHOICES
    let most = MAX_CHOICES
    if (kind !== CHANGED) {
      entries[first++] = transparent
      most--
      counts[i] = 1
      if (kind === HOLE) continue
    }
    const pixel = pixels[i]!
    const [r, g, b] = [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255]
    const cell = ((pixel & 0xfc) << 10) | ((pixel >> 4) & 0xfc0) | ((pixel >> 18) & 63)
    let list = lists[cell]!
    if (list === 0) list = makeShortlist(offers, cell)
    let k0 = keyOf(colours[list & 255]!, r, g, b) | (list & 255)
    let k1 = keyOf(colours[(list >> 8) & 255]!, r, g, b) | ((list >> 8) & 255)
    let k2 = keyOf(colours[(list >> 16) & 255]!, r, g, b) | ((list >> 16) & 255)
    // Sorts with three comparisons; each swaps by adding the difference if it is negative.
    let less = (k1 - k0) & ((k1 - k0) >> 31)
    k0 += less
    k1 -= less
    less = (k2 - k0) & ((k2 - k0) >> 31)
    k0 += less
    k2 -= less
    less = (k2 - k1) & ((k2 - k1) >> 31)
    k1 += less
    k2 -= less
    const least = k0 & ~255
    const worst = least + (slack << 8)
    entries[first] = k0 & 255
    entries[first + 1] = k1 - least
    entries[first + 2] = k2 - least
    const cheap = 1 + ((k1 - worst) >>> 31) + ((k2 - worst) >>> 31)
    counts[i] = MAX_CHOICES - most + Math.min(cheap, list >> 24, most)
  }
}

/** The squared error shifted left to leave 8 bits for a colour index. */
function keyOf(colour: number, r: number, g: number, b: number): number {
  const dr = (colour & 255) - r
  const dg = ((colour >> 8) & 255) - g
  const db = (colour >> 16) - b
  return (Math.imul(dr, dr) + Math.imul(dg, dg) + Math.imul(db, db)) << 8
}

/** The three best candidates of a cell. */
interface Tried {
  r: number
  g: number
  b: number
  readonly numbers: Uint8Array
  readonly errors: Float64Array
}

const tried: Tried = { r: 0, g: 0, b: 0, numbers: new Uint8Array(3), errors: new Float64Array(3) }

/** The colours nearest to the cell's centre that may be nearest to a pixel in it, or within the slack of it. */
function makeShortlist({ near, owner, lists, slack }: Offers, cell: number): number {
  const { order, quarterDistances: references, horizon, size } = near
  const { numbers, errors } = tried
  tried.r = ((cell >> 12) << 2) + 1.5
  tried.g = (((cell >> 6) & 63) << 2) + 1.5
  tried.b = ((cell & 63) << 2) + 1.5
  errors.fill(Infinity)
  const guess = owner[((cell >> 3) & 0x7c00) | ((cell >> 2) & 0x3e0) | ((cell >> 1) & 31)]!
  tryColour(near, guess)
  const radius = Math.sqrt(errors[0]!)
  // By the triangle inequality, colours further than this from the guess cannot matter.
  const limit = (radius + farOf(radius, slack)) ** 2 / 4
  if (limit <= horizon[guess]!) for (let at = guess * ROW; references[at]! < limit; at++) tryColour(near, order[at]!)
  else for (let j = 0; j < size; j++) if (j !== guess) tryColour(near, j)
  const far = farOf(Math.sqrt(errors[0]!), slack) ** 2
  const count = 1 + (errors[1]! < far ? 1 : 0) + (errors[2]! < far ? 1 : 0)
  // Missing entries repeat the furthest, which sorts last and is not counted.
  numbers.fill(numbers[count - 1]!, count)
  const list = numbers[0]! | (numbers[1]! << 8) | (numbers[2]! << 16) | (count << 24)
  lists[cell] = list
  return list
}

/** The maximum distance from a cell's centre at which a colour can matter if another is at `radius`. */
function farOf(radius: number, slack: number): number {
  return Math.sqrt((radius + CORNER) ** 2 + slack) + CORNER
}

function tryColour({ red, green, blue }: Neighbours, j: number) {
  const { numbers, errors } = tried
  const dr = red[j]! - tried.r
  const dg = green[j]! - tried.g
  const db = blue[j]! - tried.b
  const error = dr * dr + dg * dg + db * db
  if (error >= errors[2]!) return
  let place = 2
  for (; place > 0 && errors[place - 1]! > error; place--) {
    errors[place] = errors[place - 1]!
    numbers[place] = numbers[place - 1]!
  }
  errors[place] = error
  numbers[place] = j
}

/** Writes entry `i`: the acceptable colours of the whole palette for a colour. */
export function choicesOf(
  choices: Choices,
  i: number,
  near: Neighbours,
  colour: number,
  own: number,
  slack: number,
): void {
  const { red, green, blue, size } = near
  const [r, g, b] = [colour & 255, (colour >>> 8) & 255, (colour >>> 16) & 255]
  const error = (j: number) => (red[j]! - r) ** 2 + (green[j]! - g) ** 2 + (blue[j]! - b) ** 2
  const least = error(own)
  const found = [{ number: own, cost: 0 }]
  const end = slack > 0 ? size : 0
  for (let j = 0; j < end; j++) {
    const cost = error(j) - least
    if (j !== own && cost < slack) found.push({ number: j, cost })
  }
  found.sort((a, b) => a.cost - b.cost)
  const kept = found.slice(0, MAX_CHOICES)
  kept.forEach(({ number, cost }, k) => (choices.entries[i * MAX_CHOICES + k] = (cost << 8) | number))
  choices.counts[i] = kept.length
}

/** Sets entries `from` up to `to` to the same single colour index. */
export function forceRun({ entries, counts, ahead }: Choices, from: number, to: number, symbol: number): void {
  for (let i = from; i < to; i++) {
    entries[i * MAX_CHOICES] = symbol
    ahead[i] = to - i - 1
  }
  counts.fill(1, from, to)
}

/** Copies entry `j` of `source` to entry `i`, after the `from` choices that it already has. */
export function repeat(target: Choices, i: number, from: number, source: Choices, j: number): void {
  const count = Math.min(source.counts[j]!, MAX_CHOICES - from)
  for (let k = 0; k < count; k++) {
    target.entries[i * MAX_CHOICES + from + k] = source.entries[j * MAX_CHOICES + k]!
  }
  target.counts[i] = from + count
  target.ahead[i] = 0
}
