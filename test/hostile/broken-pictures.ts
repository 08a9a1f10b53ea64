// Pictures made to break a decoder: truncated, lying, bombs, recursive, and valid ones changed at random (seeded).
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

export interface BrokenPicture {
  readonly name: string
  readonly bytes: Uint8Array
}

/** At least 40 of them. */
export async function brokenPictures(): Promise<BrokenPicture[]> {
  const whole = await wholePictures()
  return [
    ...whole.flatMap(cuts),
    ...whole.flatMap((picture, i) => mutations(picture, i)),
    ...lies(whole),
    ...bombs(),
    ...drawings(),
  ]
}

async function wholePictures(): Promise<BrokenPicture[]> {
  const width = 160
  const pixels = Uint8Array.from({ length: width * 120 * 3 }, (_, i) => (i * 7 + ((i / 480) | 0) * 31) & 255)
  const base = () => sharp(pixels, { raw: { width, height: 120, channels: 3 } })
  const gif = await sharp(Buffer.concat([pixels, pixels]), {
    raw: { width, height: 240, channels: 3, pageHeight: 120 },
  })
    .gif()
    .toBuffer()
  return [
    { name: 'a.png', bytes: await base().png().toBuffer() },
    { name: 'a.jpg', bytes: await base().jpeg().toBuffer() },
    { name: 'a.webp', bytes: await base().webp().toBuffer() },
    { name: 'a.tif', bytes: await base().tiff().toBuffer() },
    { name: 'a.avif', bytes: await base().avif({ effort: 0 }).toBuffer() },
    { name: 'a.gif', bytes: gif },
  ]
}

function cuts({ name, bytes }: BrokenPicture): BrokenPicture[] {
  return [0.02, 0.3, 0.9].map((part) => ({
    name: `cut-${part}-${name}`,
    bytes: bytes.slice(0, Math.max(12, Math.floor(bytes.length * part))),
  }))
}

/** Changes bytes at positions from a small Lehmer generator. */
function mutations({ name, bytes }: BrokenPicture, seed: number): BrokenPicture[] {
  let state = seed + 1
  const next = (most: number): number => (state = (state * 48_271) % 2_147_483_647) % most
  return Array.from({ length: 6 }, (_, round) => {
    const changed = bytes.slice()
    const end = round % 2 === 0 ? Math.min(200, changed.length) : changed.length
    for (let i = 0; i < 4 + round * 8; i++) changed[12 + next(end - 12)] = next(256)
    return { name: `changed-${round}-${name}`, bytes: changed }
  })
}

