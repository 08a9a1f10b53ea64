// Nearest palette colour, exactly and in a few steps: neighbours of a first guess, stopped by the triangle inequality.

/** Up to 256 colours with each one's neighbours by rising distance. */
export interface Neighbours {
  readonly size: number
  readonly red: Float32Array
  readonly green: Float32Array
  readonly blue: Float32Array
  /** Row k, `ROW` wide: the other colours from near to far. */
  readonly order: Uint8Array
  /** Row k: a quarter of the squared distance to each of them; infinite after the last. */
  readonly references: Float32Array
  /** A quarter of the squared distance that row k reaches; what lies beyond takes a look at all colours. */
  readonly horizon: Float32Array
}

/** Neighbours in a row, and one more place for its end; few searches go further. */
const LISTED = 31
export const ROW = 32

/**
 * Sorts each colour's neighbours (S. J. Phillips, "Acceleration of k-means and related clustering algorithms", 2002).
 * `palette` holds three numbers a colour.
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
  const references = floats(size * ROW)
  // Squared distances in eighths above 8 bits of colour number sort as one integer.
  const keys = new Int32Array(LISTED)
  for (let k = 0; k < size; k++) {
    const count = listNeighbours(red, green, blue, k, keys)
    for (let j = 0; j < count; j++) {
      order[k * ROW + j] = keys[j]! & 255
      references[k * ROW + j] = (keys[j]! >>> 8) / 32
    }
    references.fill(Infinity, k * ROW + count, k * ROW + ROW)
    horizon[k] = count < size - 1 ? references[k * ROW + count - 1]! : Infinity
  }
  return { size, red, green, blue, order, references, horizon }
}

/** Writes the keys of the nearest colours of colour k in rising order; their number. */
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
    let place = count < LISTED ? count++ : LISTED - 1
    for (; place > 0 && keys[place - 1]! > key; place--) keys[place] = keys[place - 1]!
    keys[place] = key
    if (count === LISTED) last = keys[LISTED - 1]!
  }
  return count
}

/** The colour nearest to (r, g, b), looking outwards from `guess`. */
export function nearest(near: Neighbours, guess: number, r: number, g: number, b: number): number {
  const { red, green, blue, order, references } = near
  let dr = red[guess]! - r
  let dg = green[guess]! - g
  let db = blue[guess]! - b
  const limit = dr * dr + dg * dg + db * db
  if (limit > near.horizon[guess]!) return nearestOfAll(near, r, g, b)
  let best = limit
  let found = guess
  // A colour further from the guess than twice the guess's error cannot be nearer than the guess.
  for (let at = guess * ROW; references[at]! < limit; at++) {
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
