// Tables from bytes to characters for encodings of one or two bytes a character, made with TextDecoder once: decoding
// by table needs no copy of a large file, counts what is broken, and has the Korean syllables that Node's decoder lacks.

export interface CodeTable {
  /** Code units of single bytes; INVALID, or LEAD for the first byte of a longer character. */
  readonly single: Uint16Array
  /** Code units of pairs, at `first << 8 | second`; 0 where there is none. Empty for encodings of single bytes. */
  readonly double: Uint16Array
  /** GB18030 has characters of four bytes. */
  readonly hasFour: boolean
  /** EUC-JP has characters of three bytes after 0x8F; at `second << 8 | third`. */
  readonly triple: Uint16Array | undefined
}

export const INVALID = 0xffff
export const LEAD = 0xfffe

const made = new Map<string, CodeTable | undefined>()

/** The table of a canonical WHATWG encoding; undefined for those that have none (UTF-8, UTF-16, ISO-2022-JP). */
export function codeTable(encoding: string): CodeTable | undefined {
  if (!made.has(encoding)) made.set(encoding, makeTable(encoding))
  return made.get(encoding)
}

const NO_TABLE = /^(?:utf-|iso-2022|replacement|x-user)/
const LEADS: Readonly<Record<string, (byte: number) => boolean>> = {
  gb18030: (byte) => byte >= 0x81 && byte <= 0xfe,
  gbk: (byte) => byte >= 0x81 && byte <= 0xfe,
  big5: (byte) => byte >= 0x81 && byte <= 0xfe,
  'euc-kr': (byte) => byte >= 0x81 && byte <= 0xfe,
  shift_jis: (byte) => (byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc),
  'euc-jp': (byte) => byte === 0x8e || byte === 0x8f || (byte >= 0xa1 && byte <= 0xfe),
}
const NONE = new Uint16Array(0)

function makeTable(encoding: string): CodeTable | undefined {
  if (NO_TABLE.test(encoding)) return undefined
  const isLead = LEADS[encoding]
  const single = Uint16Array.from({ length: 256 }, (_, byte) => (byte < 0x80 ? byte : isLead?.(byte) ? LEAD : INVALID))
  const alone = [...single.keys()].filter((byte) => single[byte] === INVALID)
  decodeEach(encoding, Uint8Array.from(alone), 1).forEach((code, i) => {
    // Double-byte encodings have no control characters above 0x7F: such a byte is damage.
    if (code !== 0 && !(isLead && code < 0xa0)) single[alone[i]!] = code
  })
  const hasFour = encoding === 'gb18030' || encoding === 'gbk'
  if (hasFour) single[0x80] = 0x20ac
  if (!isLead) return { single, double: NONE, hasFour, triple: undefined }
  const double = decodePairs(
    encoding,
    [...single.keys()].filter((byte) => single[byte] === LEAD),
  )
  if (encoding === 'euc-kr') addUnifiedHangul(double)
  return { single, double, hasFour, triple: encoding === 'euc-jp' ? decodePairs(encoding, HIGH, 0x8f) : undefined }
}

const HIGH = Array.from({ length: 94 }, (_, i) => 0xa1 + i)
const FIRST_TRAIL = 0x40
const TRAILS = 0x100 - FIRST_TRAIL

function decodePairs(encoding: string, leads: readonly number[], prefix?: number): Uint16Array {
  const table = new Uint16Array(65_536)
  const size = prefix === undefined ? 2 : 3
  const bytes = new Uint8Array(leads.length * TRAILS * size)
  let at = 0
  for (const lead of leads) {
    for (let trail = FIRST_TRAIL; trail < 0x100; trail++) {
      if (prefix !== undefined) bytes[at++] = prefix
      bytes[at++] = lead
      bytes[at++] = trail
    }
  }
  const codes = decodeEach(encoding, bytes, size)
  leads.forEach((lead, i) => table.set(codes.subarray(i * TRAILS, (i + 1) * TRAILS), (lead << 8) | FIRST_TRAIL))
  return table
}

/** The code unit of each sequence of `size` bytes, 0 where it is not one character; line ends keep them apart. */
function decodeEach(encoding: string, sequences: Uint8Array, size: number): Uint16Array {
  const count = sequences.length / size
  const lines = new Uint8Array(count * (size + 1)).fill(10)
  for (let i = 0; i < count; i++) lines.set(sequences.subarray(i * size, (i + 1) * size), i * (size + 1))
  const text = new TextDecoder(encoding).decode(lines)
  const codes = new Uint16Array(count)
  let start = 0
  for (let i = 0, at = 0; i < count && at < text.length; at++) {
    if (text.charCodeAt(at) !== 10) continue
    const code = text.charCodeAt(start)
    codes[i++] = at - start === 1 && code !== 0xfffd ? code : 0
    start = at + 1
  }
  return codes
}

/**
 * Korean files are in code page 949, which Node's decoder does not know: EUC-KR, and the other 8,822 of all 11,172
 * syllables in Unicode's order, at the pairs that EUC-KR leaves free (WHATWG Encoding, index EUC-KR).
 */
function addUnifiedHangul(table: Uint16Array): void {
  const isKnown = new Set<number>()
  for (const lead of HIGH) {
    for (const trail of HIGH) isKnown.add(table[(lead << 8) | trail]!)
    for (let trail = 0x41; trail < 0xa1; trail++) table[(lead << 8) | trail] = 0
  }
  for (const [pair, code] of [
    [0xa2e6, 0x20ac],
    [0xa2e7, 0xae],
  ] as const)
    table[pair] = code
  for (let lead = 0x81; lead <= 0xa0; lead++) table.fill(0, lead << 8, (lead + 1) << 8)
  let syllable = 0xac00
  for (let lead = 0x81; lead <= 0xc6; lead++) {
    for (let trail = 0x41; trail <= (lead < 0xa1 ? 0xfe : 0xa0); trail++) {
      if ((trail > 0x5a && trail < 0x61) || (trail > 0x7a && trail < 0x81)) continue
      while (isKnown.has(syllable)) syllable++
      if (syllable > 0xd7a3) return
      table[(lead << 8) | trail] = syllable++
    }
  }
}

let fourByte: Uint16Array | undefined

/** The code point of a four-byte character of GB18030; 0 if there is none. */
export function fourByteCharacter(first: number, second: number, third: number, fourth: number): number {
  const at = (((first - 0x81) * 10 + second - 0x30) * 126 + third - 0x81) * 10 + fourth - 0x30
  if (at >= 189_000) return at - 189_000 <= 0xfffff ? at - 189_000 + 0x10000 : 0
  fourByte ??= decodeFourByte()
  return fourByte[at] ?? 0
}

/** Characters of four bytes in the basic plane. */
const FOUR_BYTE = 39_420

function decodeFourByte(): Uint16Array {
  const bytes = new Uint8Array(FOUR_BYTE * 4)
  for (let at = 0; at < FOUR_BYTE; at++) {
    bytes[at * 4] = 0x81 + Math.floor(at / 12_600)
    bytes[at * 4 + 1] = 0x30 + (Math.floor(at / 1260) % 10)
    bytes[at * 4 + 2] = 0x81 + (Math.floor(at / 10) % 126)
    bytes[at * 4 + 3] = 0x30 + (at % 10)
  }
  return decodeEach('gb18030', bytes, 4)
}
