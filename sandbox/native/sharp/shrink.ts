// The size at which a pipeline's first picture is decoded: less than its own for a JPEG that is resized first, by the
// conditions of sharp's pipeline.cc. In doubt the full size counts.
import type { Limits } from '../../limits.ts'
import { largestReadableSize, shrinkFactor, shrunkSize } from '../jpeg-shrink.ts'
import type { ImageSize } from './measure.ts'
import type { Settings } from './settings.ts'
import { pixelsOf, shrinkOf } from './sizes.ts'

export interface DecodedInputs {
  readonly inputs: readonly (ImageSize | undefined)[]
  /** The size to which the first picture, if too large, must be resized so that it can be read. */
  readonly target: { readonly width: number; readonly height: number } | undefined
}

/** The inputs at decoded size, which differs only for a first one above the limit. `isWhole`: all pixels are needed. */
export function decodedInputs(
  settings: Settings,
  inputs: readonly (ImageSize | undefined)[],
  limits: Limits,
  isWhole: boolean,
): DecodedInputs {
  const [first, ...others] = inputs
  const { buffer } = settings.input
  const isJpeg = first?.format === 'jpeg' && !settings.join && Buffer.isBuffer(buffer)
  if (!isJpeg || pixelsOf(first) <= limits.picturePixels) return { inputs, target: undefined }
  const target = largestReadableSize(buffer, first, limits)
  if (!target) return { inputs, target }
  const small = { ...first, ...shrunkSize(first, isWhole ? 1 : factorOf(settings, first)) }
  return pixelsOf(small) > limits.picturePixels ? { inputs, target } : { inputs: [small, ...others], target: undefined }
}

function factorOf(settings: Settings, start: ImageSize): number {
  const isResized = settings.width > 0 || settings.height > 0
  const turnsFirst =
    settings.rotateBefore &&
    (settings.angle % 360 !== 0 || settings.rotationAngle !== 0 || settings.flip || settings.flop)
  const orientsFirst = settings.input.autoOrient && (turnsFirst || settings.orientBefore) && start.orientation !== 1
  const needsAll =
    turnsFirst ||
    orientsFirst ||
    settings.gamma !== 0 ||
    settings.topOffsetPre !== -1 ||
    settings.trimThreshold >= 0 ||
    settings.keepGainMap ||
    settings.withGainMap ||
    settings.colourspacePipeline !== 'last'
  return isResized && !needsAll ? shrinkFactor(shrinkOf(settings, start), settings.fastShrinkOnLoad) : 1
}
