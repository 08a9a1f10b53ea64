// Width and height from a picture's first bytes: Skia allocates (and aborts the process) before it can be asked.

type Size = readonly [width: number, height: number]

/** The pixels a picture says it has; 0 when its format is none of those Skia reads here, or it is broken. */
export function promisedPixels(bytes: Buffer): number {
  const size = png(bytes) ?? gif(bytes) ?? jpeg(bytes) ?? webp(bytes) ?? bmp(bytes) ?? avif(bytes) ?? svg(bytes)
  return size ? Math.abs(size[0] * size[1]) : 0
}

const ascii = (bytes: Buffer, from: number, to: number): string => bytes.toString('latin1', from, to)

function png(bytes: Buffer): Size | undefined {
  if (bytes.length < 24 || ascii(bytes, 1, 4) !== 'PNG') return undefined
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
}

function gif(bytes: Buffer): Size | undefined {
  if (bytes.length < 10 || ascii(bytes, 0, 4) !== 'GIF8') return undefined
  return [bytes.readUInt16LE(6), bytes.readUInt16LE(8)]
}

/** Of a Windows bitmap; its height may be negative: rows from the top. */
export function bmp(bytes: Buffer): Size | undefined {
  if (bytes.length < 26 || ascii(bytes, 0, 2) !== 'BM') return undefined
  return [bytes.readInt32LE(18), bytes.readInt32LE(22)]
}

// Markers up to the first frame header (SOF0-SOF15, without DHT, JPG and DAC).
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

// The largest of the image spatial extents ("ispe"): a grid has one for the whole and one for its tiles.
function avif(bytes: Buffer): Size | undefined {
  if (bytes.length < 12 || ascii(bytes, 4, 8) !== 'ftyp') return undefined
  let largest: Size | undefined
  for (let at = bytes.indexOf('ispe'); at >= 0 && at + 16 <= bytes.length; at = bytes.indexOf('ispe', at + 4)) {
    const size: Size = [bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12)]
    if (!largest || size[0] * size[1] > largest[0] * largest[1]) largest = size
  }
  return largest
}

const PIXELS_OF: Readonly<Record<string, number>> = {
  px: 1,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 37.8,
  mm: 3.78,
  em: 16,
  ex: 8,
}

function svg(bytes: Buffer): Size | undefined {
  const tag = /<svg\b[^>]*>/.exec(bytes.toString('latin1', 0, 1_000_000))?.[0]
  if (tag === undefined) return undefined
  const side = (name: string): number => {
    const [, number = '', unit = 'px'] =
      new RegExp(`\\s${name}\\s*=\\s*["']\\s*([\\d.eE+-]+)\\s*([a-z]*)`).exec(tag) ?? []
    return Number(number) * (PIXELS_OF[unit] ?? 1) || 0
  }
  return [side('width'), side('height')]
}
