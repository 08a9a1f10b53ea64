// Reads JPEGs above the pixel limit at reduced size: libjpeg scales by a half, a quarter or an eighth while decoding,
// and only the result is in memory. Not for multi-scan JPEGs, whose coefficients are all kept in memory.
import type { Limits } from '../limits.ts'

interface Size {
  readonly width: number
  readonly height: number
}

/** sharp's default input limit: even if scaled down, a picture is read to its end. */
const MAX_READ_PIXELS = 0x3fff * 0x3fff

/** The factor by which sharp has libjpeg divide the sides, for a resize that divides them by `shrink` (pipeline.cc). */
export function shrinkFactor(shrink: number, isFast = true): number {
  const rest = isFast ? 1 : 2
  const factor = [8, 4, 2].find((one) => shrink >= one * rest) ?? 1
  // sharp's workaround for rounding errors in libjpeg.
  return factor > 1 && Math.floor(shrink) === factor ? factor / 2 : factor
}

/** The size that is decoded. */
export function shrunkSize({ width, height }: Size, factor: number): Size {
  return { width: Math.ceil(width / factor), height: Math.ceil(height / factor) }
}

/**
 * The largest size to which a picture above the limit can be resized without decoding more than the limit; undefined
 * where it must not be read at all.
 */
export function largestReadableSize(
  bytes: Uint8Array,
  size: Size,
  { picturePixels }: Pick<Limits, 'picturePixels'>,
): Size | undefined {
  if (size.width * size.height > MAX_READ_PIXELS || !hasSingleScan(bytes, size)) return undefined
  const factor = [2, 4, 8].find((one) => {
    const { width, height } = shrunkSize(size, one)
    return width * height <= picturePixels
  })
  if (factor === undefined) return undefined
  // The smallest shrink for which sharp chooses this factor.
  const side = (length: number): number => Math.max(1, Math.floor(length / (factor + 1)))
  return { width: side(size.width), height: side(size.height) }
}

/** The advice for a JPEG that can only be read this way. */
export function resizeAdvice({ width, height }: Size): string {
  return `This JPEG can be read if it is first resized to at most ${width} x ${height}.`
}

/** Whether it is a sequential JPEG of this size with all components in its first scan: then little of it is kept. */
export function hasSingleScan(bytes: Uint8Array, { width, height }: Size): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return false
  let components = 0
  for (let at = 2; at + 4 <= view.byteLength;) {
    if (view.getUint8(at) !== 0xff) return false
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    const length = view.getUint16(at + 2)
    if (length < 2 || at + 2 + length > view.byteLength) return false
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) {
      const isSequential = marker === 0xc0 || marker === 0xc1
      if (!isSequential || components > 0 || length < 8) return false
      if (view.getUint16(at + 5) !== height || view.getUint16(at + 7) !== width) return false
      components = view.getUint8(at + 9)
    }
    if (marker === 0xda) return components > 0 && view.getUint8(at + 4) === components
    at += 2 + length
  }
  return false
}
