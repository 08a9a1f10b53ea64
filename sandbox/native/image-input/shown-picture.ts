// A picture as a model is to see it: upright, sRGB, small enough; or several on a sheet. Decoded here, in the keyless child.
import sharp from 'sharp'
import type { Limits } from '../../limits.ts'
import type { PictureJob, Report } from '../../protocol.ts'
import { decoded, factsOf, unreadable, type Facts, type Source } from './decoding.ts'
import { encoded, encodedSmall, type Encoded } from './encoding.ts'
import { decodedFrames } from './frames.ts'
import { drawSheet } from './sheet.ts'

export interface ImageInputDeps {
  readonly limits: Limits
  /** The bytes of a session's file; throws where there is none. */
  read(name: string): Uint8Array
  /** Lays bytes down for the near side and gives the blob's name. */
  lay(bytes: Uint8Array): string
}

type Shown = Omit<Extract<Report, { type: 'picture' }>, 'type' | 'id'>

/** Makes what a job asks for; never throws: what cannot be shown is a problem in a sentence. */
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

/** Small as they are, and each time they are written they lose something. */
const LOSSY: readonly string[] = ['image/jpeg', 'image/webp']

const SENT = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'] as const

/** The file itself where nothing is to be done to it: decoded whole all the same, as an endpoint would choke on a broken one. */
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

/** Its number from 1 and when it begins: pages of a document have no time. */
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
