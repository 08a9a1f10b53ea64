// Frames of many colours: a palette each, and the nearest colours of every pixel.
import { createChoices, insist, MOST_CHOICES, offer, repeat } from './choices.ts'
import { createColourBins } from './colour-bins.ts'
import { CHANGED, FREE, HOLE, STRIP, walk, type Difference, type Scene, type Strip } from './difference.ts'
import type { CodedFrame, Effort } from './frame.ts'
import type { Lzw } from './lzw.ts'
import type { Choices, SearchingLzw } from './lzw-search.ts'
import { neighboursOf, type Neighbours } from './nearest.ts'
import { createQuantiser } from './palette.ts'

/** Fewer unchanged pixels than one in this many are not worth a colour. */
const FREE_SHARE = 32
/** Runs of unchanged pixels that the quick coder makes transparent. */
const FREE_RUN = 8

interface Plan {
  readonly bits: number
  readonly table: Uint8Array
  /** Undefined without search. */
  readonly near: Neighbours | undefined
  readonly slack: number
  /** -1 if every pixel has its colour. */
  readonly transparent: number
  readonly freeing: boolean
}

/** A reusable coder of photographic frames. */
export function createPhotoCoder(effort: Effort, lzw: Lzw, searching: SearchingLzw) {
  const bins = createColourBins(effort.bits)
  const quantise = createQuantiser(bins.cells.length)
  const table = new Uint8Array(1 << (3 * effort.bits))
  const numbers = new Uint8Array(STRIP)
  const choices = createChoices(effort.thrift > 0 ? STRIP : 0)
  return (scene: Scene, change: Difference, strip: Strip): CodedFrame => {
    const { rect, disposes } = change
    const area = rect.width * rect.height
    bins.clear(area)
    const seen = [0, 0, 0]
    walk(scene, change, strip, (part) => {
      for (let i = 0; i < part.size; i++) seen[part.kinds[i]!]!++
      bins.add(part)
      return true
    })
    bins.collect()
    const freeing = seen[FREE]! * FREE_SHARE > area
    const holed = freeing || seen[HOLE]! > 0 || disposes
    const { palette, assigned, error } = quantise(bins.points, holed ? 255 : 256, effort.rounds)
    for (let k = 0; k < bins.points.size; k++) table[bins.cells[k]!] = assigned[k]!
    const transparent = holed ? palette.length / 3 : -1
    const depth = Math.max(2, 32 - Math.clz32(palette.length / 3 - (holed ? 0 : 1)))
    const plan: Plan = {
      bits: effort.bits,
      table,
      near: effort.thrift > 0 ? neighboursOf(palette) : undefined,
      slack: Math.min(65535, effort.thrift * effort.reach * error),
      transparent,
      freeing,
    }
    if (plan.near) searching.begin(depth, Math.max(1, effort.thrift * error), effort.beam)
    else lzw.begin(depth)
    walk(scene, change, strip, (part) => {
      if (plan.near) {
        choose(part, plan, plan.near, choices)
        searching.feed(choices, part.size)
      } else {
        number(part, plan, numbers)
        lzw.feed(numbers, part.size)
      }
      return true
    })
    return { kind: 'coded', rect, disposes, transparent, palette, depth, data: (plan.near ? searching : lzw).end() }
  }
}

/** The colour of the pixel's grid cell. */
function cellColour({ bits, table }: Plan, pixel: number): number {
  const drop = 8 - bits
  const mask = (1 << bits) - 1
  const red = (pixel >>> drop) & mask
  const green = (pixel >>> (8 + drop)) & mask
  return table[(red << (2 * bits)) | (green << bits) | ((pixel >>> (16 + drop)) & mask)]!
}

function number({ pixels, kinds, size }: Strip, plan: Plan, numbers: Uint8Array) {
  let run = 0
  for (let i = 0; i < size; i++) {
    const kind = kinds[i]!
    numbers[i] = kind === HOLE ? plan.transparent : cellColour(plan, pixels[i]!)
    if (!plan.freeing) continue
    run = kind === FREE ? run + 1 : 0
    if (run === FREE_RUN) numbers.fill(plan.transparent, i + 1 - run, i + 1)
    else if (run > FREE_RUN) numbers[i] = plan.transparent
  }
}

function choose({ pixels, kinds, size }: Strip, plan: Plan, near: Neighbours, choices: Choices) {
  for (let i = 0; i < size; i++) {
    const pixel = pixels[i]!
    const kind = kinds[i]!
    if (kind === HOLE) insist(choices, i, plan.transparent)
    else if (i > 0 && pixel === pixels[i - 1] && kind === kinds[i - 1]) repeat(choices, i, 0, choices, i - 1)
    else if (kind === CHANGED || !plan.freeing) offer(choices, i, 0, near, pixel, cellColour(plan, pixel), plan.slack)
    else {
      choices.symbols[i * MOST_CHOICES] = plan.transparent
      choices.costs[i * MOST_CHOICES] = 0
      offer(choices, i, 1, near, pixel, cellColour(plan, pixel), plan.slack)
    }
  }
}
