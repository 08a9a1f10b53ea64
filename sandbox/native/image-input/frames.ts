// Decodes some frames of an animation in groups: decoding a single frame means decoding all frames before it.
import sharp from 'sharp'
import { decodePage, unreadableError, type ImageFacts, type Pixels, type Source } from './decoding.ts'

/** Pixels of one group, which is in memory as a whole, as RGBA. */
const GROUP_PIXELS = 20_000_000

/** The frames with these numbers, in ascending order, each scaled down to fit the box. */
export async function decodeFrames(
  source: Source,
  facts: ImageFacts,
  box: { readonly width: number; readonly height: number },
  numbers: readonly number[],
): Promise<readonly Pixels[]> {
  // Pages of a document differ in size.
  if (!facts.delay) {
    const pages = []
    for (const number of numbers) pages.push(await decodePage(source, facts, box, number))
    return pages
  }
  const size = Math.max(1, Math.floor(GROUP_PIXELS / (facts.width * facts.height)))
  const found: Pixels[] = []
  for (let first = 0; first < facts.pages; first += size) {
    const wanted = numbers.filter((number) => number >= first && number < first + size)
    if (wanted.length === 0) continue
    const group = await readGroup(source, facts, first, Math.max(...wanted) - first + 1)
    for (const number of wanted) found.push(await fitFrame(group, facts, number - first, box))
  }
  return found
}

async function readGroup({ name, bytes }: Source, { mime }: ImageFacts, page: number, pages: number): Promise<Buffer> {
  try {
    return await sharp(bytes, { failOn: 'truncated', limitInputPixels: false, page, pages })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer()
  } catch (error) {
    throw unreadableError(name, mime, error)
  }
}

async function fitFrame(
  group: Buffer,
  { width, height }: ImageFacts,
  place: number,
  box: { readonly width: number; readonly height: number },
): Promise<Pixels> {
  const length = width * height * 4
  const frame = group.subarray(place * length, (place + 1) * length)
  const { data, info } = await sharp(frame, { raw: { width, height, channels: 4 } })
    .resize({ width: box.width, height: box.height, fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height, channels: 4 }
}
