// node:crypto's random values from a seeded source, so that they are reproducible inside and outside the sandbox.

/** A number in [0, 1). */
type Source = () => number

type Integers = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Uint8ClampedArray

export interface Randoms {
  /** Fills the bytes of a view. */
  fill<T extends ArrayBufferView>(view: T, from?: number, to?: number): T
  getRandomValues<T extends Integers>(view: T): T
  randomUUID(): string
  /** An integer in [`least`, `most`). */
  randomInt(least: number, most: number): number
}

const MAX_BYTES = 65_536

export function createRandoms(next: Source, refuse: (bytes: number) => Error): Randoms {
  const fill: Randoms['fill'] = (view, from = 0, to = view.byteLength) => {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
    for (let i = from; i < to; i++) bytes[i] = Math.floor(next() * 256)
    return view
  }
  return {
    fill,
    getRandomValues(view) {
      if (view.byteLength > MAX_BYTES) throw refuse(view.byteLength)
      return fill(view)
    },
    randomUUID() {
      const bytes = fill(new Uint8Array(16))
      // Version 4, variant 1 (RFC 9562).
      bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
      bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
      const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
      return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
    },
    randomInt: (least, most) => least + Math.floor(next() * (most - least)),
  }
}
