// The pictures that a drawing starts from, as an Images API takes them: current files of the session, by their names.
import { readFile } from 'node:fs/promises'
import type { FileVersion } from '../../sessions/ledger.ts'
import type { OpenSession } from '../../sessions/store.ts'
import type { DrawingRequest, PlannedDrawing } from '../planner/planner.ts'

type Inputs = Pick<DrawingRequest, 'pictures' | 'maskBytes'>

/** As the Images API of OpenAI has it. */
const MOST_INPUTS = 16
const MOST_BYTES = 20_000_000
const MOST_SIDE = 4096
const MOST_MASK = 4_000_000
const TAKEN: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp'])

/** The bytes, or a sentence that says why they cannot be sent. */
export async function readInputs(
  stored: Pick<OpenSession, 'currentFiles' | 'pathOf'>,
  { inputs, mask }: PlannedDrawing['drawing'],
): Promise<Inputs | string> {
  if (inputs.length > MOST_INPUTS)
    return `There are ${inputs.length} input pictures; the limit is ${MOST_INPUTS}. Take fewer, or join some into one.`
  const files = stored.currentFiles()
  const find = (name: string): FileVersion | undefined => files.find((file) => file.name === plainName(name))
  const problem = inputs.map((name) => problemOf(name, find(name), files)).find((one) => one !== '')
  if (problem !== undefined) return problem
  const given = inputs.flatMap((name) => find(name) ?? [])
  const masking = mask === undefined ? '' : maskProblem(mask, find(mask), given[0], files)
  if (masking !== '') return masking
  const bytesOf = async ({ hash = '' }: FileVersion): Promise<Uint8Array> => readFile(await stored.pathOf(hash))
  const pictures = []
  for (const file of given) pictures.push({ name: file.name, mime: file.card.mime, bytes: await bytesOf(file) })
  const masked = mask === undefined ? undefined : find(mask)
  return { pictures, ...(masked ? { maskBytes: await bytesOf(masked) } : {}) }
}

function plainName(name: string): string {
  return name.replace(/^\/mnt\/data\//, '').normalize('NFC')
}

/** A sentence, or ''. */
function problemOf(name: string, file: FileVersion | undefined, files: readonly FileVersion[]): string {
  const shown = JSON.stringify(name)
  if (!file) return noFile(shown, files)
  const { kind, mime, width = 0, height = 0 } = file.card
  if (kind !== 'picture') return `${shown} is no picture (${mime}).`
  if (!TAKEN.has(mime)) return `${shown} is ${mime}; PNG, JPEG and WEBP are taken. Convert it with sharp first.`
  if (width > MOST_SIDE || height > MOST_SIDE)
    return `${shown} has ${width} × ${height} pixels; the limit is ${MOST_SIDE} a side. Make it smaller with sharp first.`
  if (file.bytes > MOST_BYTES)
    return `${shown} has ${file.bytes} bytes; the limit is ${MOST_BYTES}. Make it smaller with sharp first.`
  return ''
}

function maskProblem(
  name: string,
  file: FileVersion | undefined,
  first: FileVersion | undefined,
  files: readonly FileVersion[],
): string {
  const shown = JSON.stringify(name)
  if (!file) return noFile(shown, files)
  if (!first) return `The mask ${shown} needs a picture to lie on: name one in the inputs.`
  const { mime, width, height, hasAlpha } = file.card
  if (mime !== 'image/png' || hasAlpha === false)
    return `The mask ${shown} must be a PNG with an alpha channel: see-through where the picture is to change.`
  if (width !== first.card.width || height !== first.card.height)
    return `The mask ${shown} has ${width} × ${height} pixels, ${JSON.stringify(first.name)} has ${first.card.width} × ${first.card.height}: they must be the same.`
  return file.bytes > MOST_MASK
    ? `The mask ${shown} has ${file.bytes} bytes; the limit is ${MOST_MASK}. Write it with fewer colours.`
    : ''
}

function noFile(shown: string, files: readonly FileVersion[]): string {
  const pictures = files.filter(({ card }) => card.kind === 'picture').map(({ name }) => JSON.stringify(name))
  const known =
    pictures.length > 0 ? `Pictures of this session: ${pictures.slice(-20).join(', ')}.` : 'It has no picture.'
  return `There is no file ${shown}. ${known}`
}
