// The parts of a ZIP container (XLSX, ODS), inflated piece by piece. What the directory declares is checked before
// anything is inflated, and what comes out is checked against it: a bomb is refused by its declared and its real size.
import { readDirectory, ZipError, type DirectoryEntry } from '../../archive/directory.ts'

export interface ZipPart {
  readonly name: string
  /** Bytes when inflated, as the directory declares. */
  readonly bytes: number
  readonly packed: number
  readonly method: number
  readonly isEncrypted: boolean
  /** Where its local header begins. */
  readonly offset: number
}

/** Bytes that all parts of a workbook together may have when inflated. */
const MAX_INFLATED = 400_000_000
/** Sheets compress to a tenth or less; more than 250 to 1 over many bytes is a bomb. */
const MAX_RATIO = 250
const RATIO_COUNTS_FROM = 50_000_000

/**
 * The parts of a ZIP file by name.
 * @throws Error naming `what` when it is damaged, declares more than 400 MB, or more than 250 times its own size.
 */
export function zipParts(what: string, bytes: Uint8Array): Map<string, ZipPart> {
  const parts = new Map<string, ZipPart>()
  for (const entry of entriesOf(what, bytes)) {
    const name = new TextDecoder().decode(entry.rawName)
    const { bytes: size, compressedBytes: packed, method, encrypted: isEncrypted, offset } = entry
    parts.set(name.replace(/^\//, ''), { name, bytes: size, packed, method, isEncrypted, offset })
  }
  refuseBomb(what, parts, bytes.length)
  return parts
}

function entriesOf(what: string, bytes: Uint8Array): readonly DirectoryEntry[] {
  try {
    return readDirectory(bytes).entries
  } catch (error) {
    if (error instanceof ZipError) throw damaged(what)
    throw error
  }
}

function refuseBomb(what: string, parts: Map<string, ZipPart>, size: number): void {
  let total = 0
  for (const part of parts.values()) total += part.bytes
  if (total <= MAX_INFLATED && (total < RATIO_COUNTS_FROM || total / size <= MAX_RATIO)) return
  const limit =
    total > MAX_INFLATED ? `${megabytes(MAX_INFLATED)} are the limit` : `${MAX_RATIO} times its size is the limit`
  throw new Error(
    `readTable: ${what} would unpack from ${megabytes(size)} to ${megabytes(total)}; ${limit}. Save the sheet that is needed as CSV.`,
  )
}

const megabytes = (bytes: number): string =>
  `${(bytes / 1e6).toLocaleString('en-US', { maximumFractionDigits: bytes < 1e7 ? 1 : 0 })} MB`

const damaged = (what: string): Error =>
  new Error(`readTable: ${what} is damaged: the directory of its ZIP container cannot be read. Save it again.`)

/** Inflates a part in pieces; `take` returns false to stop. */
async function inflatePart(
  what: string,
  bytes: Uint8Array,
  part: ZipPart,
  take: (piece: Uint8Array) => boolean | void,
): Promise<void> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (part.offset + 30 > bytes.length || view.getUint32(part.offset, true) !== 0x04_03_4b_50) throw damaged(what)
  const start = part.offset + 30 + view.getUint16(part.offset + 26, true) + view.getUint16(part.offset + 28, true)
  const packed = bytes.subarray(start, start + part.packed)
  if (packed.length < part.packed) throw damaged(what)
  if (part.method === 0) {
    take(packed)
    return
  }
  if (part.method !== 8)
    throw new Error(
      `readTable: ${what} is packed with method ${part.method} of ZIP, which is not read here. Save it again.`,
    )
  const { Inflate } = await import('fflate')
  let size = 0
  // Of what is thrown below only fflate's errors mean that the file is damaged.
  const state: { isDone: boolean; error?: unknown } = { isDone: false }
  const inflate = new Inflate((piece) => {
    size += piece.length
    if (state.isDone) return
    try {
      if (size > part.bytes) throw tooLong(what, part)
      if (take(piece) === false) state.isDone = true
    } catch (error) {
      state.error = error
      state.isDone = true
    }
  })
  for (let at = 0; at < packed.length && !state.isDone; at += PIECE) {
    const piece = packed.subarray(at, at + PIECE)
    try {
      inflate.push(piece, at + PIECE >= packed.length)
    } catch {
      throw damaged(what)
    }
    if (state.error !== undefined) throw named(what, state.error)
  }
}

function tooLong(what: string, { name, bytes }: ZipPart): Error {
  return new Error(
    `readTable: ${what} is damaged: its part ${name} has more than the ${bytes.toLocaleString('en-US')} bytes that it declares. Save it again.`,
  )
}

/** An error of a reader of markup with the name of the file. */
function named(what: string, error: unknown): unknown {
  if (!(error instanceof Error) || error.message.startsWith('readTable:')) return error
  return new Error(`readTable: ${what} cannot be read: ${error.message}`, { cause: error })
}

/** Compressed bytes that are inflated at once. */
const PIECE = 65_536
/** Bytes without a tag; a cell has 32,767 characters at most. */
const MAX_UNBROKEN = 8_000_000

/** Inflates a part of UTF-8 text; pieces end after `>`, so that no character, entity or short tag is split. */
export async function inflateText(
  what: string,
  bytes: Uint8Array,
  part: ZipPart,
  take: (text: string) => boolean | void,
): Promise<void> {
  let rest = new Uint8Array(0)
  await inflatePart(what, bytes, part, (piece) => {
    const cut = piece.lastIndexOf(0x3e) + 1
    if (cut === 0) {
      rest = joined(rest, piece)
      if (rest.length > MAX_UNBROKEN) throw damaged(what)
      return true
    }
    const whole = rest.length === 0 ? piece.subarray(0, cut) : joined(rest, piece.subarray(0, cut))
    rest = piece.slice(cut)
    return take(new TextDecoder().decode(whole))
  })
  if (rest.length > 0) take(new TextDecoder().decode(rest))
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(first.length + second.length)
  all.set(first)
  all.set(second, first.length)
  return all
}
