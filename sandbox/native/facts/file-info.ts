// Describes a file without showing its bytes. Decoding happens here, in the child, which has no keys.
import sharp from 'sharp'
import type { Limits } from '../../limits.ts'
import type { FileInfo, FileCause } from '../../protocol.ts'
import { decode, detectUtf16 } from '../../helpers/table/encoding.ts'
import { archiveFacts, isZip } from './archive-facts.ts'
import { bmp } from '../canvas/picture-size.ts'
import { kindOf, type Kind } from './file-kind.ts'
import { largestReadableSize, resizeAdvice } from '../jpeg-shrink.ts'
import { MEASURED_SIDE, measurePicture, type Measure } from './picture-facts.ts'
import { describeDecodeError } from './decode-error.ts'
import { rememberDigest } from './same-picture.ts'
import { tableFacts, textFacts, type FileBytes } from './table-facts.ts'
import { findUnusable, UNKNOWN_PROBLEM } from './unusable.ts'
import { workbookFacts, workbookProblem, workbookType } from './workbook-facts.ts'

type PixelLimits = Pick<Limits, 'picturePixels' | 'gifPixels'>
type FileProblem = Pick<FileInfo, 'problem' | 'cause' | 'limit'>

/** Describes a file that a user adds; for one that nothing here can use, why and what to do. Never throws. */
async function describeUpload(name: string, bytes: Uint8Array, limits: PixelLimits): Promise<FileInfo> {
  const useless = findUnusable(name, bytes)
  if (useless && useless.cause !== 'workbook') return { kind: 'other', bytes: bytes.length, ...useless }
  const { kind, mime } = kindOf(name, bytes)
  const isWorkbook = workbookType(name, bytes) !== undefined
  const isText = kind === 'table' || kind === 'json' || kind === 'text'
  if (isText && !isWorkbook && bytes.length > 0 && isBinary(bytes)) return broken(mime, bytes, noText(mime))
  const card = await describeFile(name, bytes, limits)
  if (card.kind === 'other' && !card.archive) return { ...card, problem: UNKNOWN_PROBLEM, cause: 'unknown' }
  const way = card.cause === undefined ? undefined : REMEDIES[card.cause]
  return way === undefined ? card : { ...card, problem: `${card.problem ?? ''} ${way}` }
}

/** What the user can do about a problem. */
const AGAIN = 'Save it again, or attach another copy.'
const REMEDIES: Partial<Readonly<Record<FileCause, string>>> = {
  damaged: AGAIN,
  content: AGAIN,
  bitmap: 'Save it as PNG to use it everywhere.',
}

/** Describes a file's bytes. Never throws: an unreadable file has the kind `broken` and the reason. */
export async function describeFile(name: string, bytes: Uint8Array, limits: PixelLimits): Promise<FileInfo> {
  const kind = kindOf(name, bytes)
  const { mime } = kind
  if (bytes.length === 0) return broken(mime, bytes, EMPTY)
  const workbook = workbookType(name, bytes)
  if (workbook !== undefined) return await workbookInfo(name, workbook, bytes)
  try {
    if (kind.kind === 'picture') return await pictureInfo(kind, bytes, limits)
    if (kind.kind === 'table')
      return { kind: 'table', mime, bytes: bytes.length, ...(await tableFacts(name, inMemory(bytes))) }
    if (kind.kind === 'text' || kind.kind === 'json') {
      return { kind: kind.kind, mime, bytes: bytes.length, ...textFacts(await decode(bytes)) }
    }
    const packed = isZip(bytes) && !OWN_ZIPS.has(mime) ? await archiveFacts(bytes) : undefined
    if (packed) return { kind: 'other', mime: 'application/zip', bytes: bytes.length, ...packed }
    return { kind: 'other', mime, bytes: bytes.length }
  } catch (error) {
    return broken(mime, bytes, problemOf(kind, bytes, error))
  }
}

/** Kinds of their own that are ZIP archives inside. */
const OWN_ZIPS: ReadonlySet<string> = new Set(['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'])

async function workbookInfo(name: string, mime: string, bytes: Uint8Array): Promise<FileInfo> {
  try {
    const facts = await workbookFacts(name, bytes)
    if (facts) return { kind: 'table', mime, bytes: bytes.length, ...facts }
    return broken(mime, bytes, {
      problem: 'It is no workbook, whatever its name says. Save it again.',
      cause: 'content',
    })
  } catch (error) {
    return broken(mime, bytes, { problem: workbookProblem(name, error), cause: 'workbook' })
  }
}

function inMemory(bytes: Uint8Array): FileBytes {
  return { size: bytes.length, read: (from, most) => bytes.subarray(from, from + most) }
}

/** More bytes than this are not held in memory for a card. */
const LARGE_BYTES = 64_000_000

/**
 * As `describeUpload` if `isUpload`, else as `describeFile`; a large table is read in parts, any other file as a whole.
 */
export async function describeStored(
  name: string,
  file: FileBytes & { all(): Uint8Array },
  limits: PixelLimits,
  isUpload: boolean,
): Promise<FileInfo> {
  const head = file.size > LARGE_BYTES ? file.read(0, 100_000) : undefined
  if (head && !findUnusable(name, head) && kindOf(name, head).kind === 'table' && !isBinary(head)) {
    const { mime } = kindOf(name, head)
    try {
      return { kind: 'table', mime, bytes: file.size, ...(await tableFacts(name, file)) }
    } catch (error) {
      const problem = `It cannot be read as ${mime}: ${describeDecodeError(error)}.`
      return { kind: 'broken', mime, bytes: file.size, problem, cause: 'damaged' }
    }
  }
  const describe = isUpload ? describeUpload : describeFile
  return describe(name, file.all(), limits)
}

