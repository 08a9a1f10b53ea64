// Writes texts into a vector as DuckDB keeps them itself: 16 bytes for each (duckdb_string_t in duckdb.h) with its length in
// bytes, then a text of up to 12 bytes, or the first 4 of a longer one and its address. A call for each text would take ten
// times as long.
import { isUtf8 } from 'node:buffer'
import type { DuckDbModule } from './duckdb.ts'
import { setMissing, type RawVector } from './raw-vector.ts'

/** Distinct texts, one after another in UTF-8. */
export interface TextBytes {
  readonly bytes: Uint8Array
  /** Byte at which each begins, and the end of the last. */
  readonly starts: Int32Array
}

/** Bytes of a text that have room beside its length. */
const MAX_INLINE = 12
/** 32-bit numbers of one text. */
const WORDS = 4

/** Throws RangeError for bytes that are no texts. */
export function checkTexts(bytes: Uint8Array): void {
  if (!isUtf8(bytes) || bytes.includes(0)) throw new RangeError('The texts of a dictionary are not UTF-8, or have NUL.')
}

/** Finds the texts by their lengths in UTF-16 units. Throws RangeError if they do not fit. */
export function findTexts(lengths: Int32Array, bytes: Uint8Array): TextBytes {
  checkTexts(bytes)
  const starts = new Int32Array(lengths.length + 1)
  let at = 0
  for (let i = 0; i < lengths.length; i++) {
    let units = lengths[i] as number
    while (units > 0 && at < bytes.length) {
      const byte = bytes[at] as number
      units -= byte < 0xf0 ? 1 : 2
      at += byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
    }
    if (units !== 0) throw new RangeError('The texts of a dictionary do not fit their lengths.')
    starts[i + 1] = at
  }
  if (at !== bytes.length) throw new RangeError('The texts of a dictionary do not fit their lengths.')
  return { bytes, starts }
}

/** A writer of the rows from `at` to `end`; always of the same vector, which owns the bytes of long texts from then on. */
export function createTextWriter(
  duckdb: DuckDbModule,
  codes: Int32Array,
  texts: TextBytes,
): (vector: RawVector, at: number, end: number) => void {
  let made: { readonly entries: Int32Array; readonly stored: StoredTexts } | undefined
  return (vector, at, end) => {
    made ??= {
      entries: makeEntries(texts, hasLong(texts) ? putBytes(duckdb, vector, texts.bytes) : 0),
      stored: storedTexts(duckdb, vector),
    }
    const { entries, stored } = made
    for (let i = at; i < end; i++) {
      const code = codes[i] as number
      if (code < 0) {
        setMissing(vector, i - at)
        continue
      }
      const from = WORDS * code
      const to = WORDS * (i - at)
      stored.words[to] = entries[from] as number
      stored.words[to + 1] = entries[from + 1] as number
      stored.words[to + 2] = entries[from + 2] as number
      stored.words[to + 3] = entries[from + 3] as number
    }
    stored.flush()
  }
}

function hasLong({ starts }: TextBytes): boolean {
  return starts.some((start, i) => i > 0 && start - (starts[i - 1] as number) > MAX_INLINE)
}

type Handle = Parameters<DuckDbModule['DuckDBBlobVector']['fromRawVector']>[0]

/** A vector of the package as it is inside. */
interface PackageVector {
  readonly vector: Handle
  readonly dataView: DataView
}

/** Gives the vector a copy of the bytes, as one text; returns its address. */
function putBytes(
  { DuckDBBlobVector, DuckDBBlobValue }: DuckDbModule,
  { vector }: RawVector,
  bytes: Uint8Array,
): number {
  const handle = vector as Handle
  const whole = DuckDBBlobVector.fromRawVector(handle, 1)
  whole.setItem(0, new DuckDBBlobValue(bytes))
  whole.flush()
  const { dataView } = DuckDBBlobVector.fromRawVector(handle, 1) as unknown as PackageVector
  return Number(dataView.getBigUint64(8, true))
}

interface StoredTexts {
  readonly words: Int32Array
  /** Copies the words to DuckDB. */
  readonly flush: () => void
}

/** The memory of a vector of texts: numbers of 128 bits have the same size. */
function storedTexts({ DuckDBHugeIntVector }: DuckDbModule, { vector, itemCount }: RawVector): StoredTexts {
  const texts = DuckDBHugeIntVector.fromRawVector(vector as Handle, itemCount)
  const { buffer, byteOffset, byteLength } = (texts as unknown as PackageVector).dataView
  return { words: new Int32Array(buffer, byteOffset, byteLength / 4), flush: () => texts.flush() }
}

/** The 16 bytes of each text; `address` is that of the bytes of all. */
function makeEntries({ bytes, starts }: TextBytes, address: number): Int32Array {
  const count = starts.length - 1
  const entries = new Int32Array(WORDS * count)
  const own = new Uint8Array(entries.buffer)
  for (let i = 0; i < count; i++) {
    const start = starts[i] as number
    const length = (starts[i + 1] as number) - start
    const shown = length > MAX_INLINE ? 4 : length
    entries[WORDS * i] = length
    for (let k = 0; k < shown; k++) own[16 * i + 4 + k] = bytes[start + k] as number
    if (length <= MAX_INLINE) continue
    const pointer = address + start
    entries[WORDS * i + 2] = pointer
    entries[WORDS * i + 3] = Math.floor(pointer / 2 ** 32)
  }
  return entries
}
