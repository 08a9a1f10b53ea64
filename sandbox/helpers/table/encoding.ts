// Detects the encoding of a text file from its bytes.

/** A file's text, its encoding, and notes for the user about it. */
export interface Decoded {
  readonly text: string
  readonly encoding: string
  readonly notes: readonly string[]
}

/**
 * Decodes a text file. Without a given encoding it tries byte order marks, strict UTF-8, UTF-16 by its zero bytes, then
 * GB18030 (with GBK), Shift_JIS or windows-1252 by the byte pairs that occur; a guess adds a note.
 * @throws TypeError when the given encoding is unknown (names are those of the WHATWG Encoding standard).
 */
export function decode(bytes: Uint8Array, encoding?: string): Decoded {
  if (encoding !== undefined) return decodeAs(bytes, encoding)
  const mark = markOf(bytes)
  if (mark) return { text: textOf(bytes, mark), encoding: mark, notes: mark === 'utf-8' ? [] : [`read as ${mark}`] }
  const utf8 = strictly(bytes, 'utf-8')
  if (utf8 !== undefined && !utf8.includes('\0')) return { text: utf8, encoding: 'utf-8', notes: [] }
  const guess = detectUtf16(bytes) ?? guessByBytePairs(bytes)
  const notes = [`read as ${guess}, since it is not UTF-8; if letters look wrong, pass { encoding: '…' }`]
  return { text: textOf(bytes, guess), encoding: guess, notes }
}

function decodeAs(bytes: Uint8Array, encoding: string): Decoded {
  let text: string
  try {
    text = textOf(bytes, encoding)
  } catch {
    const known = "'utf-8', 'gb18030', 'big5', 'shift_jis', 'euc-kr', 'utf-16le', 'windows-1252'"
    throw new TypeError(
      `readTable: unknown encoding '${encoding}'; known ones are ${known} and others of the WHATWG list`,
    )
  }
  const broken = text.split('\uFFFD').length - 1
  return { text, encoding, notes: broken > 0 ? [`${broken} characters are not valid ${encoding}`] : [] }
}

function textOf(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding).decode(bytes)
}

function strictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function markOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return undefined
}

/** Detects UTF-16 without a mark: delimiters, digits and line ends have a zero byte, always on the same side. */
function detectUtf16(bytes: Uint8Array): string | undefined {
  const zeros = [0, 0]
  const length = Math.min(bytes.length, 65_536)
  for (let i = 0; i < length; i++) if (bytes[i] === 0) zeros[i % 2]!++
  const [even, odd] = zeros as [number, number]
  if (Math.max(even, odd) < length / 20) return undefined
  if (odd > 10 * even) return 'utf-16le'
  return even > 10 * odd ? 'utf-16be' : undefined
}

/**
 * Chinese in GB18030 is mostly pairs of two high bytes (the GB2312 range); Japanese in Shift_JIS mostly pairs that
 * begin with 0x82 or 0x83 (kana); Western text has single high bytes between ASCII letters.
 */
function guessByBytePairs(bytes: Uint8Array): string {
  let chinese = 0
  let kana = 0
  let single = 0
  const length = Math.min(bytes.length, 262_144)
  for (let i = 0; i < length; i++) {
    const first = bytes[i]!
    if (first < 0x80) continue
    const second = bytes[i + 1] ?? 0
    if ((first === 0x82 || first === 0x83) && second >= 0x40) kana++
    else if (first >= 0xa1 && second >= 0xa1) chinese++
    else if (second < 0x80) single++
    if (second >= 0x80 || first === 0x82 || first === 0x83) i++
  }
  if (kana > chinese / 4 && kana >= single && strictly(bytes, 'shift_jis') !== undefined) return 'shift_jis'
  return chinese > single || (single === 0 && kana === 0) ? 'gb18030' : 'windows-1252'
}
