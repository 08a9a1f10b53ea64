// A file's card: what it is, without showing its bytes. Decoded here, in the keyless child.
import sharp from 'sharp'
import type { Card } from '../protocol.ts'
import { bmp } from './canvas/picture-size.ts'
import { kindOf, type Kind } from './file-kind.ts'
import { measurePicture } from './picture-facts.ts'
import { readingFault } from './reading-fault.ts'
import { tableFacts, textFacts } from './table-facts.ts'

/** The card of a file's bytes; never throws: what cannot be read is a `broken` card with the reason. */
export async function describeFile(name: string, bytes: Uint8Array): Promise<Card> {
  const kind = kindOf(name, bytes)
  if (bytes.length === 0) return broken(kind, bytes, 'The file is empty.')
  try {
    if (kind.kind === 'picture') return await pictureCard(kind, bytes)
    if (kind.kind === 'table') return { kind: 'table', mime: kind.mime, bytes: bytes.length, ...tableFacts(bytes) }
    if (kind.kind === 'text' || kind.kind === 'json') {
      return { kind: kind.kind, mime: kind.mime, bytes: bytes.length, ...textFacts(bytes) }
    }
    return { kind: 'other', mime: kind.mime, bytes: bytes.length }
  } catch (error) {
    return broken(kind, bytes, problemOf(kind, bytes, error))
  }
}

function problemOf({ kind, mime, magic }: Kind, bytes: Uint8Array, error: unknown): string {
  if (kind === 'picture' && !magic) return `Its name says ${mime}, but its content is not a picture.`
  if (mime === 'image/heic') {
    return 'It is a HEIC photo, whose compression cannot be read here. Save it as JPEG or PNG, or let the phone send JPEG.'
  }
  if (bitmapSize(bytes).width) return 'It is a BMP, which snippets read with loadImage on a canvas, not with sharp.'
  return `It cannot be read as ${mime}: ${readingFault(error)}.`
}

function broken(kind: Kind, bytes: Uint8Array, problem: string): Card {
  return { kind: 'broken', mime: kind.mime, bytes: bytes.length, problem, ...bitmapSize(bytes) }
}

/** sharp does not read a Windows bitmap; a canvas, and whoever looks at it, does. */
function bitmapSize(bytes: Uint8Array): Pick<Card, 'width' | 'height'> {
  const [width, height] = bmp(Buffer.from(bytes.subarray(0, 64))) ?? [0, 0]
  return width > 0 && height !== 0 ? { width, height: Math.abs(height) } : {}
}

async function pictureCard(kind: Kind, bytes: Uint8Array): Promise<Card> {
  const image = sharp(bytes, { limitInputPixels: false, failOn: 'error' })
  const facts = await image.metadata()
  const frames = facts.pages ?? 1
  const pixels = facts.width * facts.height
  // Decoding is the only proof that a picture is whole; shrink-on-load keeps it quick.
  const { hasAlpha } = facts
  const measured =
    pixels <= 100_000_000 ? await measurePicture(bytes, { frames, pixels: pixels * frames, hasAlpha }) : {}
  return {
    kind: 'picture',
    mime: kind.mime,
    bytes: bytes.length,
    format: facts.format,
    width: facts.width,
    height: facts.height,
    channels: facts.channels,
    depth: facts.depth,
    space: facts.space,
    hasAlpha,
    frames,
    ...(facts.delay ? { delay: facts.delay.slice(0, 2000) } : {}),
    ...(facts.orientation === undefined ? {} : { orientation: facts.orientation }),
    ...measured,
  }
}
