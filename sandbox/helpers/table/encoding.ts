// Detects the encoding of a text file from its bytes, and gives its text or its bytes in UTF-8. A guess is always noted.
import { codeTable } from './encoding/code-tables.ts'
import { detectLegacy } from './encoding/detect.ts'
import { brokenNote, repairUtf8 } from './encoding/mixed-lines.ts'
import { isLikelyAccident } from './encoding/short-texts.ts'
import { transcode } from './encoding/transcode.ts'
import { checkUtf8, lineAt, replaceMalformed, type Utf8Facts } from './encoding/utf8.ts'

/** A file's text, its encoding, and notes for the user about it. */
export interface Decoded {
  readonly text: string
  /** A name of the WHATWG Encoding standard. */
  readonly encoding: string
  readonly notes: readonly string[]
}

/** A file's text as UTF-8 without a byte order mark. */
export interface Transcript {
  /** Well formed; U+FFFD stands for what was not. */
  readonly bytes: Uint8Array
  readonly encoding: string
  readonly notes: readonly string[]
}

/**
 * Decodes a text file; see `toUtf8`.
 * @throws TypeError when the given encoding is unknown (names are those of the WHATWG Encoding standard).
 */
export async function decode(bytes: Uint8Array, encoding?: string): Promise<Decoded> {
  const { bytes: utf8, ...rest } = await toUtf8(bytes, encoding)
  return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(utf8), ...rest }
}

/**
 * The text of a file as UTF-8: the same bytes where they are that already. Without a given encoding it tries byte order
 * marks, UTF-8, UTF-16 by its zero bytes, then the encoding that makes the most plausible text (Chinese, Japanese, Korean,
 * Cyrillic, Greek, Hebrew, Arabic, Thai and Latin ones). A UTF-8 file with a few broken bytes stays UTF-8.
 * @throws TypeError when the given encoding is unknown.
 */
export async function toUtf8(bytes: Uint8Array, encoding?: string): Promise<Transcript> {
  if (encoding !== undefined) return fromGiven(bytes, canonicalName(encoding))
  const mark = markOf(bytes)
  if (mark !== undefined && mark !== 'utf-8') return fromGiven(bytes, mark, [`read as ${mark}`])
  const own = mark === undefined ? bytes : bytes.subarray(3)
  if (!own.includes(0)) return fromPlain(own, mark !== undefined)
  const wide = mark === undefined ? detectUtf16(own) : undefined
  return wide === undefined ? withoutZeros(own) : fromGiven(own, wide, [guessNote(wide)])
}

async function fromPlain(bytes: Uint8Array, isMarked: boolean): Promise<Transcript> {
  const facts = checkUtf8(bytes)
  if (facts.isAscii && isEscapedJapanese(bytes)) return fromGiven(bytes, 'iso-2022-jp', ['read as iso-2022-jp'])
  if (facts.broken === 0 && (isMarked || !isLikelyAccident(bytes))) return { bytes, encoding: 'utf-8', notes: [] }
  if (isMarked) return fromUtf8(bytes, facts)
  const repaired = facts.broken === 0 ? undefined : await repairUtf8(bytes)
  if (repaired) return { bytes: replaceMalformed(repaired.bytes), encoding: 'utf-8', notes: repaired.notes }
  const guess = await detectLegacy(bytes)
  return fromGiven(bytes, guess, [guessNote(guess)])
}

async function withoutZeros(bytes: Uint8Array): Promise<Transcript> {
  const kept = bytes.filter((byte) => byte !== 0)
  const zeros = bytes.length - kept.length
  const read = await fromPlain(kept, false)
  const many = zeros === 1 ? '1 NUL byte was' : `${zeros} NUL bytes were`
  const where = `${zeros === 1 ? 'in' : 'the first in'} line ${lineAt(bytes, bytes.indexOf(0))}`
  return { ...read, notes: [...read.notes, `${many} dropped (${where})`] }
}

