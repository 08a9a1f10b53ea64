// Encodes a picture within a size limit in bytes.
import type { Sharp } from 'sharp'
import { integerIn, oneOf } from './argument.ts'
import { rgba } from './colour.ts'
import type { Picture, RawPicture } from './picture.ts'
import { pipeline, read } from './pixels.ts'
import { blankSheet, drawOnSheet } from './layout/sheet.ts'
import { noteUnknown, type All } from './options.ts'

const FORMATS = ['jpeg', 'webp', 'png', 'avif'] as const

export interface CompressOptions {
  /** Default 'jpeg'; for JPEG, transparent pictures are flattened on white. */
  format?: (typeof FORMATS)[number]
}

/** Below this quality, scaling down looks better than compressing further. */
const MIN_QUALITY = 40

const COMPRESS_OPTIONS: All<CompressOptions> = { format: true }

/**
 * Encodes a picture in at most `bytes` bytes: the highest quality from 40 to 100 that fits (binary search; PNG first
 * losslessly, then with a palette); if none fits, the largest scale at which one does.
 * @throws Error if even one pixel needs more; TypeError for an invalid option.
 */
export async function compressTo(picture: Picture, bytes: number, options: CompressOptions = {}): Promise<Buffer> {
  noteUnknown('compressTo', options, COMPRESS_OPTIONS)
  const { format = 'jpeg' } = options
  integerIn('compressTo', 'bytes', bytes, 1, Infinity)
  oneOf('compressTo', 'format', format, FORMATS)
  const raw = await read('compressTo', picture)
  const source = format === 'jpeg' ? await flattenOnWhite(raw) : raw
  if (format === 'png') {
    const lossless = await pixelsOf(source, 1).png({ compressionLevel: 9, adaptiveFiltering: true }).toBuffer()
    if (lossless.length <= bytes) return lossless
  }
  const scale = await largestScale(source, bytes, format)
  return bestQuality(source, scale, bytes, format)
}

/**
 * 1 if the minimum quality fits, otherwise approximately the largest scale at which it does. The size in bytes is
 * assumed to grow with the square of the scale.
 */
async function largestScale(source: RawPicture, bytes: number, format: Format): Promise<number> {
  const sizeAt = async (scale: number) => (await encodePicture(source, scale, MIN_QUALITY, format)).length
  let size = await sizeAt(1)
  if (size <= bytes) return 1
  let fits = 0.5 / Math.max(source.info.width, source.info.height)
  const smallest = await sizeAt(fits)
  if (smallest > bytes) {
    throw new Error(
      `compressTo: cannot make a ${format} of ${bytes} bytes; even one pixel takes ${smallest}; allow more bytes`,
    )
  }
  let fails = 1
  let scale = 1
  for (let i = 0; i < 10 && fails / fits > 1.02; i++) {
    const aim = scale * Math.sqrt(bytes / size) * 0.995
    const isInside = i < 6 && aim > fits * 1.005 && aim < fails * 0.995
    scale = isInside ? aim : Math.sqrt(fits * fails)
    size = await sizeAt(scale)
    if (size <= bytes) fits = scale
    else fails = scale
  }
  return fits
}

async function bestQuality(source: RawPicture, scale: number, bytes: number, format: Format): Promise<Buffer> {
  let best = await encodePicture(source, scale, MIN_QUALITY, format)
  let low = MIN_QUALITY + 1
  let high = 100
  while (low <= high) {
    const quality = (low + high) >> 1
    const result = await encodePicture(source, scale, quality, format)
    if (result.length <= bytes) {
      best = result
      low = quality + 1
    } else high = quality - 1
  }
  return best
}

type Format = (typeof FORMATS)[number]

function encodePicture(source: RawPicture, scale: number, quality: number, format: Format): Promise<Buffer> {
  const picture = pixelsOf(source, scale)
  if (format === 'jpeg') return picture.jpeg({ quality, optimiseCoding: true, progressive: true }).toBuffer()
  if (format === 'webp') return picture.webp({ quality, effort: 4 }).toBuffer()
  if (format === 'avif') return picture.avif({ quality, effort: 2 }).toBuffer()
  return picture.png({ palette: true, quality, dither: 0.5, compressionLevel: 9, effort: 1 }).toBuffer()
}

function pixelsOf({ data, info }: RawPicture, scale: number): Sharp {
  const made = pipeline(data, info.width, info.height, info.channels)
  if (scale === 1) return made
  const side = (length: number) => Math.max(1, Math.round(length * scale))
  return made.resize(side(info.width), side(info.height), { fit: 'fill' })
}

async function flattenOnWhite(raw: RawPicture): Promise<RawPicture> {
  if (raw.info.channels % 2 === 1) return raw
  const { width, height } = raw.info
  const sheet = blankSheet(width, height, await rgba('compressTo', 'background', 'white'))
  drawOnSheet(sheet, raw, 0, 0)
  return { data: sheet.data, info: { width, height, channels: 3 } }
}
