// Codes frames with many colours: a palette for each, and the nearest colours of every pixel.
import { createChoices, LIST_BITS, offerStrip, type Offers } from './lzw/choices.ts'
import { createColourBins } from './palette/colour-bins.ts'
import { isMostlyUnchanged, type Difference, type Scene } from './difference.ts'
import type { CodedFrame, Effort } from './frame.ts'
import type { Lzw } from './lzw/lzw.ts'
import type { SearchingLzw } from './lzw/lzw-search.ts'
import { neighboursOf } from './palette/nearest.ts'
import { createQuantiser, type Quantised } from './palette/palette.ts'
import { CHANGED, HOLE, STRIP_CAPACITY, type Strip, type Walk } from './strip.ts'

/** If fewer than one in this many pixels is unchanged, transparency is not worth a palette entry. */
const FREE_SHARE = 32
/** Minimum length of a run of unchanged pixels that the fast coder makes transparent. */
const FREE_RUN = 8

/** Creates a reusable coder of photographic frames. */
export function createPhotoCoder(effort: Effort, lzw: Lzw, searching: SearchingLzw) {
  const { bits, thrift } = effort
  const bins = createColourBins(bits)
  const quantise = createQuantiser(bins.cells.length)
  const code = thrift > 0 ? createSearchingCoder(effort, searching) : createFastCoder(lzw)
  return (scene: Scene, seen: Difference, walk: Walk): CodedFrame => {
    const { rect, disposes } = seen
    const freeing = isMostlyUnchanged(scene, seen, FREE_SHARE)
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

/** The fast coder: one colour index per pixel. */
function createFastCoder(lzw: Lzw) {
  const numbers = new Uint8Array(STRIP_CAPACITY)
  return ({ owner }: Quantised, transparent: number, depth: number) => {
    lzw.begin(depth)
    return {
      feed(strip: Strip) {
        mapToOwners(strip, owner, numbers)
        if (!strip.plain) makeTransparent(strip, transparent, numbers)
        lzw.feed(numbers, strip.size)
      },
      end: () => lzw.end(),
    }
  }
}

/** Looks up each pixel's colour by its grid cell. */
function mapToOwners({ pixels, size }: Strip, owner: Uint8Array, numbers: Uint8Array) {
  for (let i = 0; i < size; i++) {
    const pixel = pixels[i]!
    numbers[i] = owner[((pixel & 0xf8) << 7) | ((pixel >>> 6) & 0x3e0) | ((pixel >>> 19) & 31)]!
  }
}

/** Makes holes and long unchanged runs transparent. */
function makeTransparent({ kinds, size }: Strip, transparent: number, numbers: Uint8Array) {
  for (let i = 0; i < size; i++) {
    const kind = kinds[i]!
    if (kind === CHANGED) continue
    const from = i
    while (i + 1 < size && kinds[i + 1] === kind) i++
    if (kind === HOLE || i + 1 - from >= FREE_RUN) numbers.fill(transparent, from, i + 1)
  }
}

/** The searching coder: several colour indexes per pixel, all within the allowed error. */
function createSearchingCoder({ thrift, tolerance: references, beam }: Effort, lzw: SearchingLzw) {
  const choices = createChoices(STRIP_CAPACITY)
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
