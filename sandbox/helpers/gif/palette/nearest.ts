// Exact nearest-colour search: visits neighbours of an initial guess until the triangle inequality allows it to stop.

/** Up to 256 colours, each with its neighbours by increasing distance. */
export interface Neighbours {
  readonly size: number
  readonly red: Float32Array
  readonly green: Float32Array
  readonly blue: Float32Array
  /** Row k of `ROW` entries: the other colours, nearest first. */
  readonly order: Uint8Array
  /** Row k: a quarter of the squared distance to each of them; infinite after the last. */
  readonly quarterDistances: Float32Array
  /** A quarter of the squared distance that row k covers; beyond it all colours are searched. */
  readonly horizon: Float32Array
}

/** Neighbours listed per row, which has one more entry as its end mark; few searches go further. */
const MAX_NEIGHBOURS = 31
export const ROW = 32

/**
 * Sorts each colour's neighbours (S. J. Phillips, "Acceleration of k-means and related clustering algorithms", 2002).
 * `palette` holds three numbers per colour.
 */
export function neighboursOf(palette: Float32Array | Uint8Array): Neighbours {
  const size = palette.length / 3
  const floats = (length: number) => new Float32Array(length)
  const [red, green, blue, horizon] = [floats(size), floats(size), floats(size), floats(size)]
  for (let k = 0; k < size; k++) {
    red[k] = palette[k * 3]!
    green[k] = palette[k * 3 + 1]!
    blue[k] = palette[k * 3 + 2]!
  }
  const order = new Uint8Array(size * ROW)
  const quarterDistances = floats(size * ROW)
  // Squared distance times eight above 8 bits of colour index, so that both sort as one integer.
  const keys = new Int32Array(MAX_NEIGHBOURS)
  for (let k = 0; k < size; k++) {
    const count = listNeighbours(red, green, blue, k, keys)
    for (let j = 0; j < count; j++) {
      order[k * ROW + j] = keys[j]! & 255
      quarterDistances[k * ROW + j] = (keys[j]! >>> 8) / 32
    }
    quarterDistances.fill(Infinity, k * ROW + count, k * ROW + ROW)
    horizon[k] = count < size - 1 ? quarterDistances[k * ROW + count - 1]! : Infinity
  }
  return { size, red, green, blue, order, quarterDistances, horizon }
}

/** Writes the keys of the colours nearest to colour k in increasing order; returns their number. */
function listNeighbours(
  red: Float32Array,
  green: Float32Array,
  blue: Float32Array,
  k: number,
  keys: Int32Array,
): number {
  const [r0, g0, b0] = [red[k]!, green[k]!, blue[k]!]
  let count = 0
  let last = 0x7fffffff
  for (let j = 0; j < red.length; j++) {
    const r = r0 - red[j]!
    const g = g0 - green[j]!
    const b = b0 - blue[j]!
    const key = (((r * r + g * g + b * b) * 8) << 8) | j
    if (key >= last || j === k) continue
    let place = count < MAX_NEIGHBOURS ? count++ : MAX_NEIGHBOURS - 1
    for (; place > 0 && keys[place - 1]! > key; place--) keys[place] = keys[place - 1]!
    keys[place] = key
    if (count === MAX_NEIGHBOURS) last = keys[MAX_NEIGHBOURS - 1]!
  }
  return count
}

/** The colour nearest to (r, g, b), searching outwards from `guess`. */
export function nearest(near: Neighbours, guess: number, r: number, g: number, b: number): number {
  const { red, green, blue, order, quarterDistances } = near
  let dr = red[guess]! - r
  let dg = green[guess]! - g
  let db = blue[guess]! - b
  const limit = dr * dr + dg * dg + db * db
  if (limit > near.horizon[guess]!) return nearestOfAll(near, r, g, b)
  let best = limit
  let found = guess
  // A colour further from the guess than twice the guess's error cannot be nearer than the guess.
  for (let at = guess * ROW; quarterDistances[at]! < limit; at++) {
    const j = order[at]!
    dr = red[j]! - r
    dg = green[j]! - g
    db = blue[j]! - b
    const distance = dr * dr + dg * dg + db * db
    if (distance < best) {
      best = distance
      found = j
    }
  }
  return found
}

function nearestOfAll({ size, red, green, blue }: Neighbours, r: number, g: number, b: number): number {
  let best = Infinity
  let found = 0
  for (let j = 0; j < size; j++) {
    const dr = red[j]! - r
    const dg = green[j]! - g
    const db = blue[j]! - b
    const distance = dr * dr + dg * dg + db * db
    if (distance >= best) continue
    best = distance
    found = j
  }
  return found
}
