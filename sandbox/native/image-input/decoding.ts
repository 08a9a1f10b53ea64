// Decodes pictures of every supported kind to plain pixels: upright, sRGB, 8 bit, no larger than asked for.
import sharp from 'sharp'
import type { Limits } from '../../limits.ts'
import { declaredPixels } from '../canvas/picture-size.ts'
import { createCanvas, Image } from '../canvas/skia.ts'
import { kindOf } from '../facts/file-kind.ts'
import { largestReadableSize } from '../jpeg-shrink.ts'
import { describeDecodeError } from '../facts/decode-error.ts'

export interface Source {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Facts of one page of a picture, once upright. */
export interface ImageFacts {
  readonly mime: string
  readonly width: number
  readonly height: number
  readonly pages: number
  readonly delay: readonly number[] | undefined
  /** Whether EXIF says to rotate it. */
  readonly turned: boolean
  /** A JPEG above the pixel limit is decoded to at most this size. */
  readonly target?: Box | undefined
  /** 8 bits a channel, gray or sRGB, and no metadata on where and by whom it was taken. */
  readonly plain: boolean
}

export interface Pixels {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
  readonly channels: 3 | 4
}

interface Box {
  readonly width: number
  readonly height: number
}

/** Formats that Skia reads and sharp does not. */
const SKIA_ONLY: readonly string[] = ['image/bmp', 'image/vnd.microsoft.icon']
/** The density in dots per inch at which a vector drawing is measured, and the maximum for drawing it. */
const DENSITY = 72
const MAX_DENSITY = 2400

/** Facts of a picture before `frames` of it are decoded; throws an Error with a sentence if it cannot be shown. */
export async function readFacts(
  { name, bytes }: Source,
  limits: Limits,
  frames: 'all' | 'first' = 'all',
): Promise<ImageFacts> {
  const { kind, mime, magic } = kindOf(name, bytes)
  const shown = JSON.stringify(name)
  if (kind !== 'picture') throw new Error(`${shown} is not a picture: it is ${mime}.`)
  if (bytes.length === 0) throw new Error(`${shown} is empty.`)
  if (mime === 'image/heic') {
    throw new Error(
      `${shown} is a HEIC photo, whose compression cannot be read here. Save it as JPEG or PNG, or let the phone send JPEG.`,
    )
  }
  if (SKIA_ONLY.includes(mime) && magic !== mime.endsWith('icon')) return skiaFacts(name, bytes, mime, limits)
  if (!magic) throw new Error(`The name of ${shown} says ${mime}, but its content is not a picture.`)
  const found = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((error: unknown) => {
      throw unreadableError(name, mime, error)
    })
  const { pages = 1, orientation = 1, depth, space, delay } = found
  const height = found.pageHeight ?? found.height
  const stored = { width: found.width, height }
  const isLarge = found.width * height > limits.picturePixels
  const target = isLarge && found.format === 'jpeg' ? largestReadableSize(bytes, stored, limits) : undefined
  if (!target) checkPixels(name, found.width, height, limits)
  if (frames === 'all' && found.width * height * pages > limits.gifPixels) {
    throw new Error(
      `${shown} has ${figure(found.width * height * pages)} pixels in ${pages} frames; the limit is ${figure(limits.gifPixels)}. Make it smaller or use fewer frames.`,
    )
  }
  const size = orientation >= 5 ? { width: height, height: found.width } : { width: found.width, height }
  const silent = !found.exif && !found.xmp && !found.iptc && !found.comments
  const plain = silent && depth === 'uchar' && (space === 'srgb' || space === 'b-w')
  const upright = target && orientation >= 5 ? { width: target.height, height: target.width } : target
  return { mime, ...size, target: upright, pages, delay: pages > 1 ? delay : undefined, turned: orientation > 1, plain }
}

/** The pixels of one page, scaled down to fit the box; only vector drawings are enlarged. */
export async function decodePage({ name, bytes }: Source, facts: ImageFacts, box: Box, page = 0): Promise<Pixels> {
  const { mime } = facts
  try {
    if (SKIA_ONLY.includes(mime)) return await decodeWithSkia(bytes, facts, box)
    const isDrawing = mime === 'image/svg+xml'
    const scale = Math.min(box.width / facts.width, box.height / facts.height)
    const density = Math.max(1, Math.min(MAX_DENSITY, DENSITY * scale))
    const { width = box.width, height = box.height } = facts.target ?? {}
    const options = { failOn: 'truncated', limitInputPixels: false, page, pages: 1 } as const
    const { data, info } = await sharp(bytes, isDrawing ? { ...options, density } : options)
      .autoOrient()
      .resize({
        width: Math.min(width, box.width),
        height: Math.min(height, box.height),
        fit: 'inside',
        withoutEnlargement: !isDrawing,
      })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    return { data, width: info.width, height: info.height, channels: info.channels === 4 ? 4 : 3 }
  } catch (error) {
    throw unreadableError(name, mime, error)
  }
}

/** An Error with the decoder's reason in plain words. */
export function unreadableError(name: string, mime: string, error: unknown): Error {
  return new Error(`${JSON.stringify(name)} cannot be read as ${mime}: ${describeDecodeError(error)}.`)
}

async function skiaFacts(name: string, bytes: Uint8Array, mime: string, limits: Limits): Promise<ImageFacts> {
  // Skia allocates before it can be asked for the size.
  if (declaredPixels(Buffer.from(bytes)) > limits.picturePixels) {
    throw tooLarge(name, declaredPixels(Buffer.from(bytes)), '', limits)
  }
  const { width, height } = await skiaImage(bytes).catch((error: unknown) => {
    throw unreadableError(name, mime, error)
  })
  checkPixels(name, width, height, limits)
  return { mime, width, height, pages: 1, delay: undefined, turned: false, plain: true }
}

async function decodeWithSkia(bytes: Uint8Array, facts: ImageFacts, box: Box): Promise<Pixels> {
  const image = await skiaImage(bytes)
  const scale = Math.min(1, box.width / facts.width, box.height / facts.height)
  const width = Math.max(1, Math.round(facts.width * scale))
  const height = Math.max(1, Math.round(facts.height * scale))
  const context = createCanvas(facts.width, facts.height).getContext('2d')
  context.drawImage(image, 0, 0)
  const { data } = context.getImageData(0, 0, facts.width, facts.height)
  const raw = { width: facts.width, height: facts.height, channels: 4 } as const
  const small = await sharp(data, { raw }).resize({ width, height, fit: 'fill' }).raw().toBuffer()
  return { data: small, width, height, channels: 4 }
}

async function skiaImage(bytes: Uint8Array): Promise<Image> {
  const image = new Image()
  image.onerror = () => undefined
  image.src = Buffer.from(bytes)
  await image.decode()
  if (image.naturalWidth === 0) throw new Error('it contains no picture')
  return image
}

function checkPixels(name: string, width: number, height: number, limits: Limits): void {
  const pixels = width * height
  if (pixels > limits.picturePixels) throw tooLarge(name, pixels, ` (${width} x ${height})`, limits)
}

function tooLarge(name: string, pixels: number, size: string, limits: Limits): Error {
  return new Error(
    `${JSON.stringify(name)} has ${figure(pixels)} pixels${size}; the limit is ${figure(limits.picturePixels)}. Make it smaller.`,
  )
}

function figure(value: number): string {
  return value.toLocaleString('en-US')
}
