// The picture that a model sees: upright, sRGB, small enough, or several on a sheet. Decoded in the keyless child.
import sharp from 'sharp'
import type { Limits } from '../../limits.ts'
import type { PictureJob, Report } from '../../protocol.ts'
import { decoded, factsOf, unreadable, type Facts, type Source } from './decoding.ts'
import { encoded, encodedSmall, type Encoded } from './encoding.ts'
import { decodedFrames } from './frames.ts'
import { drawSheet } from './sheet.ts'

export interface ImageInputDeps {
  readonly limits: Limits
  /** The bytes of a session file; throws if there is none. */
  read(name: string): Uint8Array
  /** Stores bytes for the near side and returns the blob's name. */
  lay(bytes: Uint8Array): string
}

type Shown = Omit<Extract<Report, { type: 'picture' }>, 'type' | 'id'>

/** Makes the picture that a job asks for. Never throws: what cannot be shown is reported in `problem`. */
export async function showPicture(job: PictureJob, deps: ImageInputDeps): Promise<Shown> {
  try {
    const { bytes, ...facts } = await (job.sheet ? sheet(job, deps) : alone(job, deps))
    return { shown: { ...facts, bytes: bytes.length, blob: deps.lay(bytes) } }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { problem: reason.slice(0, 1000) }
  }
}

async function alone({ names, box, most, format }: PictureJob, deps: ImageInputDeps): Promise<Encoded> {
  const source = sourceOf(names[0]!, deps)
  const facts = await factsOf(source, deps.limits, format === undefined ? 'all' : 'first')
  if (format) return encodedSmall(await decoded(source, facts, box), most)
  const asItIs = await untouched(source, facts, box, most)
  if (asItIs && LOSSY.includes(asItIs.mime)) return asItIs
  const made = await encoded(await decoded(source, facts, box), most)
  const isLarger = made.mime !== 'image/jpeg' || made.bytes.length >= (asItIs?.bytes.length ?? Infinity)
  return asItIs && isLarger ? asItIs : made
}

/** Already small, and each re-encoding loses quality. */
const LOSSY: readonly string[] = ['image/jpeg', 'image/webp']

const SENT = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'] as const

/** The unchanged file, if it needs no changes; still decoded completely, as an endpoint would fail on a broken one. */
async function untouched(
  { name, bytes }: Source,
  facts: Facts,
  box: PictureJob['box'],
  most: number,
): Promise<Encoded | undefined> {
  const mime = SENT.find((one) => one === facts.mime)
  const { width, height } = facts
  const fits = width <= box.width && height <= box.height && bytes.length <= most
  if (!mime || !fits || facts.target || facts.turned || facts.pages > 1 || !facts.plain) return undefined
  await sharp(bytes, { failOn: 'truncated' })
    .stats()
    .catch((error: unknown) => {
      throw unreadable(name, mime, error)
    })
  return { mime, bytes, width, height }
}

async function sheet({ names, most, sheet: layout }: PictureJob, deps: ImageInputDeps): Promise<Encoded> {
  if (!layout) throw new Error('The sheet has no layout.')
  const { frames } = layout
  const tiles = []
  if (frames) {
    const source = sourceOf(names[0]!, deps)
    const facts = await factsOf(source, deps.limits)
    const numbers = frames.filter((number) => number < facts.pages)
    const pictures = await decodedFrames(source, facts, layout, numbers)
    for (const [i, picture] of pictures.entries()) tiles.push({ title: frameTitle(numbers[i]!, facts), picture })
  } else {
    for (const name of names) {
      const source = sourceOf(name, deps)
      tiles.push({ title: name, picture: await decoded(source, await factsOf(source, deps.limits), layout) })
    }
  }
  return encoded(drawSheet(tiles, layout), most)
}

/** The frame's number from 1, and its start time; pages of a document have no time. */
function frameTitle(frame: number, { pages, delay }: Facts): string {
  const number = `#${frame + 1}/${pages}`
  return delay ? `${number}  ${delay.slice(0, frame).reduce((sum, ms) => sum + ms, 0)} ms` : number
}

function sourceOf(name: string, deps: ImageInputDeps): Source {
  try {
    return { name, bytes: deps.read(name) }
  } catch {
    throw new Error(`${JSON.stringify(name)} is not there: its bytes are no longer kept.`)
  }
}
