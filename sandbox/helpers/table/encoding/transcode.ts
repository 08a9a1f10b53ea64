// Bytes of a legacy encoding to UTF-8, by tables: one pass without strings, so that 75 MB need no copies of the text.
import { codeTable, fourByteCharacter, INVALID, LEAD, type CodeTable } from './code-tables.ts'

export interface Transcoded {
  readonly bytes: Uint8Array
  /** Characters that are not valid in the encoding; each became U+FFFD. */
  readonly broken: number
  /** Offset in the input of the first of them; -1 if there is none. */
  readonly firstBroken: number
}

/** Decodes bytes of a canonical WHATWG encoding to UTF-8. ASCII after a broken first byte is kept, as delimiters are. */
export function transcode(bytes: Uint8Array, encoding: string): Transcoded {
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return fromUtf16(bytes, encoding === 'utf-16be' ? 1 : 0)
  const table = codeTable(encoding)
  if (table) return fromTable(bytes, table)
  const text = new TextDecoder(encoding).decode(bytes)
  return { bytes: new TextEncoder().encode(text), broken: text.split('\uFFFD').length - 1, firstBroken: -1 }
}

const BLOCK = 65_536

function fromTable(bytes: Uint8Array, table: CodeTable): Transcoded {
  const out = createOutput(bytes.length)
  const damage = { broken: 0, firstBroken: -1 }
  for (let at = 0; at < bytes.length;) {
    const end = Math.min(bytes.length, at + BLOCK)
    out.reserve((end - at) * 3 + 12)
    at = decodeBlock(bytes, at, end, table, out, damage)
  }
  return { bytes: out.finish(), ...damage }
}

/** Decodes the characters that begin before `end`; returns where the next one begins. */
function decodeBlock(
  bytes: Uint8Array,
  from: number,
  end: number,
  table: CodeTable,
  out: Output,
  damage: { broken: number; firstBroken: number },
): number {
  const { single, double } = table
  const isDouble = double.length > 0
  const { target } = out
  let { length } = out
  let at = from
  const last = bytes.length - 1
  while (at < end) {
    const byte = bytes[at]!
    if (byte < 0x80) {
      target[length++] = byte
      at++
      continue
    }
    // Most characters are pairs that become three bytes.
    const pair = at < last && isDouble ? double[(byte << 8) | bytes[at + 1]!]! : 0
    if (pair >= 0x800) {
      target[length] = 0xe0 | (pair >> 12)
      target[length + 1] = 0x80 | ((pair >> 6) & 63)
      target[length + 2] = 0x80 | (pair & 63)
      length += 3
      at += 2
      continue
    }
    let code = single[byte]!
    let size = 1
    if (code === LEAD) {
      code = pair
      size = 2
      if (code === 0) {
        code = longCharacter(bytes, at, table)
        size = code !== 0 ? (table.hasFour ? 4 : 3) : (bytes[at + 1] ?? 0) < 0x80 ? 1 : 2
        if (code === 0) code = INVALID
      }
    }
    if (code === INVALID) {
      code = 0xfffd
      damage.broken++
      if (damage.firstBroken < 0) damage.firstBroken = at
    }
    at += size
    length = put(target, length, code)
  }
  out.length = length
  return at
}

function longCharacter(bytes: Uint8Array, at: number, { hasFour, triple }: CodeTable): number {
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes.subarray(at, at + 4)
  if (triple) return first === 0x8f && third >= 0xa1 ? triple[(second << 8) | third]! : 0
  const isFour = hasFour && isDigit(second) && third >= 0x81 && third <= 0xfe && isDigit(fourth)
  return isFour ? fourByteCharacter(first, second, third, fourth) : 0
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39

function fromUtf16(bytes: Uint8Array, bigEndian: 0 | 1): Transcoded {
  const out = createOutput(bytes.length)
  let broken = 0
  let firstBroken = -1
  const unit = (at: number): number => bytes[at + bigEndian]! | (bytes[at + 1 - bigEndian]! << 8)
  const swapped = (at: number): number => (bytes[at]! << 8) | bytes[at + 1]!
  const read = bigEndian ? swapped : unit
  const even = bytes.length & ~1
  for (let at = 0; at < even;) {
    const end = Math.min(even, at + BLOCK)
    out.reserve((end - at) * 3 + 12)
    let { target, length } = out
    while (at < end) {
      let code = read(at)
      at += 2
      if (code >= 0xd800 && code <= 0xdfff) {
        const low = code < 0xdc00 && at < even ? read(at) : 0
        if (low >= 0xdc00 && low <= 0xdfff) {
          code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00)
          at += 2
        } else {
          code = 0xfffd
          broken++
          if (firstBroken < 0) firstBroken = at - 2
        }
      }
      length = put(target, length, code)
    }
    out.length = length
  }
  if (even < bytes.length) {
    out.reserve(3)
    out.length = put(out.target, out.length, 0xfffd)
    broken++
    if (firstBroken < 0) firstBroken = even
  }
  return { bytes: out.finish(), broken, firstBroken }
}

/** Writes a code point as UTF-8; returns the new length. */
function put(target: Uint8Array, at: number, code: number): number {
  let length = at
  if (code < 0x80) target[length++] = code
  else if (code < 0x800) {
    target[length++] = 0xc0 | (code >> 6)
    target[length++] = 0x80 | (code & 63)
  } else if (code < 0x10000) {
    target[length++] = 0xe0 | (code >> 12)
    target[length++] = 0x80 | ((code >> 6) & 63)
    target[length++] = 0x80 | (code & 63)
  } else {
    target[length++] = 0xf0 | (code >> 18)
    target[length++] = 0x80 | ((code >> 12) & 63)
    target[length++] = 0x80 | ((code >> 6) & 63)
    target[length++] = 0x80 | (code & 63)
  }
  return length
}

interface Output {
  target: Uint8Array
  length: number
  /** Makes place for so many more bytes. */
  reserve(more: number): void
  finish(): Uint8Array
}

function createOutput(inputLength: number): Output {
  return {
    target: new Uint8Array(Math.ceil(inputLength * 1.5) + 64),
    length: 0,
    reserve(more) {
      if (this.length + more <= this.target.length) return
      const larger = new Uint8Array(Math.ceil(this.target.length * 1.3) + more)
      larger.set(this.target.subarray(0, this.length))
      this.target = larger
    },
    finish() {
      return this.target.subarray(0, this.length)
    },
  }
}
