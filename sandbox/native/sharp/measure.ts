// Reads the sizes of a pipeline's inputs from their headers, before any pixel is decoded.
import sharp from 'sharp'
import type { Descriptor, Settings } from './settings.ts'
import { settingsOf } from './settings.ts'

/** A picture's size: `height` of one page, `pages` of them stacked. */
export interface ImageSize {
  readonly width: number
  readonly height: number
  readonly pages: number
  readonly channels: number
  /** EXIF orientation, 1 if there is none. */
  readonly orientation: number
  /** sharp's name of the format; unset for raw pixels. */
  readonly format?: string | undefined
}

/** The size of one input; undefined if sharp cannot read it (the pipeline will report why). */
export async function measure(descriptor: Descriptor): Promise<ImageSize | undefined> {
  const { createWidth, createHeight, createChannels, createPageHeight } = descriptor
  if (createWidth && createHeight && createChannels) {
    return toImageSize(createWidth, createHeight, createPageHeight, createChannels)
  }
  const { rawWidth, rawHeight, rawChannels, rawPageHeight } = descriptor
  if (rawWidth && rawHeight && rawChannels) return toImageSize(rawWidth, rawHeight, rawPageHeight, rawChannels)
  const probe = sharp()
  settingsOf(probe).input = { ...descriptor, limitInputPixels: 0 }
  try {
    const { width, height, pageHeight, channels, orientation, format } = await probe.metadata()
    return { ...toImageSize(width, height, pageHeight, channels, orientation), format }
  } catch {
    return undefined
  }
}

/** The size of a pipeline's start: its input, or several joined like libvips' `arrayjoin`. */
export function startOf(settings: Settings, inputs: readonly (ImageSize | undefined)[]): ImageSize | undefined {
  if (!settings.join) return inputs[0]
  const joined = inputs.slice(0, settings.join.length).filter((input) => input !== undefined)
  if (joined.length < settings.join.length) return undefined
  const { joinAcross: across = 1, joinShim: shim = 0, joinAnimated } = settings.input
  const down = Math.ceil(joined.length / across)
  const columns = Math.min(across, joined.length)
  const width = columns * Math.max(...joined.map((input) => input.width)) + (columns - 1) * shim
  const height = down * Math.max(...joined.map((input) => input.height * input.pages)) + (down - 1) * shim
  const pages = joinAnimated ? joined.length : 1
  const channels = Math.max(...joined.map((input) => input.channels))
  return { width, height: Math.ceil(height / pages), pages, channels, orientation: 1 }
}

function toImageSize(width: number, height: number, pageHeight = height, channels: number, orientation = 1): ImageSize {
  const pages = pageHeight > 0 ? Math.max(1, Math.round(height / pageHeight)) : 1
  return { width, height: Math.ceil(height / pages), pages, channels, orientation }
}
