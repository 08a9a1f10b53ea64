// Refuses pictures larger than the session's limits, read or made, before sharp spends time or memory on them.
import type { Limits } from '../../limits.ts'
import { LimitError } from '../operation.ts'
import type { Measured } from './measure.ts'
import { type Descriptor, descriptorsOf, type Settings } from './settings.ts'
import { pixelsOf, type Size, sizesOf } from './sizes.ts'

/** Throws a LimitError for a picture that is larger than one picture, or than all frames of one animation, may be. */
export function refuseLarge(size: Size, verb: 'has' | 'would have', limits: Limits, when = ''): void {
  const { width, height, pages } = size
  const box = `${width} x ${height}`
  if (width * height > limits.picturePixels) {
    const figures = `${figure(width * height)} pixels (${box})${when}; the limit is ${figure(limits.picturePixels)}`
    throw new LimitError('EASEL_LIMIT_PIXELS', `The picture ${verb} ${figures}. Make it smaller.`)
  }
  if (pages > 1 && pixelsOf(size) > limits.gifPixels) {
    const figures = `${figure(pixelsOf(size))} pixels (${pages} frames of ${box})${when}; the limit is ${figure(limits.gifPixels)}`
    throw new LimitError('EASEL_LIMIT_GIF_PIXELS', `The animation ${verb} ${figures}. Make it smaller or use fewer frames.`)
  }
}

/** Throws a LimitError when a result has, or certainly would have, more bytes than one file may have. */
export function refuseBytes(bytes: number, verb: 'has' | 'would have', limits: Limits): void {
  if (bytes <= limits.fileBytes) return
  const figures = `${figure(bytes)} bytes; the limit is ${figure(limits.fileBytes)}`
  throw new LimitError('EASEL_LIMIT_FILE_BYTES', `The result ${verb} ${figures}. Make it smaller.`)
}

/** Checks all that a pipeline reads and makes; gives the pixels of its largest picture. */
export function checkPipeline(
  settings: Settings,
  start: Measured,
  inputs: readonly (Measured | undefined)[],
  limits: Limits,
): number {
  const others = inputs
    .slice(settings.join?.length ?? 1)
    .filter((input) => input !== undefined)
    .map((input) => ({ ...input, height: input.height * input.pages }))
  const { peak, last } = sizesOf(settings, start, others)
  // What the snippet asked for says more than a step on the way (a resize that is cropped afterwards).
  refuseLarge(last, 'would have', limits)
  refuseLarge(peak, 'would have', limits, ' on the way')
  if (settings.formatOut === 'raw') refuseBytes(rawBytes(settings, start, last), 'would have', limits)
  return pixelsOf(peak)
}

/** Checks the inputs alone, as their headers say. */
export function checkInputs(inputs: readonly (Measured | undefined)[], limits: Limits): void {
  for (const input of inputs) if (input) refuseLarge(input, 'has', limits)
}

/**
 * Text is drawn before its size is known, so a size is estimated first: characters by lines, a box of 1.5 em each.
 * An estimate of twice the limit is refused; less is drawn and measured.
 */
export function checkTexts(settings: Settings, limits: Limits): void {
  for (const descriptor of [settings.input, ...descriptorsOf(settings)]) {
    if (descriptor.textValue !== undefined) checkText(descriptor, limits)
  }
}

function checkText(descriptor: Descriptor, limits: Limits): void {
  const { textValue = '', textFont = '', textWidth = 0, textHeight = 0, textDpi = 72 } = descriptor
  if (textWidth > 0 && textHeight > 0) return refuseEstimate(textWidth, textHeight, limits)
  const lines = textValue.replace(/<[^>]*>/g, '').split('\n')
  const longest = Math.max(...lines.map((line) => line.length))
  const em = (largestPoints(textValue, textFont) * textDpi) / 72
  const wrapped = textWidth > 0 ? lines.join('').length : 0
  const width = Math.ceil(textWidth > 0 ? Math.max(textWidth, em) : longest * em)
  refuseEstimate(width, Math.ceil(Math.max(lines.length, (wrapped * em) / width) * em * 1.5), limits)
}

function refuseEstimate(width: number, height: number, limits: Limits): void {
  if (width * height > 2 * limits.picturePixels) refuseLarge({ width, height, pages: 1 }, 'would have', limits)
}

/** The largest size in points that a font name or a size in Pango markup asks for; sharp's own default is 12. */
function largestPoints(text: string, font: string): number {
  const named = [...font.matchAll(/\d+(?:\.\d+)?/g)].map(([size]) => Number(size))
  const marked = [...text.matchAll(/(\w+)\s*=\s*["']([^"']*)["']/g)].flatMap(([, key, value]) =>
    [...value!.matchAll(/\d+(?:\.\d+)?/g)].map(([size]) => pointsOf(key!, value!, Number(size))),
  )
  return Math.max(12, ...named, ...marked)
}

/** In markup plain numbers count 1024ths of a point, except in a font's name and in factors. */
function pointsOf(key: string, value: string, size: number): number {
  if (/^(foreground|background|color|fgcolor|bgcolor|alpha|fgalpha|bgalpha|weight|font_weight|lang|underline_color)$/.test(key)) return 0
  if (/^(font|font_desc|face|font_family)$/.test(key) || /pt|px/.test(value)) return size
  return key === 'line_height' && size <= 1024 ? size * 12 : size / 1024
}

const DEPTHS: Readonly<Record<string, number>> = { short: 2, ushort: 2, int: 4, uint: 4, float: 4, complex: 8, double: 8, dpcomplex: 16 }

/** The fewest bytes that a raw result can have. */
function rawBytes(settings: Settings, start: Measured, last: Size): number {
  const channels = settings.greyscale ? 1 : Math.min(start.channels, 3)
  return pixelsOf(last) * channels * (DEPTHS[settings.rawDepth] ?? 1)
}

function figure(number: number): string {
  return Math.round(number).toLocaleString('en-US')
}
