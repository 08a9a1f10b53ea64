// The picture that a model sees: upright, sRGB, small enough, or several on a sheet. Decoded in the keyless child.
import sharp from 'sharp'
import type { Limits } from '../../limits.ts'
import type { PictureJob, Report } from '../../protocol.ts'
import { decodePage, readFacts, unreadableError, type ImageFacts, type Source } from './decoding.ts'
import { encodeForModel, encodeThumbnail, type EncodedImage } from './encoding.ts'
import { decodeFrames } from './frames.ts'
import { drawSheet } from './sheet.ts'

export interface ImageInputDeps {
  readonly limits: Limits
  /** The bytes of a session file; throws if there is none. */
  read(name: string): Uint8Array
  /** Stores bytes for the near side and returns the blob's name. */
  writeBlob(bytes: Uint8Array): string
}

type PictureResult = Omit<Extract<Report, { type: 'picture' }>, 'type' | 'id'>

/** Makes the picture that a job asks for. Never throws: what cannot be shown is reported in `problem`. */
export async function showPicture(job: PictureJob, deps: ImageInputDeps): Promise<PictureResult> {
  try {
    const { bytes, ...facts } = await (job.sheet ? makeSheet(job, deps) : makeSinglePicture(job, deps))
    return { shown: { ...facts, bytes: bytes.length, blob: deps.writeBlob(bytes) } }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { problem: reason.slice(0, 1000) }
  }
}

async function makeSinglePicture(
  { names, box, most, format }: PictureJob,
  deps: ImageInputDeps,
): Promise<EncodedImage> {
  const source = sourceOf(names[0]!, deps)
  const facts = await readFacts(source, deps.limits, format === undefined ? 'all' : 'first')
  if (format) return encodeThumbnail(await decodePage(source, facts, box), most)
  const unchanged = await findUnchanged(source, facts, box, most)
  if (unchanged && LOSSY.includes(unchanged.mime)) return unchanged
  const made = await encodeForModel(await decodePage(source, facts, box), most)
  const isLarger = made.mime !== 'image/jpeg' || made.bytes.length >= (unchanged?.bytes.length ?? Infinity)
  return unchanged && isLarger ? unchanged : made
}

/** Already small, and each re-encoding loses quality. */
const LOSSY: readonly string[] = ['image/jpeg', 'image/webp']

const SENT = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'] as const

/** The unchanged file, if it needs no changes; still decoded completely, as an endpoint would fail on a broken one. */
async function findUnchanged(
  { name, bytes }: Source,
  facts: ImageFacts,
  box: PictureJob['box'],
  most: number,
): Promise<EncodedImage | undefined> {
  const mime = SENT.find((one) => one === facts.mime)
  const { width, height } = facts
  const fits = width <= box.width && height <= box.height && bytes.length <= most
  if (!mime || !fits || facts.target || facts.turned || facts.pages > 1 || !facts.plain) return undefined
  await sharp(bytes, { failOn: 'truncated' })
    .stats()
    .catch((error: unknown) => {
      throw unreadableError(name, mime, error)
    })
  return { mime, bytes, width, height }
}

async function makeSheet({ names, most, sheet: layout }: PictureJob, deps: ImageInputDeps): Promise<EncodedImage> {
  if (!layout) throw new Error('The sheet has no layout.')
  const { frames } = layout
  const tiles = []
  if (frames) {
    const source = sourceOf(names[0]!, deps)
    const facts = await readFacts(source, deps.limits)
    const numbers = frames.filter((number) => number < facts.pages)
    const pictures = await decodeFrames(source, facts, layout, numbers)
    for (const [i, picture] of pictures.entries()) tiles.push({ title: frameTitle(numbers[i]!, facts), picture })
  } else {
    for (const name of names) {
      const source = sourceOf(name, deps)
      tiles.push({ title: name, picture: await decodePage(source, await readFacts(source, deps.limits), layout) })
    }
  }
  return encodeForModel(drawSheet(tiles, layout), most)
}

/** The frame's number from 1, and its start time; pages of a document have no time. */
function frameTitle(frame: number, { pages, delay }: ImageFacts): string {
  const number = `#${frame + 1}/${pages}`
  return delay ? `${number}  ${delay.slice(0, frame).reduce((sum, ms) => sum + ms, 0)} ms` : number
}

function sourceOf(name: string, deps: ImageInputDeps): Source {
  try {
    return { name, bytes: deps.read(name) }
  } catch {
    throw new Error(`${JSON.stringify(name)} is not available: its bytes are no longer stored.`)
  }
}
