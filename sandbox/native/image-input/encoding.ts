// Encodes pixels in formats that endpoints accept: JPEG if opaque and smaller, else PNG; never above a size limit.
import sharp, { type Sharp } from 'sharp'
import type { Pixels } from './decoding.ts'

export interface EncodedImage {
  readonly mime: 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif'
  readonly bytes: Uint8Array
  readonly width: number
  readonly height: number
}

/** Above 60 chroma is not subsampled: coloured text must stay readable. */
const QUALITIES = [88, 75, 60, 45] as const

const SMALL_QUALITIES = [75, 40] as const

/** Encodes within `most` bytes: lowers the quality, then the size, until it fits. */
export async function encodeForModel(pixels: Pixels, most: number): Promise<EncodedImage> {
  const solid = dropAlpha(pixels)
  for (let now = solid ?? pixels; ;) {
    const made = solid ? await encodeOpaque(now, most) : await encodeTransparent(now)
    const { width, height } = now
    const { length } = made.bytes
    if (length <= most || width * height <= 1) return { ...made, width, height }
    // Bytes are roughly proportional to the area.
    now = await scale(now, Math.min(0.9, 0.95 * Math.sqrt(most / length)))
  }
}

/** Encodes a thumbnail for a browser within `most` bytes. */
export async function encodeThumbnail(pixels: Pixels, most: number): Promise<EncodedImage> {
  const { width, height } = pixels
  for (const quality of SMALL_QUALITIES) {
    const bytes = await imageOf(pixels).webp({ quality, alphaQuality: quality, effort: 2 }).toBuffer()
    if (bytes.length <= most) return { mime: 'image/webp', bytes, width, height }
  }
  throw new Error(`A copy of ${width} x ${height} pixels has more than ${most.toLocaleString('en-US')} bytes.`)
}

async function encodeOpaque(pixels: Pixels, most: number): Promise<Pick<EncodedImage, 'mime' | 'bytes'>> {
  const best = await jpeg(pixels, QUALITIES[0])
  // A fast attempt first: photographs are always larger as PNG.
  const quick = await imageOf(pixels).png({ compressionLevel: 2 }).toBuffer()
  if (quick.length <= 1.5 * best.length) {
    const png = await imageOf(pixels).png({ compressionLevel: 8 }).toBuffer()
    if (png.length <= best.length && png.length <= most) return { mime: 'image/png', bytes: png }
  }
  let bytes = best
  for (const quality of QUALITIES.slice(1)) if (bytes.length > most) bytes = await jpeg(pixels, quality)
  return { mime: 'image/jpeg', bytes }
}

async function encodeTransparent(pixels: Pixels): Promise<Pick<EncodedImage, 'mime' | 'bytes'>> {
  return { mime: 'image/png', bytes: await imageOf(pixels).png({ compressionLevel: 6 }).toBuffer() }
}

function jpeg(pixels: Pixels, quality: number): Promise<Buffer> {
  const chromaSubsampling = quality > 60 ? '4:4:4' : '4:2:0'
  return imageOf(pixels).jpeg({ quality, chromaSubsampling }).toBuffer()
}

async function scale({ width, height, channels, ...pixels }: Pixels, by: number): Promise<Pixels> {
  const side = (length: number): number => Math.max(1, Math.floor(length * by))
  const size = { width: side(width), height: side(height) }
  const resized = imageOf({ ...pixels, width, height, channels }).resize({ ...size, fit: 'fill' })
  return { ...size, channels, data: await resized.raw().toBuffer() }
}

/** The pixels without alpha; undefined if any pixel is not opaque. */
function dropAlpha({ data, width, height, channels }: Pixels): Pixels | undefined {
  if (channels === 3) return { data, width, height, channels }
  for (let at = 3; at < data.length; at += 4) if (data[at]! < 255) return undefined
  const rgb = new Uint8Array(width * height * 3)
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
    rgb[to] = data[from]!
    rgb[to + 1] = data[from + 1]!
    rgb[to + 2] = data[from + 2]!
  }
  return { data: rgb, width, height, channels: 3 }
}

function imageOf({ data, width, height, channels }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels } })
}
