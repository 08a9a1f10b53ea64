// Reads a picture's width and height from its header: Skia allocates, and aborts the process, before it can be asked.
import { svgSize } from './svg-size.ts'

type Size = readonly [width: number, height: number]

/** The pixel count that a picture's header claims; 0 if Skia reads no such format here or the header is broken. */
export function declaredPixels(bytes: Buffer): number {
  const size =
    png(bytes) ?? gif(bytes) ?? jpeg(bytes) ?? webp(bytes) ?? bmp(bytes) ?? ico(bytes) ?? avif(bytes) ?? svgSize(bytes)
  return size ? Math.abs(size[0] * size[1]) : 0
}

const ascii = (bytes: Buffer, from: number, to: number): string => bytes.toString('latin1', from, to)

function png(bytes: Buffer): Size | undefined {
  if (bytes.length < 24 || ascii(bytes, 1, 4) !== 'PNG') return undefined
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
}

function gif(bytes: Buffer): Size | undefined {
  if (bytes.length < 10 || ascii(bytes, 0, 4) !== 'GIF8') return undefined
  const screen: Size = [bytes.readUInt16LE(6), bytes.readUInt16LE(8)]
  const frame = firstFrame(bytes)
  return frame ? [Math.max(screen[0], frame[0]), Math.max(screen[1], frame[1])] : screen
}

/** The right and bottom edge of the first frame: Skia enlarges the picture where that exceeds the screen size. */
function firstFrame(bytes: Buffer): Size | undefined {
  const colours = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1))
  let at = 13 + colours(bytes[10] ?? 0)
  // Skips extensions, each a series of length-prefixed blocks.
  while (bytes[at] === 0x21) {
    at += 2
    while ((bytes[at] ?? 0) > 0) at += 1 + (bytes[at] ?? 0)
    at += 1
  }
  if (bytes[at] !== 0x2c || at + 9 > bytes.length) return undefined
  const [left, top, width, height] = [1, 3, 5, 7].map((from) => bytes.readUInt16LE(at + from))
  return [(left ?? 0) + (width ?? 0), (top ?? 0) + (height ?? 0)]
}

/** The largest picture of an icon or cursor: Skia ignores the sizes in the directory. */
function ico(bytes: Buffer): Size | undefined {
  if (bytes.length < 22 || bytes.readUInt16LE(0) !== 0 || ![1, 2].includes(bytes.readUInt16LE(2))) return undefined
  let largest: Size = [0, 0]
  const count = Math.min(bytes.readUInt16LE(4), Math.floor((bytes.length - 6) / 16))
  for (let n = 0; n < count; n++) {
    const picture = bytes.subarray(bytes.readUInt32LE(6 + 16 * n + 12))
    const size = png(picture) ?? bitmap(picture)
    if (size && size[0] * size[1] > largest[0] * largest[1]) largest = size
  }
  return largest
}

/** A bitmap inside an icon has no file header, and its mask doubles the height. */
function bitmap(bytes: Buffer): Size | undefined {
  if (bytes.length < 12) return undefined
  return [Math.abs(bytes.readInt32LE(4)), Math.abs(bytes.readInt32LE(8)) / 2]
}

/** The size of a Windows bitmap; a negative height means rows from top to bottom. */
export function bmp(bytes: Buffer): Size | undefined {
  if (bytes.length < 26 || ascii(bytes, 0, 2) !== 'BM') return undefined
  return [bytes.readInt32LE(18), bytes.readInt32LE(22)]
}

// Scans the markers up to the first frame header (SOF0-SOF15, except DHT, JPG and DAC).
function jpeg(bytes: Buffer): Size | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined
  let at = 2
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) {
      at += 1
      continue
    }
    const marker = bytes[at + 1] ?? 0
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)]
    }
    const alone = marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)
    at += alone ? 1 + Number(marker !== 0xff) : 2 + bytes.readUInt16BE(at + 2)
  }
  return undefined
}

function webp(bytes: Buffer): Size | undefined {
  if (bytes.length < 30 || ascii(bytes, 0, 4) !== 'RIFF' || ascii(bytes, 8, 12) !== 'WEBP') return undefined
  switch (ascii(bytes, 12, 16)) {
    case 'VP8X':
      return [bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1]
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21)
      return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1]
    }
    default:
      return [bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff]
  }
}

// The largest image spatial extents ("ispe"): a grid has one for the whole picture and one for its tiles.
function avif(bytes: Buffer): Size | undefined {
  if (bytes.length < 12 || ascii(bytes, 4, 8) !== 'ftyp') return undefined
  let largest: Size | undefined
  for (let at = bytes.indexOf('ispe'); at >= 0 && at + 16 <= bytes.length; at = bytes.indexOf('ispe', at + 4)) {
    const size: Size = [bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12)]
    if (!largest || size[0] * size[1] > largest[0] * largest[1]) largest = size
  }
  return largest
}
