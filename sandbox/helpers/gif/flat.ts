// Frames with few colours (charts, drawings, text), stored as runs until the colours of all frames are known.
import type { Difference, Scene } from './difference.ts'
import type { Rect } from './frame.ts'
import { CHANGED, FREE, HOLE, type Strip, type Walk } from './strip.ts'

/** A frame as runs: compact, lossless and independent of the palette. */
export interface FlatFrame {
  readonly kind: 'flat'
  readonly rect: Rect
  readonly disposes: boolean
  /** Colours in order of first appearance, 0xFFBBGGRR. */
  readonly colours: Int32Array
  /** Number of changed pixels of each colour. */
  readonly weights: Uint32Array
  /** Bits 0-15 length minus 1, 16-17 kind, 18-31 index in `colours`. */
  readonly runs: Int32Array
}

/** A frame with more colours is treated as a photograph. */
const MAX_COLOURS = 4096
const FEWEST_COLOURS = 512
/** More runs are untypical of drawings, and would take more memory than the frame. */
const MAX_RUNS = 1 << 23
const TABLE_BITS = 14
const TABLE_MASK = (1 << TABLE_BITS) - 1

/** Creates a reusable reader of flat frames; returns undefined as soon as a frame has too many colours or runs. */
export function createFlatReader() {
  const keys = new Int32Array(1 << TABLE_BITS)
  const numbers = new Uint16Array(1 << TABLE_BITS)
  const colours = new Int32Array(MAX_COLOURS)
  const weights = new Uint32Array(MAX_COLOURS)
  let runs = new Int32Array(1 << 12)
  let [count, most, filled] = [0, 0, 0]

  /** The index of a colour; -1 if the table is full. */
  const numberOf = (colour: number): number => {
    let slot = Math.imul(colour, 0x9e3779b1) >>> (32 - TABLE_BITS)
    while (keys[slot] !== 0) {
      if (keys[slot] === colour) return numbers[slot]!
      slot = (slot + 1) & TABLE_MASK
    }
    if (count === most) return -1
    keys[slot] = colour
    numbers[slot] = count
    colours[count] = colour
    weights[count] = 0
    return count++
  }
  /** Reads a strip; `seen`: whether unchanged pixels also get their colours. */
  const read = ({ pixels, kinds, size, plain }: Strip, seen: boolean): boolean => {
    if (plain) kinds.fill(CHANGED, 0, size)
    for (let i = 0; i < size;) {
      const kind = kinds[i]!
      const pixel = pixels[i]!
      const coloured = kind === CHANGED || (seen && kind === FREE)
      let end = i + 1
      if (coloured) while (end < size && kinds[end] === kind && pixels[end] === pixel) end++
      else if (seen) while (end < size && kinds[end] === HOLE) end++
      else while (end < size && kinds[end] !== CHANGED) end++
      const number = coloured ? numberOf(pixel) : 0
      if (number < 0) return false
      if (kind === CHANGED) weights[number] = weights[number]! + end - i
      if (filled === MAX_RUNS) return false
      if (filled === runs.length) runs = doubled(runs)
      runs[filled++] = (number << 18) | ((coloured ? kind : HOLE) << 16) | (end - i - 1)
      i = end
    }
    return true
  }
  return (scene: Scene, change: Difference, walk: Walk): FlatFrame | undefined => {
    const { rect, disposes } = change
    most = Math.max(FEWEST_COLOURS, Math.min(MAX_COLOURS, (rect.width * rect.height) >> 2))
    for (const seen of change.base === undefined ? [true] : [true, false]) {
      keys.fill(0)
      count = filled = 0
      if (!walk(scene, change, (part) => read(part, seen))) continue
      return {
        kind: 'flat',
        rect,
        disposes,
        colours: colours.slice(0, count),
        weights: weights.slice(0, count),
        runs: runs.slice(0, filled),
      }
    }
    return undefined
  }
}

function doubled(runs: Int32Array<ArrayBuffer>) {
  const wider = new Int32Array(runs.length * 2)
  wider.set(runs)
  return wider
}

/** Calls `visit` with every run of a flat frame. */
export function eachRun(runs: Int32Array, visit: (colour: number, kind: number, length: number) => void): void {
  for (const run of runs) visit(run >>> 18, (run >>> 16) & 3, (run & 0xffff) + 1)
}
