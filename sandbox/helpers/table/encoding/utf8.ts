// Whether bytes are UTF-8, and which lines are not: one pass in the isolate, since a copy of a large file to the host
// and its text back cost more than looking at each byte here.

export interface Utf8Facts {
  readonly isAscii: boolean
  /** Malformed sequences, as many as a decoder would make U+FFFD of; the count ends at `MAX_BROKEN`. */
  readonly broken: number
  /** Offset of the first; -1 if there is none. */
  readonly firstBroken: number
}

/** A file with so many malformed sequences is looked at otherwise. */
const MAX_BROKEN = 10_000

/** Looks at every byte, unless very many are not UTF-8. */
export function checkUtf8(bytes: Uint8Array): Utf8Facts {
  const words = wordsOf(bytes)
  const { length } = bytes
  let isAscii = true
  let broken = 0
  let firstBroken = -1
  for (let at = 0; at < length && broken < MAX_BROKEN;) {
    if (bytes[at]! < 0x80) {
      at++
      if ((at & 3) === 0 && words) at = skipAscii(words, at)
      continue
    }
    isAscii = false
    const size = sequenceSize(bytes, at, length)
    if (size < 0 && broken++ === 0) firstBroken = at
    at += Math.abs(size)
  }
  return { isAscii, broken, firstBroken }
}

/** The same text with U+FFFD for each malformed sequence; the same bytes if there is none. */
export function replaceMalformed(bytes: Uint8Array): Uint8Array {
  const { length } = bytes
  const at: number[] = []
  let growth = 0
  for (let from = 0; from < length;) {
    const size = bytes[from]! < 0x80 ? 1 : sequenceSize(bytes, from, length)
    if (size < 0) {
      at.push(from)
      growth += 3 + size
    }
    from += Math.abs(size)
  }
  if (at.length === 0) return bytes
  const out = new Uint8Array(length + growth)
  let read = 0
  let written = 0
  for (const from of at) {
    out.set(bytes.subarray(read, from), written)
    written += from - read
    out.set(REPLACEMENT, written)
    written += REPLACEMENT.length
    read = from - sequenceSize(bytes, from, length)
  }
  out.set(bytes.subarray(read), written)
  return out
}

/** U+FFFD. */
const REPLACEMENT = [0xef, 0xbf, 0xbd]

/** Four bytes at once, where the array begins at a multiple of four. */
function wordsOf(bytes: Uint8Array): Int32Array | undefined {
  if (bytes.byteOffset % 4 !== 0) return undefined
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2)
}

function skipAscii(words: Int32Array, at: number): number {
  let i = at >> 2
  while (i < words.length && (words[i]! & 0x80808080) === 0) i++
  return i << 2
}

/** Bytes of the character that begins with a byte above 0x7F; if it is malformed, minus the bytes to replace. */
export function sequenceSize(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at]!
  if (first < 0xc2 || first > 0xf4) return -1
  const second = at + 1 < end ? bytes[at + 1]! : 0
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf
  if (second < low || second > high) return -1
  if (first < 0xe0) return 2
  if (at + 2 >= end || (bytes[at + 2]! & 0xc0) !== 0x80) return -2
  if (first < 0xf0) return 3
  return at + 3 < end && (bytes[at + 3]! & 0xc0) === 0x80 ? 4 : -3
}

/** The number of the line, from 1, that an offset is in; lines end with LF, or with CR in files without any LF. */
export function lineAt(bytes: Uint8Array, offset: number): number {
  const end = bytes.includes(10) ? 10 : 13
  let line = 1
  for (let at = bytes.indexOf(end); at >= 0 && at < offset; at = bytes.indexOf(end, at + 1)) line++
  return line
}

/** UTF-8 as a string: short texts without a decoder, whose call costs as much in the isolate as hundreds of them. */
export function decodeUtf8(bytes: Uint8Array): string {
  if (bytes.length > 300) return new TextDecoder().decode(bytes)
  let text = ''
  for (let i = 0; i < bytes.length;) {
    const first = bytes[i]!
    if (first < 0x80) {
      text += String.fromCharCode(first)
      i++
      continue
    }
    const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0
    if (length === 0 || i + length > bytes.length) return new TextDecoder().decode(bytes)
    let code = first & (0xff >> (length + 1))
    for (let k = 1; k < length; k++) {
      const next = bytes[i + k]!
      if ((next & 0xc0) !== 0x80) return new TextDecoder().decode(bytes)
      code = (code << 6) | (next & 0x3f)
    }
    if (code > 0x10_ff_ff || (code >= 0xd8_00 && code <= 0xdf_ff) || code < MIN_CODE[length]!)
      return new TextDecoder().decode(bytes)
    text += String.fromCodePoint(code)
    i += length
  }
  return text
}

/** The smallest code point that needs so many bytes. */
const MIN_CODE: Readonly<Record<number, number>> = { 2: 0x80, 3: 0x8_00, 4: 0x1_00_00 }