function problemOf({ kind, mime, magic }: Kind, bytes: Uint8Array, error: unknown): FileProblem {
  if (isIcon(mime, bytes)) return ICON
  if (kind === 'picture' && !magic) {
    return { problem: `Its name says ${mime}, but its content is not a picture.`, cause: 'content' }
  }
  if (mime === 'image/heic') return HEIC
  if (bitmapSize(bytes).width) return BITMAP
  return { problem: `It cannot be read as ${mime}: ${describeDecodeError(error)}.`, cause: 'damaged' }
}

const EMPTY: FileProblem = { problem: 'The file is empty (0 bytes). Attach one that has content.', cause: 'empty' }
const HEIC: FileProblem = {
  problem:
    'It is a HEIC photo, whose compression cannot be read here. Save it as JPEG or PNG, or let the phone send JPEG.',
  cause: 'heic',
}
const BITMAP: FileProblem = {
  problem: 'It is a BMP, which snippets read with loadImage on a canvas, not with sharp.',
  cause: 'bitmap',
}
const ICON: FileProblem = {
  problem: 'It is an icon (ICO), which snippets read with loadImage on a canvas, not with sharp.',
  cause: 'bitmap',
}

function isIcon(mime: string, bytes: Uint8Array): boolean {
  return mime === 'image/vnd.microsoft.icon' && [0, 0, 1, 0].every((byte, i) => bytes[i] === byte)
}

function noText(mime: string): FileProblem {
  return { problem: `Its name says ${mime}, but its content is not text. Save it as UTF-8.`, cause: 'content' }
}

/** Text has hardly any NUL bytes, except in UTF-16, where they stand on one side. */
function isBinary(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 2000)
  const zeros = head.filter((byte) => byte === 0).length
  return zeros > head.length / 50 && detectUtf16(bytes) === undefined
}

function broken(mime: string, bytes: Uint8Array, trouble: FileProblem): FileInfo {
  return { kind: 'broken', mime, bytes: bytes.length, ...trouble, ...bitmapSize(bytes) }
}

/** sharp cannot read a Windows bitmap, but a canvas and a viewer can. */
function bitmapSize(bytes: Uint8Array): Pick<FileInfo, 'width' | 'height'> {
  const [width, height] = bmp(Buffer.from(bytes.subarray(0, 64))) ?? [0, 0]
  return width > 0 && height !== 0 ? { width, height: Math.abs(height) } : {}
}

async function pictureInfo({ mime }: Kind, bytes: Uint8Array, limits: PixelLimits): Promise<FileInfo> {
  const image = sharp(bytes, { limitInputPixels: false, failOn: 'error' })
  const facts = await image.metadata()
  const frames = facts.pages ?? 1
  const { width, height, hasAlpha } = facts
  const pixels = width * height
  const isLarge = pixels > limits.picturePixels
  const target = isLarge && facts.format === 'jpeg' ? largestReadableSize(bytes, { width, height }, limits) : undefined
  const trouble = isLarge ? tooManyPixels({ width, height }, limits, target) : {}
  if (isLarge && !target) return { kind: 'broken', mime, bytes: bytes.length, width, height, ...trouble }
  // Only decoding proves that a picture is whole; shrink-on-load keeps it fast.
  const { digest, ...measured }: Measure = canMeasure(target)
    ? await measurePicture(bytes, { frames, pixels: pixels * frames, hasAlpha })
    : {}
  const card: FileInfo = {
    kind: 'picture',
    mime,
    bytes: bytes.length,
    format: facts.format,
    width,
    height,
    channels: facts.channels,
    depth: facts.depth,
    space: facts.space,
    hasAlpha,
    frames,
    ...(facts.delay ? { delay: facts.delay.slice(0, 2000) } : {}),
    ...(facts.orientation === undefined ? {} : { orientation: facts.orientation }),
    ...measured,
    ...trouble,
    ...(frames > 1 && pixels * frames > limits.gifPixels ? tooManyFrames({ width, height, frames }, limits) : {}),
  }
  if (digest !== undefined) rememberDigest(card, digest)
  return card
}

/** Whether a picture that can only be read smaller is still as large as the measured copy. */
function canMeasure(target: Size | undefined): boolean {
  return !target || Math.min(target.width, target.height) >= MEASURED_SIDE
}

interface Size {
  readonly width: number
  readonly height: number
}

function tooManyPixels({ width, height }: Size, limits: PixelLimits, target: Size | undefined): FileProblem {
  const limit = limits.picturePixels
  const problem = `It has ${figure(width * height)} pixels (${width} x ${height}); the limit is ${figure(limit)}.`
  const way = target ? resizeAdvice(target) : 'Make a smaller copy and attach that.'
  return { problem: `${problem} ${way}`, cause: 'pixels', limit }
}

function tooManyFrames(
  { width, height, frames }: Size & { readonly frames: number },
  limits: PixelLimits,
): FileProblem {
  const limit = limits.gifPixels
  const problem = `Its ${figure(frames)} frames of ${width} x ${height} have ${figure(width * height * frames)} pixels together; the limit is ${figure(limit)}. Ask for fewer frames, or make a smaller copy.`
  return { problem, cause: 'frames', limit }
}

function figure(value: number): string {
  return value.toLocaleString('en-US')
}
