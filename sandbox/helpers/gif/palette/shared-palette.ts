// The colours that flat frames have together, gathered in the order of frames, and the palette made of them.
import type { FlatFrame } from '../flat.ts'
import { paletteOfColours } from './palette.ts'

/** Colours gathered at most; later ones take the nearest. */
const MAX_COLOURS = 16_384

export interface SharedPalette {
  gather(flat: FlatFrame): void
  /** Three bytes a colour: all of them up to 256, else the best 255 and room for transparency. */
  make(): Uint8Array
}

export function createSharedPalette(): SharedPalette {
  const weights = new Map<number, number>()
  return {
    gather(flat) {
      flat.colours.forEach((colour, k) => {
        const weight = weights.get(colour)
        if (weight === undefined && weights.size >= MAX_COLOURS) return
        weights.set(colour, (weight ?? 0) + flat.weights[k]!)
      })
    },
    make() {
      const colours = Int32Array.from(weights.keys())
      return paletteOfColours(colours, [...weights.values()], colours.length <= 256 ? 256 : 255, 3)
    },
  }
}
