// Frames of many colours: a palette each, and the nearest colours of every pixel.
import { createChoices, LIST_BITS, offerStrip, type Offers } from './lzw/choices.ts'
import { createColourBins } from './palette/colour-bins.ts'
import { resembles, type Difference, type Scene } from './difference.ts'
import type { CodedFrame, Effort } from './frame.ts'
import type { Lzw } from './lzw/lzw.ts'
import type { SearchingLzw } from './lzw/lzw-search.ts'
import { neighboursOf } from './palette/nearest.ts'
import { createQuantiser, type Quantised } from './palette/palette.ts'
import { CHANGED, HOLE, STRIP, type Strip, type Walk } from './strip.ts'

/** Fewer unchanged pixels than one in this many are not worth a colour. */
const FREE_SHARE = 32
/** Runs of unchanged pixels that the quick coder makes transparent. */
const FREE_RUN = 8

/** A reusable coder of photographic frames. */
export function createPhotoCoder(effort: Effort, lzw: Lzw, searching: SearchingLzw) {
  const { bits, thrift } = effort
  const bins = createColourBins(bits)
  const quantise = createQuantiser(bins.cells.length)
  const code = thrift > 0 ? createSearch(effort, searching) : createQuick(lzw)
  return (scene: Scene, seen: Difference, walk: Walk): CodedFrame => {
    const { rect, disposes } = seen
    const freeing = resembles(scene, seen, FREE_SHARE)
    const change = freeing ? seen : { rect, disposes, base: undefined }
    bins.clear(rect.width * rect.height, effort.samples)
    walk(scene, change, (part) => {
      bins.add(part)
      return true
    })
    bins.collect()
    const holed = freeing || scene.holes || disposes
    const found = quantise(bins.points, holed ? 255 : 256, effort.rounds)
    const { palette } = found
    const transparent = holed ? palette.length / 3 : -1
    const depth = Math.max(2, 32 - Math.clz32(palette.length / 3 - (holed ? 0 : 1)))
    const coder = code(found, transparent, depth)
    walk(scene, change, (part) => {
      coder.feed(part)
      return true
    })
    return { kind: 'coded', rect, disposes, transparent, palette, depth, data: coder.end() }
  }
}

/** One colour number a pixel. */
function createQuick(lzw: Lzw) {
  const numbers = new Uint8Array(STRIP)
  return ({ owner }: Quantised, transparent: number, depth: number) => {
    lzw.begin(depth)
    return {
      feed(strip: Strip) {
        number(strip, owner, numbers)
        if (!strip.plain) release(strip, transparent, numbers)
        lzw.feed(numbers, strip.size)
      },
      end: () => lzw.end(),
    }
  }
}

/** The colour that owns the pixel's cell. */
function number({ pixels, size }: Strip, owner: Uint8Array, numbers: Uint8Array) {
  for (let i = 0; i < size; i++) {
    const pixel = pixels[i]!
    numbers[i] = owner[((pixel & 0xf8) << 7) | ((pixel >>> 6) & 0x3e0) | ((pixel >>> 19) & 31)]!
  }
}

/** Transparent are holes, and runs that need not change. */
function release({ kinds, size }: Strip, transparent: number, numbers: Uint8Array) {
  for (let i = 0; i < size; i++) {
    const kind = kinds[i]!
    if (kind === CHANGED) continue
    const from = i
    while (i + 1 < size && kinds[i + 1] === kind) i++
    if (kind === HOLE || i + 1 - from >= FREE_RUN) numbers.fill(transparent, from, i + 1)
  }
}

/** Colour numbers to choose from, all as near as the effort allows. */
function createSearch({ thrift, references, beam }: Effort, lzw: SearchingLzw) {
  const choices = createChoices(STRIP)
  const lists = new Int32Array(1 << (3 * LIST_BITS))
  return ({ palette, owner, error }: Quantised, transparent: number, depth: number) => {
    const colours = new Int32Array(palette.length / 3)
    for (let k = 0; k < colours.length; k++) {
      colours[k] = palette[k * 3]! | (palette[k * 3 + 1]! << 8) | (palette[k * 3 + 2]! << 16)
    }
    lists.fill(0)
    const slack = Math.min(65_535, Math.round(thrift * references * error))
    const offers: Offers = { colours, near: neighboursOf(palette), owner, lists, slack }
    lzw.begin(depth, thrift * error, beam)
    return {
      feed(strip: Strip) {
        offerStrip(choices, strip, offers, transparent)
        lzw.feed(choices, strip.size)
      },
      end: () => lzw.end(),
    }
  }
}
