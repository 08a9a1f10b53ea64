// Reduces antialiased text to 17 grays, which look the same and leave the GIF's other 239 colours to the bars, so that
// nothing is lost.
import { INK } from '../palette.ts'

const STEPS = 16
/** Channel differences of text and lines are below this, those of bars above. */
const MIN_CHROMA = 18

const INKS = inks()

/** Maps every gray of RGBA pixels to the nearest of 17 steps from white to the ink, in place. */
export function reduceGrays(data: Uint8ClampedArray): Uint8ClampedArray {
  const words = data.byteOffset % 4 === 0 ? new Uint32Array(data.buffer, data.byteOffset, data.length >> 2) : undefined
  if (!words) return reduceGrays(data.slice())
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (word === 0xffffffff) continue
    const red = word & 255
    const green = (word >>> 8) & 255
    const blue = (word >>> 16) & 255
    const most = red > green ? (red > blue ? red : blue) : green > blue ? green : blue
    const least = red < green ? (red < blue ? red : blue) : green < blue ? green : blue
    if (most - least < MIN_CHROMA) words[i] = INKS[green]!
  }
  return data
}

/** For each green level, the pixel (little-endian RGBA) of the nearest step. */
function inks(): Uint32Array {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(INK.strong.slice(at, at + 2), 16)) as [
    number,
    number,
    number,
  ]
  return Uint32Array.from({ length: 256 }, (_, level) => {
    const share = Math.round(Math.min(1, (255 - level) / (255 - green)) * STEPS) / STEPS
    const mixed = (ink: number) => Math.round(255 + (ink - 255) * share)
    return (0xff000000 | (mixed(blue) << 16) | (mixed(green) << 8) | mixed(red)) >>> 0
  })
}
