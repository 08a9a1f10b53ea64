// Codes flat frames with the shared palette if it is accurate enough, otherwise with a palette of their own.
import { choicesOf, createChoices, forceRun, MAX_CHOICES, repeat, type Choices } from './lzw/choices.ts'
import { eachRun, type FlatFrame } from './flat.ts'
import type { CodedFrame, Effort } from './frame.ts'
import type { SearchingLzw } from './lzw/lzw-search.ts'
import { nearest, neighboursOf, type Neighbours } from './palette/nearest.ts'
import { paletteOfColours } from './palette/palette.ts'
import { FREE, HOLE, rowsOf, STRIP_CAPACITY } from './strip.ts'

/** Maximum mean squared error over three channels (45 dB) for which a frame uses the shared palette. */
const MAX_SHARED_ERROR = 6
/** In flat frames pixels that may be transparent benefit from a wider beam than the similar colours of photographs. */
const MIN_BEAM = 4
/** Distance in pixels from the next change beyond which an unchanged pixel is always transparent. */
const MARGIN = 16

interface Fit {
  readonly near: Neighbours
  readonly numbers: Uint8Array
  readonly error: number
}

/** Creates a reusable coder of flat frames; `shared` is a palette of three bytes per colour. */
export function createFlatCoder(effort: Effort, lzw: SearchingLzw) {
  const choices = createChoices(STRIP_CAPACITY)
  return (flat: FlatFrame, shared: Uint8Array): CodedFrame => {
    let fit = fitOf(flat, shared)
    let palette: Uint8Array | undefined
    let transparent = fit.error <= MAX_SHARED_ERROR ? transparentOf(flat, fit, shared.length / 3) : undefined
    if (transparent === undefined) {
      palette = paletteOfColours(flat.colours, flat.weights, 255, effort.rounds)
      fit = fitOf(flat, palette)
      transparent = palette.length / 3
    }
    const depth = depthOf(Math.max(transparent, ...fit.numbers))
    const worth = Math.min(65535, Math.max(1, effort.thrift * fit.error))
    const slack = fit.error === 0 ? 0 : effort.tolerance * effort.thrift * fit.error
    lzw.begin(depth, worth, Math.max(MIN_BEAM, effort.beam))
    feed(flat, offersOf(flat, fit, slack), transparent, choices, lzw)
    return { kind: 'coded', rect: flat.rect, disposes: flat.disposes, transparent, palette, depth, data: lzw.end() }
  }
}

function fitOf({ colours, weights }: FlatFrame, palette: Uint8Array): Fit {
  const near = neighboursOf(palette)
  const numbers = new Uint8Array(colours.length)
  let [error, total] = [0, 0]
  colours.forEach((colour, k) => {
    const [r, g, b] = [colour & 255, (colour >>> 8) & 255, (colour >>> 16) & 255]
    const number = nearest(near, 0, r, g, b)
    numbers[k] = number
    const square = (r - near.red[number]!) ** 2 + (g - near.green[number]!) ** 2 + (b - near.blue[number]!) ** 2
    error += square * weights[k]!
    total += weights[k]!
  })
  return { near, numbers, error: total === 0 ? 0 : error / total }
}

/** An index for transparency: past the palette or unused in this frame; -1 if not needed, undefined if none is free. */
function transparentOf(flat: FlatFrame, fit: Fit, colours: number): number | undefined {
  if (colours < 256) return colours
  let [holes, free] = [flat.disposes, false]
  eachRun(flat.runs, (_, kind) => {
    holes ||= kind === HOLE
    free ||= kind === FREE
  })
  const used = new Set(fit.numbers)
  for (let number = 0; number < 256; number++) if (!used.has(number)) return number
  return holes ? undefined : -1
}

function depthOf(largest: number): number {
  return Math.max(2, 32 - Math.clz32(largest))
}

/** The acceptable palette colours for each colour of the frame. */
function offersOf({ colours }: FlatFrame, { near, numbers }: Fit, slack: number): Choices {
  const offers = createChoices(colours.length)
  colours.forEach((colour, k) => choicesOf(offers, k, near, colour, numbers[k]!, slack))
  return offers
}

function feed(flat: FlatFrame, offers: Choices, transparent: number, choices: Choices, lzw: SearchingLzw) {
  let size = 0
  const strip = rowsOf(flat.rect.width) * flat.rect.width
  eachRun(flat.runs, (colour, kind, length) => {
    const end = size + length
    if (kind === HOLE) forceRun(choices, size, end, transparent)
    else if (kind !== FREE || transparent < 0) repeatRun(choices, size, end, offers, colour)
    else {
      // Far inside unchanged parts, a choice would only cost time.
      const from = Math.min(end, size + MARGIN)
      const to = Math.max(from, end - MARGIN)
      freeRun(choices, size, from, transparent, offers, colour)
      forceRun(choices, from, to, transparent)
      freeRun(choices, to, end, transparent, offers, colour)
    }
    size = end
    if (size < strip) return
    lzw.feed(choices, size)
    size = 0
  })
  if (size > 0) lzw.feed(choices, size)
}

function repeatRun(choices: Choices, from: number, to: number, offers: Choices, colour: number) {
  if (offers.counts[colour] === 1) forceRun(choices, from, to, offers.entries[colour * MAX_CHOICES]!)
  else for (let i = from; i < to; i++) repeat(choices, i, 0, offers, colour)
}

function freeRun(choices: Choices, from: number, to: number, transparent: number, offers: Choices, colour: number) {
  for (let i = from; i < to; i++) {
    choices.entries[i * MAX_CHOICES] = transparent
    repeat(choices, i, 1, offers, colour)
  }
}