function lies(whole: readonly BrokenPicture[]): BrokenPicture[] {
  const [png, jpg] = whole as [BrokenPicture, BrokenPicture]
  return [
    { name: 'text.png', bytes: Buffer.from('not a picture at all') },
    { name: 'empty.png', bytes: new Uint8Array(0) },
    { name: 'one-byte.gif', bytes: Uint8Array.of(71) },
    { name: 'magic-only.png', bytes: png.bytes.slice(0, 8) },
    { name: 'zeros.jpg', bytes: new Uint8Array(100_000) },
    { name: 'jpeg-named.png', bytes: jpg.bytes },
    {
      name: 'png-then-zip.png',
      bytes: Buffer.concat([png.bytes, Buffer.from('PK\u0003\u0004'), new Uint8Array(5000)]),
    },
    { name: 'elf.webp', bytes: Buffer.from('\u007fELF'.padEnd(5000, '\u0001')) },
    {
      name: 'riff.webp',
      bytes: Buffer.concat([Buffer.from('RIFF\xff\xff\xff\x7fWEBPVP8X', 'latin1'), new Uint8Array(40).fill(255)]),
    },
    {
      name: 'tiff-loop.tif',
      bytes: Buffer.concat([
        Buffer.from('II*\0\u0008\0\0\0\u0001\0', 'latin1'),
        new Uint8Array(12),
        Uint8Array.of(8, 0, 0, 0),
      ]),
    },
    {
      name: 'heif.avif',
      bytes: Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypavif'), new Uint8Array(1000).fill(255)]),
    },
    { name: 'pdf.pdf', bytes: Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj') },
    { name: 'bmp.bmp', bytes: Buffer.concat([Buffer.from('BM'), new Uint8Array(60).fill(255)]) },
    { name: 'comments.png', bytes: Buffer.from('<!---->'.repeat(140)) },
  ]
}

/** A PNG of any header size whose rows are zeros: 1,000 times smaller than it claims. */
function png(width: number, height: number, rows: number, colour = 2): Uint8Array {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, colour, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(rows), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

function gif(width: number, height: number, frames: number): Uint8Array {
  const frame = [0x2c, 0, 0, 0, 0, width & 255, width >> 8, height & 255, height >> 8, 0, 2, 2, 0x44, 1, 0]
  return Uint8Array.of(
    ...Buffer.from('GIF89a'),
    width & 255,
    width >> 8,
    height & 255,
    height >> 8,
    0x80,
    0,
    0,
    0,
    0,
    0,
    255,
    255,
    255,
    ...Array.from({ length: frames }, () => frame).flat(),
    0x3b,
  )
}

function bombs(): BrokenPicture[] {
  const webp = Buffer.concat([
    Buffer.from('RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\xff\xff\xff\x0f', 'latin1'),
    new Uint8Array(8),
  ])
  const text = Buffer.concat([Buffer.from('big\0\0'), deflateSync(Buffer.alloc(50_000_000), { level: 9 })])
  const plain = Buffer.from(png(8, 8, 200))
  return [
    { name: 'huge-1.png', bytes: png(100_000, 100_000, 1000) },
    { name: 'huge-2.png', bytes: png(2 ** 31 - 1, 2 ** 31 - 1, 1000) },
    { name: 'huge-3.png', bytes: png(0, 0, 10) },
    { name: 'bomb.png', bytes: png(9000, 9000, 9000 * 27_001) },
    { name: 'bomb-gray.png', bytes: png(9990, 9990, 9990 * 9991, 0) },
    { name: 'text-bomb.png', bytes: Buffer.concat([plain.subarray(0, 33), chunk('zTXt', text), plain.subarray(33)]) },
    {
      name: 'profile-bomb.png',
      bytes: Buffer.concat([plain.subarray(0, 33), chunk('iCCP', text), plain.subarray(33)]),
    },
    { name: 'huge.gif', bytes: gif(65_535, 65_535, 1) },
    { name: 'frames.gif', bytes: gif(1000, 1000, 5000) },
    { name: 'huge.webp', bytes: webp },
  ]
}

function drawings(): BrokenPicture[] {
  const svg = (name: string, inside: string, size = 200): BrokenPicture => ({
    name: `${name}.svg`,
    bytes: Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${size}" height="${size}">${inside}</svg>`,
    ),
  })
  const laughs = 'bcdefghij'
    .split('')
    .map((c, i) => `<!ENTITY ${c} "${`&${'abcdefghi'[i]};`.repeat(10)}">`)
    .join('')
  return [
    svg('itself', '<g id="a"><use xlink:href="#a"/></g>'),
    svg('each-other', '<g id="a"><use xlink:href="#b"/></g><g id="b"><use xlink:href="#a"/></g>'),
    svg(
      'pattern',
      '<pattern id="p" width="1" height="1"><rect width="9" height="9" fill="url(#p)"/></pattern><rect width="99" height="99" fill="url(#p)"/>',
    ),
    svg(
      'mask',
      '<mask id="m"><rect width="9" height="9" mask="url(#m)"/></mask><rect width="99" height="99" mask="url(#m)"/>',
    ),
    svg('deep', '<g>'.repeat(20_000) + '</g>'.repeat(20_000)),
    svg(
      'filter',
      '<filter id="f"><feTurbulence baseFrequency="0.5" numOctaves="30"/><feMorphology radius="500"/></filter><rect width="4000" height="4000" filter="url(#f)"/>',
      4000,
    ),
    svg('huge', '<rect width="9" height="9"/>', 1_000_000),
    svg('no-size', '<rect width="1e308" height="1e308" stroke-dasharray="1e-9"/>', Number.NaN),
    {
      name: 'laughs.svg',
      bytes: Buffer.from(
        `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "ha">${laughs}]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&j;</text></svg>`,
      ),
    },
    {
      name: 'entity.svg',
      bytes: Buffer.from(
        '<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg" width="99" height="9"><text>&e;</text></svg>',
      ),
    },
    { name: 'cut.svg', bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9"') },
  ]
}
