// Input pictures of an image generation, in the form an Images API takes: current files of the session, by name. Other
// formats and sizes are converted in the sandbox's child.
import { readFile } from 'node:fs/promises'
import type { FileVersion } from '../../../sessions/journal/file-history.ts'
import type { StoredSession } from '../../../sessions/store.ts'
import type { DrawingRequest, PlannedDrawing } from '../../planner/planner.ts'
import type { Sandbox } from '../../runner/sandbox.ts'

type Inputs = Pick<DrawingRequest, 'pictures' | 'maskBytes'>
type Input = Inputs['pictures'][number]
type Showing = () => Promise<Pick<Sandbox, 'show'>>

/** The limit of OpenAI's Images API. */
const MAX_INPUTS = 16
const MAX_BYTES = 20_000_000
const MAX_SIDE = 4096
const MAX_MASK = 4_000_000
const ACCEPTED_TYPES: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp'])

/** The bytes, or a sentence why they cannot be sent. `showing` gives a sandbox that has the session's files. */
export async function readInputs(
  stored: Pick<StoredSession, 'currentFiles' | 'pathOf'>,
  showing: Showing,
  { inputs, mask }: PlannedDrawing['drawing'],
  signal: AbortSignal,
): Promise<Inputs | string> {
  if (inputs.length > MAX_INPUTS)
    return `There are ${inputs.length} input pictures; the limit is ${MAX_INPUTS}. Use fewer, or combine some into one.`
  const files = stored.currentFiles()
  const find = (name: string): FileVersion | undefined => files.find((file) => file.name === plainName(name))
  const problem = inputs.map((name) => problemOf(name, find(name), files)).find((one) => one !== '')
  if (problem !== undefined) return problem
  const given = inputs.flatMap((name) => find(name) ?? [])
  const masking = mask === undefined ? '' : maskProblem(mask, find(mask), given[0], files)
  if (masking !== '') return masking
  const bytesOf = async ({ hash = '' }: FileVersion): Promise<Uint8Array> => readFile(await stored.pathOf(hash))
  const pictures: Input[] = []
  for (const file of given) {
    const { name, card } = file
    const input = isSendable(file)
      ? { name, mime: card.mime, bytes: await bytesOf(file) }
      : await convertPicture(file, showing, signal)
    if (typeof input === 'string') return input
    pictures.push(input)
  }
  const masked = mask === undefined ? undefined : find(mask)
  return { pictures, ...(masked ? { maskBytes: await bytesOf(masked) } : {}) }
}

function plainName(name: string): string {
  return name.replace(/^(?:\/mnt\/data\/|\.\/)/, '').normalize('NFC')
}

/** The picture can be sent unchanged: accepted format and size, one frame, and no EXIF rotation. */
function isSendable({ bytes, card }: FileVersion): boolean {
  const { mime, width = 0, height = 0, orientation = 1, frames = 1 } = card
  const isSmall = Math.max(width, height) <= MAX_SIDE && bytes <= MAX_BYTES
  return isSmall && ACCEPTED_TYPES.has(mime) && orientation === 1 && frames === 1
}

async function convertPicture(
  { name, card }: FileVersion,
  showing: Showing,
  signal: AbortSignal,
): Promise<Input | string> {
  const { width = 1024, height = 1024, orientation = 1 } = card
  const by = Math.min(1, MAX_SIDE / Math.max(width, height))
  const [across, down] = [width, height].map((side) => Math.max(1, Math.round(side * by))) as [number, number]
  const box = orientation >= 5 ? { width: down, height: across } : { width: across, height: down }
  const made = await (await showing()).show({ names: [name], box, most: MAX_BYTES }, signal)
  if ('problem' in made) return made.problem
  return ACCEPTED_TYPES.has(made.mime)
    ? { name, mime: made.mime, bytes: made.content }
    : `${JSON.stringify(name)} is ${made.mime}; PNG, JPEG and WEBP are accepted. Convert it with sharp first.`
}

/** Why the file cannot be an input, or ''. */
function problemOf(name: string, file: FileVersion | undefined, files: readonly FileVersion[]): string {
  const shown = JSON.stringify(name)
  if (!file) return noFile(shown, files)
  const { kind, mime, frames = 1 } = file.card
  if (kind !== 'picture') return `${shown} is not a picture (${mime}).`
  return frames > 1 ? `${shown} has ${frames} frames. Write the frame that you want as a PNG with sharp first.` : ''
}

function maskProblem(
  name: string,
  file: FileVersion | undefined,
  first: FileVersion | undefined,
  files: readonly FileVersion[],
): string {
  const shown = JSON.stringify(name)
  if (!file) return noFile(shown, files)
  if (!first) return `The mask ${shown} needs a picture to apply to: name one in the inputs.`
  const { mime, width, height, hasAlpha } = file.card
  if (mime !== 'image/png' || hasAlpha === false)
    return `The mask ${shown} must be a PNG with an alpha channel: transparent where the picture is to change.`
  const under = JSON.stringify(first.name)
  if (width !== first.card.width || height !== first.card.height)
    return `The mask ${shown} has ${width} × ${height} pixels, ${under} has ${first.card.width} × ${first.card.height}: they must be the same.`
  if (!isSendable(first))
    return `${under} would be rotated, resized or converted, and the mask would not fit. Write it upright as a PNG of at most ${MAX_SIDE} pixels a side first.`
  return file.bytes > MAX_MASK
    ? `The mask ${shown} has ${file.bytes} bytes; the limit is ${MAX_MASK}. Write it with fewer colours.`
    : ''
}

function noFile(shown: string, files: readonly FileVersion[]): string {
  const pictures = files.filter(({ card }) => card.kind === 'picture').map(({ name }) => JSON.stringify(name))
  const known =
    pictures.length > 0 ? `Pictures of this session: ${pictures.slice(-20).join(', ')}.` : 'It has no picture.'
  return `There is no file ${shown}. ${known}`
}