const guessNote = (guess: string): string =>
  `read as ${guess}, since it is not UTF-8; if letters look wrong, pass { encoding: '…' }`

function fromGiven(bytes: Uint8Array, encoding: string, notes: readonly string[] = []): Transcript {
  if (encoding === 'utf-8') {
    const own = markOf(bytes) === 'utf-8' ? bytes.subarray(3) : bytes
    return fromUtf8(own, checkUtf8(own))
  }
  const isMarked = markOf(bytes) === encoding
  const body = isMarked ? bytes.subarray(2) : bytes
  const { bytes: text, broken, firstBroken } = transcode(body, encoding)
  const line = firstBroken < 0 || !codeTable(encoding) ? undefined : lineAt(body, firstBroken)
  const damage = broken > 0 ? [brokenNote(broken, encoding, line)] : []
  return { bytes: text, encoding, notes: [...notes, ...damage, ...privateNote(text, encoding)] }
}

function fromUtf8(bytes: Uint8Array, { broken, firstBroken }: Utf8Facts): Transcript {
  const notes = broken > 0 ? [brokenNote(broken, 'utf-8', lineAt(bytes, firstBroken))] : []
  return { bytes: broken > 0 ? replaceMalformed(bytes) : bytes, encoding: 'utf-8', notes }
}

/** Big5 files from Hong Kong have characters for which Node's decoder has only private numbers. */
function privateNote(utf8: Uint8Array, encoding: string): string[] {
  if (encoding !== 'big5') return []
  let count = 0
  for (let at = utf8.indexOf(0xee); at >= 0; at = utf8.indexOf(0xee, at + 1)) count++
  for (let at = utf8.indexOf(0xef); at >= 0; at = utf8.indexOf(0xef, at + 1)) if (utf8[at + 1]! < 0xa4) count++
  return count === 0 ? [] : [`${count} characters of Hong Kong's supplement to Big5 (HKSCS) are not known here`]
}

/** The WHATWG name of a label. */
function canonicalName(label: string): string {
  try {
    return new TextDecoder(label).encoding
  } catch {
    const known = "'utf-8', 'gb18030', 'big5', 'shift_jis', 'euc-kr', 'utf-16le', 'windows-1252'"
    throw new TypeError(`readTable: unknown encoding '${label}'; known ones are ${known} and others of the WHATWG list`)
  }
}

function markOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return undefined
}

/** Detects UTF-16: by its mark, or as delimiters, digits and line ends have a zero byte, always on the same side. */
export function detectUtf16(bytes: Uint8Array): string | undefined {
  const mark = markOf(bytes)
  if (mark !== undefined) return mark === 'utf-8' ? undefined : mark
  const zeros = [0, 0]
  const length = Math.min(bytes.length, 65_536)
  for (let i = 0; i < length; i++) if (bytes[i] === 0) zeros[i % 2]!++
  const [even, odd] = zeros as [number, number]
  if (Math.max(even, odd) < length / 50) return undefined
  if (odd > 10 * even && areWide(bytes, length, 1)) return 'utf-16le'
  return even > 10 * odd && areWide(bytes, length, -1) ? 'utf-16be' : undefined
}

/** Whether most line ends and commas have a zero byte on this side: a few stray ones make no UTF-16. */
function areWide(bytes: Uint8Array, length: number, side: number): boolean {
  let all = 0
  let wide = 0
  for (let i = 0; i < length; i++) {
    if (bytes[i] !== 0x0a && bytes[i] !== 0x2c) continue
    all++
    if (bytes[i + side] === 0) wide++
  }
  return wide * 2 >= all
}

/** Whether ESC begins the sequences with which ISO-2022-JP switches to kanji. */
function isEscapedJapanese(bytes: Uint8Array): boolean {
  const at = bytes.indexOf(0x1b)
  return at >= 0 && bytes[at + 1] === 0x24 && (bytes[at + 2] === 0x42 || bytes[at + 2] === 0x40)
}
