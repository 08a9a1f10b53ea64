// The native half of sharp: replays the guest's calls on the real sharp, within the session's limits and files.
import sharp, { type Sharp } from 'sharp'
import { pack } from '../../guest/sharp/serialization.ts'
import type { OperationResult, OperationContext, Operations } from '../operation.ts'
import { drawEmoji, drawEmojiIn } from '../../svg/emoji.ts'
import { LimitError } from '../operation.ts'
import { noteInputFonts } from '../font-notes.ts'
import { audit } from './audit.ts'
import { checkInputs, checkPipeline, checkTexts, checkBytes } from './caps.ts'
import { createGate, type Gate } from '../concurrency-limit.ts'
import { type ImageSize, measure, startOf } from './measure.ts'
import { renderBytes, renderFile, unwritable } from './output.ts'
import { rewordBufferError, namedPictures, pathBelowRoot, type Pictures } from './pictures.ts'
import { parseRequest, type Request, decodeArgument, decodeCalls } from './request.ts'
import { type Descriptor, descriptorsOf, settingsOf } from './settings.ts'
import { decodedInputs } from './shrink.ts'
import { restrictSharp } from './process-settings.ts'

restrictSharp()
drawEmojiIn(sharp)

/** sharp operations that may run at once; more would only wait for its threads. */
const MAX_CONCURRENT = 4
const gates = new WeakMap<object, Gate>()

/** `sharp.run` runs one pipeline and answers `{ value, warnings }`; the value's byte arrays are passed beside it. */
export const sharpOperations: Operations = { 'sharp.run': run }

async function run(args: unknown, bytes: readonly Uint8Array[], context: OperationContext): Promise<OperationResult> {
  const request = parseRequest(args)
  const pictures = namedPictures(context.files)
  const image = replay(request, bytes, pictures)
  const warnings: string[] = []
  image.on('warning', (warning: string) => void warnings.push(warning))
  try {
    audit(settingsOf(image), pictures)
    const [value, results] = await finish(image, request, context, pictures)
    return [{ value, warnings }, results]
  } catch (error) {
    if (error instanceof Error && !(error instanceof LimitError))
      error.message = await rewordError(error.message, image, pictures)
    throw error
  }
}

/** Repeats the recorded calls on a real sharp object; throws what sharp throws. */
function replay(request: Request, bytes: readonly Uint8Array[], pictures: Pictures): Sharp {
  const input = decodeArgument(request.input ?? { $undefined: true }, 'picture', bytes, pictures)
  const options = decodeArgument(request.options ?? { $undefined: true }, 'value', bytes, pictures)
  const create = sharp as unknown as (...args: unknown[]) => Sharp
  const image = input === undefined && options === undefined ? create() : create(input, options)
  if (request.stream !== undefined) {
    const written = bytes[request.stream]
    const settings = settingsOf(image)
    if (!written || !Array.isArray(settings.input.buffer)) throw new TypeError('sharp.run: nothing was streamed')
    settings.input.buffer = Buffer.from(written.buffer, written.byteOffset, written.byteLength)
    drawEmoji(settings.input)
  } else if (Array.isArray(settingsOf(image).input.buffer)) {
    throw new TypeError('sharp.run: the picture is missing')
  }
  const methods = image as unknown as Record<string, (...args: unknown[]) => unknown>
  for (const [method, args] of decodeCalls(request, bytes, pictures)) methods[method]!(...args)
  return image
}

async function finish(
  image: Sharp,
  request: Request,
  context: OperationContext,
  pictures: Pictures,
): Promise<OperationResult> {
  const settings = settingsOf(image)
  const { limits } = context
  checkTexts(settings, limits)
  for (const descriptor of descriptorsOf(settings)) noteInputFonts(descriptor, context)
  if (request.end === 'metadata') {
    const found = await image.metadata()
    const value: Record<string, unknown> = { ...found }
    if (isNamed(settings.input, pictures)) delete value.size
    return packResult(value)
  }
  const measured = await Promise.all(descriptorsOf(settings).map(measure))
  const loaded = decodedInputs(settings, measured, limits, request.end === 'stats')
  checkInputs(loaded, limits)
  const { inputs } = loaded
  const start = startOf(settings, inputs)
  const gate = gateOf(context)
  if (request.end === 'stats') return gate(pixels(start), async () => packResult(await image.stats()))
  const most = start ? checkPipeline(settings, start, inputs, limits) : 0
  const { name } = request
  if (request.end === 'buffer' || name === undefined) {
    const { info, data } = await gate(most, () => renderBytes(image))
    checkBytes(data.byteLength, 'has', limits)
    return [info, [data]]
  }
  const { info, data } = await gate(most, () => renderFile(image, name))
  checkBytes(data.byteLength, 'has', limits)
  write(name, data, context)
  return [info, []]
}

function write(name: string, data: Uint8Array, context: OperationContext): void {
  const path = pathBelowRoot(name)
  if (path === undefined) throw unwritable(name, 'Permission denied')
  if (path === '' || name.endsWith('/')) throw unwritable(name, 'Is a directory')
  try {
    context.files.write(path, data)
  } catch (error) {
    const reason = REASONS[String((error as { code?: unknown }).code)]
    throw reason === undefined ? error : unwritable(name, reason)
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'No such file or directory',
  EISDIR: 'Is a directory',
  ENOTDIR: 'Not a directory',
}

/** sharp's message in the snippet's terms: with file names instead of buffers and host paths. */
async function rewordError(message: string, image: Sharp, pictures: Pictures): Promise<string> {
  const settings = settingsOf(image)
  const culprit = message.startsWith('Input buffer ') ? await firstUnreadable(descriptorsOf(settings)) : settings.input
  const name = culprit && sourceOf(culprit) !== undefined ? pictures.nameOf(sourceOf(culprit)!) : undefined
  return pictures.replacePaths(name === undefined ? message : rewordBufferError(message, name))
}

/** The input that sharp could not open: the first, in its order, whose header is unreadable. */
async function firstUnreadable(descriptors: readonly Descriptor[]): Promise<Descriptor | undefined> {
  for (const descriptor of descriptors) if ((await measure(descriptor)) === undefined) return descriptor
  return undefined
}

function isNamed(descriptor: Descriptor, pictures: Pictures): boolean {
  const found = sourceOf(descriptor)
  return found !== undefined && pictures.nameOf(found) !== undefined
}

function sourceOf({ file, buffer }: Descriptor): Buffer | string | undefined {
  return file ?? (Buffer.isBuffer(buffer) ? buffer : undefined)
}

function pixels(start: ImageSize | undefined): number {
  return start ? start.width * start.height * start.pages : 0
}

/** A value with its byte arrays beside it, copied out of libvips' memory. */
function packResult(value: object): OperationResult {
  const bytes: Uint8Array[] = []
  return [pack(value, bytes), bytes.map((view) => new Uint8Array(view))]
}

function gateOf({ limits }: OperationContext): Gate {
  const gate = gates.get(limits) ?? createGate(MAX_CONCURRENT, limits.picturePixels)
  gates.set(limits, gate)
  return gate
}
