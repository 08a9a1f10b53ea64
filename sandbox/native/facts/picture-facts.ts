// Facts measured on a small copy of a picture, so that "it is gray now" needs no vision model: a few milliseconds each.
import { hash } from 'node:crypto'
import sharp from 'sharp'
import type { FileInfo } from '../../protocol.ts'

type Measured = Pick<FileInfo, 'gray' | 'blank' | 'transparent' | 'still'>
/** `digest` identifies a still picture's copy: equal pictures have equal digests. */
export type Measure = Measured & { readonly digest?: string }

/** Longest side of the copy. */
export const MEASURED_SIDE = 256
/** Longest side of the copy of an animation's frame. */
const FRAME_SIDE = 128
/** Tolerance for gray (red, green, blue of a pixel) and for a single colour (all pixels), as JPEG is inexact. */
const COLOUR_TOLERANCE = 2
/** Decoding a frame needs all frames before it: of an animation with more pixels only the first two are compared. */
const MAX_FRAME_PIXELS = 10_000_000

/** Decodes a picture, and throws if it is incomplete; `pixels` counts all its frames. */
export async function measurePicture(
  bytes: Uint8Array,
  { frames, pixels, hasAlpha }: { readonly frames: number; readonly pixels: number; readonly hasAlpha: boolean },
): Promise<Measure> {
  const first = await decodeCopy(bytes, 0, frames > 1 ? FRAME_SIDE : MEASURED_SIDE)
  if (frames < 2) return { ...computeFacts([first], hasAlpha), digest: hash('sha1', first) }
  const copies = [first, await decodeCopy(bytes, 1, FRAME_SIDE)]
  const moves = (): boolean => copies.some((copy) => !copy.equals(first))
  const { gray, blank } = computeFacts(copies, hasAlpha)
  const isShort = pixels <= MAX_FRAME_PIXELS
  // An animation already found moving and coloured stays so, whatever its later frames show.
  if (isShort && (gray || blank || !moves())) {
    for (const page of new Set([Math.floor(frames / 2), frames - 1]))
      copies.push(await decodeCopy(bytes, page, FRAME_SIDE))
  }
  return { ...computeFacts(copies, hasAlpha), ...(moves() || isShort ? { still: !moves() } : {}) }
}

/** Decodes one page to RGBA, scaled down to `side`. */
async function decodeCopy(bytes: Uint8Array, page: number, side: number): Promise<Buffer> {
  const { data, info } = await sharp(bytes, { failOn: 'truncated', limitInputPixels: false, page, pages: 1 })
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  const isMadeSmaller = info.width === side || info.height === side
  return isMadeSmaller && isSvg(bytes) ? withoutEdge(data, info.width, info.height) : data
}

function isSvg(bytes: Uint8Array): boolean {
  return bytes[0] === 0x3c || (bytes[0] === 0xef && bytes[3] === 0x3c)
}

/** The edge pixels of a downscaled drawing may be only partly covered. */
function withoutEdge(data: Buffer, width: number, height: number): Buffer {
  if (width < 4 || height < 4) return data
  const rows = Array.from({ length: height - 2 }, (_, y) => {
    const start = ((y + 1) * width + 1) * 4
    return data.subarray(start, start + (width - 2) * 4)
  })
  return Buffer.concat(rows)
}

function computeFacts(copies: readonly Buffer[], hasAlpha: boolean): Measured {
  const low = [255, 255, 255, 255]
  const high = [0, 0, 0, 0]
  let gray = true
  let seeThrough = 0
  for (const copy of copies) {
    for (let at = 0; at < copy.length; at += 4) {
      const [r, g, b, alpha] = [copy[at]!, copy[at + 1]!, copy[at + 2]!, copy[at + 3]!]
      seeThrough += (255 - alpha) / 255
      if (gray && alpha > 0) gray = Math.max(r, g, b) - Math.min(r, g, b) <= COLOUR_TOLERANCE
      for (let i = 0; i < 4; i++) {
        const value = copy[at + i]!
        if (value < low[i]!) low[i] = value
        if (value > high[i]!) high[i] = value
      }
    }
  }
  const pixels = copies.reduce((sum, { length }) => sum + length / 4, 0)
  const isEven = high.every((value, i) => value - low[i]! <= COLOUR_TOLERANCE)
  return {
    gray,
    ...(isEven ? { blank: averageColour(low, high) } : {}),
    ...(hasAlpha ? { transparent: roundShare(seeThrough, pixels) } : {}),
  }
}

function averageColour(low: readonly number[], high: readonly number[]): string {
  const middle = low.map((value, i) => Math.round((value + high[i]!) / 2))
  const parts = high[3] === 255 ? middle.slice(0, 3) : middle
  return `#${parts.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

/** A share rounded to thousandths; 0 and 1 only where exact. */
function roundShare(some: number, all: number): number {
  if (some === 0 || some === all) return some / all
  return Math.min(0.999, Math.max(0.001, Math.round((some / all) * 1000) / 1000))
}
