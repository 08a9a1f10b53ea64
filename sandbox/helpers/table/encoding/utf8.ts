// Whether bytes are UTF-8, and which lines are not: one pass in the isolate, since a copy of a large file to the host
// and its text back cost more than looking at each byte here.

export interface Utf8Facts {
  readonly isAscii: boolean
  /** Malformed sequences, as many as a decoder would make U+FFFD of. */
  readonly broken: number
  /** Offset of the first; -1 if there is none. */
  readonly firstBroken: number
  /** NUL bytes. */
  readonly zeros: number
  /** Offset of the first; -1 if there is none. */
  readonly firstZero: number
  /** ESC bytes, with which ISO-2022-JP switches its character sets. */
  readonly escapes: number
}

/** Looks at every byte. */
export function checkUtf8(bytes: Uint8Array): Utf8Facts {
  const facts = { isAscii: true, broken: 0, firstBroken: -1, zeros: 0, firstZero: -1, escapes: 0 }
  const words = wordsOf(bytes)
  const { length } = bytes
  for (let at = 0; at < length;) {
    const byte = bytes[at]!
    if (byte < 0x80) {
      if (byte < 0x20) {
        if (byte === 0) {
          if (facts.zeros++ === 0) facts.firstZero = at
        } else if (byte === 0x1b) facts.escapes++
      }
      at++
      if ((at & 3) === 0 && words) at = skipPlain(words, at)
      continue
    }
    facts.isAscii = false
    const size = sequenceSize(bytes, at, length)
    if (size < 0) {
      if (facts.broken++ === 0) facts.firstBroken = at
      at -= size
    } else at += size
  }
  return facts
}

/** Four bytes at once, where the array begins at a multiple of four. */
function wordsOf(bytes: Uint8Array): Int32Array | undefined {
  if (bytes.byteOffset % 4 !== 0) return undefined
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2)
}

/** Skips words of printable ASCII: no byte of 0x80 and above, none below 0x20. */
function skipPlain(words: Int32Array, at: number): number {
  let i = at >> 2
  const { length } = words
  while (i < length) {
    const word = words[i]!
    if (((word | ((word - 0x20202020) & ~word)) & 0x80808080) !== 0) break
    i++
  }
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
