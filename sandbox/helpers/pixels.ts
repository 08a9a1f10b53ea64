// Converts every kind of picture to raw pixels, and raw pixels to a sharp pipeline; all helpers use it for both.
import sharp, { type Sharp } from 'sharp'
import { formatValue } from './argument.ts'
import type { CanvasLike, Picture, RawPicture } from './picture.ts'

/**
 * The raw pixels of a picture: rows from the top, 8 bits per channel, sRGB; 1 channel (gray), 2 (gray, alpha), 3 (RGB)
 * or 4 (RGBA, not premultiplied). EXIF orientation is applied to names and bytes, animations yield their first frame,
 * CMYK and 16 bit become 8-bit sRGB. Use it to decode only once a picture that you use often: `const photo = await
 * pixels('a.png')`.
 * @throws Error when the picture cannot be read, with its name and the reason.
 */
export async function pixels(picture: Picture): Promise<RawPicture> {
  return read('pixels', picture)
}

/** Like `pixels`, but errors name the calling function. */
export async function read(where: string, picture: Picture): Promise<RawPicture> {
  if (isRaw(picture)) return checkedRaw(where, picture)
  if (isCanvas(picture)) return canvasPixels(where, picture)
  const source = openPicture(where, picture)
  try {
    const pipeline = await renderPipeline(source)
    const { data, info } = await pipeline.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
    const height = info.pages && info.pageHeight ? info.pageHeight : info.height
    const first = data.subarray(0, info.width * height * info.channels)
    return { data: first, info: { width: info.width, height, channels: info.channels } }
  } catch (error) {
    const what = typeof picture === 'string' ? `'${picture}'` : 'the picture'
    throw new Error(`${where}: cannot read ${what}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
}

/** A sharp pipeline over raw pixels; with one or two channels its output stays gray. */
export function pipeline(
  data: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
  channels: 1 | 2 | 3 | 4,
): Sharp {
  const made = sharp(data, { raw: { width, height, channels } })
  return withPngDefault(channels < 3 ? made.toColourspace('b-w') : made)
}

/**
 * Encodes as PNG where no format is chosen: for raw input sharp would return raw pixels, but callers expect a file. A
 * name given to `toFile` still determines the format.
 */
function withPngDefault(picture: Sharp): Sharp {
  const { toBuffer, toUint8Array, clone } = picture
  const own = {
    toBuffer(this: Sharp, ...args: unknown[]): unknown {
      const told = optionsOf(this).formatOut === 'input' ? this.clone().png() : this
      return Reflect.apply(toBuffer, told, args)
    },
    toUint8Array(this: Sharp): unknown {
      const told = optionsOf(this).formatOut === 'input' ? this.clone().png() : this
      return Reflect.apply(toUint8Array, told, [])
    },
    clone(this: Sharp): Sharp {
      return withPngDefault(clone.call(this))
    },
  }
  for (const [name, value] of Object.entries(own))
    Object.defineProperty(picture, name, { value, configurable: true, writable: true })
  return picture
}

/** sharp's internal options of a pipeline; `formatOut` is 'input' if no format is set. */
function optionsOf(picture: Sharp): { readonly formatOut: string; readonly pngPalette: boolean } {
  return (picture as unknown as { options: { formatOut: string; pngPalette: boolean } }).options
}

/** Formats whose options affect how the picture looks. */
const LOSSY = ['jpeg', 'webp', 'avif', 'heif', 'gif', 'tiff']

/**
 * One byte per pixel: luma of Rec. 601, (9798 R + 19235 G + 3735 B) / 32768 rounded, as OpenCV's COLOR_RGB2GRAY; alpha
 * is ignored.
 */
export function luminance({ data, info: { channels, width, height } }: RawPicture): Uint8Array {
  const count = width * height
  const gray = new Uint8Array(count)
  if (channels < 3) for (let i = 0, p = 0; i < count; i++, p += channels) gray[i] = data[p]!
  else {
    for (let i = 0, p = 0; i < count; i++, p += channels) {
      gray[i] = (data[p]! * 9798 + data[p + 1]! * 19_235 + data[p + 2]! * 3735 + 16_384) >> 15
    }
  }
  return gray
}

/** A picture scaled to an exact size in pixels (Lanczos, as sharp's resize). */
export async function resizePixels(picture: RawPicture, width: number, height: number): Promise<RawPicture> {
  const { data, info } = picture
  if (info.width === width && info.height === height) return picture
  const scaled = pipeline(data, info.width, info.height, info.channels).resize(width, height, { fit: 'fill' })
  const result = await scaled.raw().toBuffer({ resolveWithObject: true })
  return { data: result.data, info: { width, height, channels: result.info.channels } }
}

/** A pipeline as its encoded output looks: `.jpeg({ quality: 3 })` adds artefacts, a palette reduces colours. */
async function renderPipeline(picture: Sharp): Promise<Sharp> {
  const { formatOut, pngPalette } = optionsOf(picture)
  return LOSSY.includes(formatOut) || (formatOut === 'png' && pngPalette) ? sharp(await picture.toBuffer()) : picture
}

function openPicture(where: string, picture: Exclude<Picture, RawPicture | CanvasLike>): Sharp {
  if (typeof picture === 'string' || picture instanceof Uint8Array) {
    if (picture.length === 0) throw new Error(`${where}: cannot read the picture: it is empty (0 bytes)`)
    return sharp(picture).autoOrient()
  }
  if (typeof picture === 'object' && picture !== null && typeof picture.clone === 'function') return picture.clone()
  const kinds = 'a picture (file name, bytes, sharp pipeline, raw pixels or canvas)'
  throw new TypeError(`${where}: expected ${kinds}, received ${formatValue(picture)}`)
}

function isRaw(picture: Picture): picture is RawPicture {
  return typeof picture === 'object' && picture !== null && 'data' in picture && 'info' in picture
}

function isCanvas(picture: Picture): picture is CanvasLike {
  return typeof picture === 'object' && picture !== null && 'getContext' in picture
}

function checkedRaw(where: string, picture: RawPicture): RawPicture {
  const { width, height, channels } = picture.info
  if (picture.data.length === width * height * channels) return picture
  const expected = `${width} x ${height} x ${channels} = ${width * height * channels} bytes`
  throw new TypeError(`${where}: raw pixels must have ${expected}, received ${picture.data.length}`)
}

function canvasPixels(where: string, canvas: CanvasLike): RawPicture {
  const { width, height } = canvas
  if (!(width > 0 && height > 0)) throw new TypeError(`${where}: the canvas is empty (${width} x ${height})`)
  return { data: canvas.getContext('2d').getImageData(0, 0, width, height).data, info: { width, height, channels: 4 } }
}
