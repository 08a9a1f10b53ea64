// Collects the colours of flat frames in frame order and builds their common palette.
import type { FlatFrame } from '../flat.ts'
import { paletteOfColours } from './palette.ts'

/** Maximum number of colours collected; later ones are mapped to the nearest. */
const MAX_COLOURS = 16_384

export interface SharedPalette {
  gather(flat: FlatFrame): void
  /**
   * Three bytes per colour: all colours if there are at most 256, otherwise the best 255 plus space for transparency.
   */
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
