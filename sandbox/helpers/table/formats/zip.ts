// The parts of a ZIP container (XLSX, ODS), inflated piece by piece. What the directory declares is checked before
// anything is inflated, and what comes out is checked against it: a bomb is refused by its declared and its real size.

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
const MAX_PARTS = 20_000

/**
 * The directory of a ZIP file.
 * @throws Error naming `what` when it is damaged, declares more than 400 MB, or more than 250 times its own size.
 */
export function zipParts(what: string, bytes: Uint8Array): Map<string, ZipPart> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const directory = findDirectory(what, view)
  const parts = new Map<string, ZipPart>()
  let at = directory.offset
  for (let i = 0; i < directory.count && i < MAX_PARTS; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02_01_4b_50) throw damaged(what)
    const nameLength = view.getUint16(at + 28, true)
    const extraLength = view.getUint16(at + 30, true)
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
    const sizes = sizesOf(view, at, at + 46 + nameLength, extraLength)
    const isEncrypted = (view.getUint16(at + 8, true) & 1) === 1
    parts.set(name.replace(/^\//, ''), { name, ...sizes, method: view.getUint16(at + 10, true), isEncrypted })
    at += 46 + nameLength + extraLength + view.getUint16(at + 32, true)
  }
  refuseBomb(what, parts, bytes.length)
  return parts
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

/** The end record: 22 bytes and a comment at the end of the file; ZIP64 has another one before it (APPNOTE 4.3). */
function findDirectory(what: string, view: DataView): { offset: number; count: number } {
  const last = view.byteLength - 22
  for (let at = last; at >= Math.max(0, last - 65_535); at--) {
    if (view.getUint32(at, true) !== 0x06_05_4b_50) continue
    const count = view.getUint16(at + 10, true)
    const offset = view.getUint32(at + 16, true)
    if (count !== 0xff_ff && offset !== 0xff_ff_ff_ff) return { offset, count }
    const locator = at - 20
    if (locator < 0 || view.getUint32(locator, true) !== 0x07_06_4b_50) return { offset, count }
    const record = Number(view.getBigUint64(locator + 8, true))
    if (record + 56 > view.byteLength) throw damaged(what)
    return {
      count: Number(view.getBigUint64(record + 32, true)),
      offset: Number(view.getBigUint64(record + 48, true)),
    }
  }
  throw damaged(what)
}

function sizesOf(view: DataView, at: number, extra: number, extraLength: number) {
  const sizes = {
    packed: view.getUint32(at + 20, true),
    bytes: view.getUint32(at + 24, true),
    offset: view.getUint32(at + 42, true),
  }
  for (let field = extra; field + 4 <= extra + extraLength && field + 4 <= view.byteLength;) {
    const id = view.getUint16(field, true)
    const length = view.getUint16(field + 2, true)
    let value = field + 4
    if (id === 1)
      for (const name of ['bytes', 'packed', 'offset'] as const)
        if (sizes[name] === 0xff_ff_ff_ff && value + 8 <= field + 4 + length) {
          sizes[name] = Number(view.getBigUint64(value, true))
          value += 8
        }
    field += 4 + length
  }
  return sizes
}

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
