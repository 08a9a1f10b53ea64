// Generated pictures for the sharp tests: every kind that behaves differently.
import sharp from 'sharp'

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40">
<rect width="60" height="40" fill="teal"/><circle cx="30" cy="20" r="15" fill="orange"/></svg>`

/** Encoded pictures by file name, 160 x 120 unless they say otherwise. */
export async function drawnPictures(): Promise<Map<string, Buffer>> {
  const raw = { raw: { width: 160, height: 120, channels: 3 as const } }
  const photo = sharp(pixels(160, 120), raw)
  const alpha = photo.clone().ensureAlpha(0.5)
  const frames = await Promise.all(
    [0, 60, 120].map((hue) => photo.clone().resize(40, 30).modulate({ hue }).png().toBuffer()),
  )
  const animation = sharp(frames, { join: { animated: true } })
  const square = (colour: string) => ({ create: { width: 24, height: 24, channels: 4 as const, background: colour } })
  const entries: Record<string, Promise<Buffer>> = {
    'photo.png': photo.clone().png().toBuffer(),
    'photo.jpg': photo.clone().jpeg({ quality: 90 }).toBuffer(),
    'photo.webp': photo.clone().webp().toBuffer(),
    'photo.tiff': photo.clone().tiff({ compression: 'lzw' }).toBuffer(),
    'photo.avif': photo.clone().avif({ effort: 0 }).toBuffer(),
    'alpha.png': alpha.png().toBuffer(),
    'gray.png': photo.clone().greyscale().toColourspace('b-w').png().toBuffer(),
    'deep.png': photo.clone().toColourspace('rgb16').png().toBuffer(),
    'cmyk.jpg': photo.clone().toColourspace('cmyk').jpeg().toBuffer(),
    'turned.jpg': photo
      .clone()
      .withMetadata({ orientation: 6, exif: { IFD0: { Copyright: 'Nobody' } } })
      .jpeg()
      .toBuffer(),
    'wide.jpg': photo.clone().withIccProfile('p3').withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>').jpeg().toBuffer(),
    'one.png': sharp(pixels(1, 1), { raw: { width: 1, height: 1, channels: 3 } })
      .png()
      .toBuffer(),
    'anim.gif': animation
      .clone()
      .gif({ delay: [50, 100, 150], loop: 2 })
      .toBuffer(),
    'anim.webp': animation.clone().webp({ delay: 80, lossless: true }).toBuffer(),
    'square.png': sharp(square('rgba(255, 0, 0, 0.5)')).png().toBuffer(),
    'framed.png': sharp(square('blue'))
      .extend({ top: 9, left: 5, bottom: 3, right: 7, background: 'white' })
      .png()
      .toBuffer(),
    'drawing.svg': Promise.resolve(Buffer.from(SVG)),
  }
  return new Map(await Promise.all(Object.entries(entries).map(async ([name, data]) => [name, await data] as const)))
}

/** Interleaved RGB with gradients, edges and a repeatable grain. */
export function pixels(width: number, height: number): Buffer {
  const data = Buffer.alloc(width * height * 3)
  let grain = 7
  for (let at = 0; at < width * height; at += 1) {
    const [x, y] = [at % width, Math.floor(at / width)]
    grain = (grain * 1103515245 + 12345) % 2147483648
    data[at * 3] = (x * 255) / width
    data[at * 3 + 1] = (y * 255) / height
    data[at * 3 + 2] = ((x >> 4) + (y >> 4)) % 2 ? 200 : grain % 80
  }
  return data
}

/** Makes a value comparable: buffers by content, everything else by value and key order. */
export function comparable(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => {
    if (typeof item === 'number' && !Number.isFinite(item)) return String(item)
    const buffer = item as { type?: string; data?: number[] } | null
    if (typeof item === 'object' && buffer?.type === 'Buffer')
      return `Buffer ${Buffer.from(buffer.data!).toString('base64')}`
    return item
  })
}
