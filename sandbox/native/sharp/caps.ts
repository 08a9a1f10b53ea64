// Rejects pictures above the session's limits, read or made, before sharp spends time or memory on them.
import type { Limits } from '../../limits.ts'
import { LimitError } from '../operation.ts'
import { resizeAdvice } from '../jpeg-shrink.ts'
import type { ImageSize } from './measure.ts'
import { descriptorsOf, type Settings } from './settings.ts'
import type { DecodedInputs } from './shrink.ts'
import { pixelsOf, type Size, sizesOf } from './sizes.ts'
import { estimateTextBox } from './text-size.ts'

/** Throws a LimitError for a picture, or an animation's frames together, above the pixel limit. */
function checkSize(size: Size, verb: 'has' | 'would have', limits: Limits, when = '', way = ''): void {
  const { width, height, pages } = size
  const box = `${width} x ${height}`
  if (width * height > limits.picturePixels) {
    const figures = `${figure(width * height)} pixels (${box})${when}; the limit is ${figure(limits.picturePixels)}`
    throw new LimitError('EASEL_LIMIT_PIXELS', `The picture ${verb} ${figures}. Make it smaller.${way}`)
  }
  if (pages > 1 && pixelsOf(size) > limits.gifPixels) {
    const figures = `${figure(pixelsOf(size))} pixels (${pages} frames of ${box})${when}; the limit is ${figure(limits.gifPixels)}`
    throw new LimitError(
      'EASEL_LIMIT_GIF_PIXELS',
      `The animation ${verb} ${figures}. Make it smaller or use fewer frames.`,
    )
  }
}

/** Throws a LimitError if a result has, or certainly would have, more bytes than one file may have. */
export function checkBytes(bytes: number, verb: 'has' | 'would have', limits: Limits): void {
  if (bytes <= limits.fileBytes) return
  const figures = `${figure(bytes)} bytes; the limit is ${figure(limits.fileBytes)}`
  throw new LimitError('EASEL_LIMIT_FILE_BYTES', `The result ${verb} ${figures}. Make it smaller.`)
}

/** Checks everything that a pipeline reads and makes; returns the pixels of its largest picture. */
export function checkPipeline(
  settings: Settings,
  start: ImageSize,
  inputs: readonly (ImageSize | undefined)[],
  limits: Limits,
): number {
  const others = inputs
    .slice(settings.join?.length ?? 1)
    .filter((input) => input !== undefined)
    .map((input) => ({ ...input, height: input.height * input.pages }))
  const { peak, last } = sizesOf(settings, start, others)
  // First the result, which tells more than an intermediate step (such as a resize that is cropped afterwards).
  checkSize(last, 'would have', limits)
  checkSize(peak, 'would have', limits, ' on the way')
  if (settings.formatOut === 'raw') checkBytes(rawBytes(settings, start, last), 'would have', limits)
  return pixelsOf(peak)
}

/** Checks the inputs as they are decoded: each on its own, and all together against the animation limit. */
export function checkInputs({ inputs, target }: DecodedInputs, limits: Limits): void {
  const way = target ? ` ${resizeAdvice(target)}` : ''
  for (const [at, input] of inputs.entries()) if (input) checkSize(input, 'has', limits, '', at === 0 ? way : '')
  const together = inputs.reduce((sum, input) => sum + (input ? pixelsOf(input) : 0), 0)
  if (together <= limits.gifPixels) return
  const figures = `${figure(together)} pixels together; the limit is ${figure(limits.gifPixels)}`
  throw new LimitError(
    'EASEL_LIMIT_GIF_PIXELS',
    `The ${inputs.length} pictures of this pipeline have ${figures}. Use fewer at a time.`,
  )
}

/** Rejects text whose estimated box is twice the pixel limit; smaller text is drawn and then measured. */
export function checkTexts(settings: Settings, limits: Limits): void {
  for (const descriptor of [settings.input, ...descriptorsOf(settings)]) {
    if (descriptor.textValue === undefined) continue
    const { width, height } = estimateTextBox(descriptor)
    if (width * height > 2 * limits.picturePixels) checkSize({ width, height, pages: 1 }, 'would have', limits)
  }
}

const BYTES_PER_SAMPLE: Readonly<Record<string, number>> = {
  short: 2,
  ushort: 2,
  int: 4,
  uint: 4,
  float: 4,
  complex: 8,
  double: 8,
  dpcomplex: 16,
}

/** The minimum number of bytes of a raw result. */
function rawBytes(settings: Settings, start: ImageSize, last: Size): number {
  const channels = settings.greyscale ? 1 : Math.min(start.channels, 3)
  return pixelsOf(last) * channels * (BYTES_PER_SAMPLE[settings.rawDepth] ?? 1)
}

function figure(number: number): string {
  return Math.round(number).toLocaleString('en-US')
}
