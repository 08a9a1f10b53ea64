// Nearest palette colour, exactly and in a few steps: neighbours of a first guess, stopped by the triangle inequality.

/** Up to 256 colours with each one's neighbours by rising distance. */
export interface Neighbours {
  readonly size: number
  readonly red: Float32Array
  readonly green: Float32Array
  readonly blue: Float32Array
  /** Row k: the other colours from near to far. */
  readonly order: Uint8Array
  /** Row k: a quarter of the squared distance to each of them; infinite after the last. */
  readonly reach: Float32Array
  /** Rows end at this reach: what lies beyond takes a look at all colours. */
  readonly beyond: number
}

/** Squared distance up to which neighbours are sorted; few searches go further. */
const SORTED = 64 * 64

/**
 * Sorts each colour's neighbours (S. J. Phillips, "Acceleration of k-means and related clustering algorithms", 2002).
 * `palette` holds three numbers a colour.
 */
export function neighboursOf(palette: Float32Array | Uint8Array): Neighbours {
  const size = palette.length / 3
  const [red, green, blue] = [0, 1, 2].map((channel) => Float32Array.from({ length: size }, (_, k) => palette[k * 3 + channel]!))
  const order = new Uint8Array(size * size)
  const reach = new Float32Array(size * size)
  // Sixteenths of squared distance above 8 bits of colour number sort as one integer.
  const keys = new Uint32Array(size)
  for (let k = 0; k < size; k++) {
    const [r0, g0, b0] = [red![k]!, green![k]!, blue![k]!]
    let count = 0
    for (let j = 0; j < size; j++) {
      const r = r0 - red![j]!
      const g = g0 - green![j]!
      const b = b0 - blue![j]!
      const distance = r * r + g * g + b * b
      if (distance < SORTED && j !== k) keys[count++] = ((distance * 16) << 8) | j
    }
    const sorted = keys.subarray(0, count).sort()
    for (let j = 0; j < count; j++) {
      order[k * size + j] = sorted[j]! & 255
      reach[k * size + j] = (sorted[j]! >>> 8) / 64
    }
    // Every row has an end, as a colour is not its own neighbour.
    reach[k * size + count] = Infinity
  }
  return { size, red: red!, green: green!, blue: blue!, order, reach, beyond: SORTED / 4 }
}

/** The colour nearest to (r, g, b), looking outwards from `guess`. */
export function nearest(near: Neighbours, guess: number, r: number, g: number, b: number): number {
  const { size, red, green, blue, order, reach } = near
  let dr = red[guess]! - r
  let dg = green[guess]! - g
  let db = blue[guess]! - b
  const limit = dr * dr + dg * dg + db * db
  if (limit > near.beyond) return nearestOfAll(near, r, g, b)
  let best = limit
  let found = guess
  // A colour further from the guess than twice the guess's error cannot be nearer than the guess.
  for (let at = guess * size; reach[at]! < limit; at++) {
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
    const distance = (red[j]! - r) ** 2 + (green[j]! - g) ** 2 + (blue[j]! - b) ** 2
    if (distance >= best) continue
    best = distance
    found = j
  }
  return found
}
