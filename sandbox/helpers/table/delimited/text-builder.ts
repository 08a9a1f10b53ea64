// Collects the texts of a column as numbers into a dictionary of its distinct values: most columns repeat a few of them,
// and each distinct one is decoded only once.
import { ESCAPED, type Block } from './scan.ts'

/** Distinct texts, and for each row the index of its text. */
export interface CodedTexts {
  /** -1: the cell is blank or missing. */
  readonly codes: Int32Array
  readonly texts: string[]
}

export interface TextBuilder {
  readonly kind: 'texts'
  /** Adds the cells of a column in all records of a block. */
  add(block: Block, column: number): void
  finish(length: number): CodedTexts
}

const SPACE = 32
const FNV_OFFSET = 0x811c9dc5 | 0
const FNV_PRIME = 0x01000193

/**
 * Collects texts from `bytes`, which are valid UTF-8; `capacity` is the expected number of rows. `blank`: rows before the
 * first one that has this column.
 */
export function buildTexts(bytes: Uint8Array, quote: string, capacity: number, blank = 0): TextBuilder {
  let codes = new Int32Array(Math.max(capacity, blank)).fill(-1, 0, blank)
  let length = blank
  const dictionary = createDictionary(bytes)

  return {
    kind: 'texts',
    add(block, column) {
      const { records, first, starts, ends, marks } = block
      while (length + records > codes.length) codes = enlarge(codes)
      for (let record = 0; record < records; record++) {
        const cell = first[record]! + column
        let code = -1
        if (cell < first[record + 1]!) {
          const start = starts[cell]!
          const end = ends[cell]!
          let at = start
          while (at < end && bytes[at]! <= SPACE) at++
          if (at < end) code = dictionary.find(start, end, marks[cell]! & ESCAPED)
        }
        codes[length++] = code
      }
    },
    finish: (rows) => ({ codes: firstRows(codes, rows), texts: dictionary.decode(quote) }),
  }
}

/** The beginning of a vector: the vector itself where little room is left over, since copying costs time. */
export function firstRows<T extends Int32Array | Float64Array>(vector: T, rows: number): T {
  return (rows * 1.25 >= vector.length ? vector.subarray(0, rows) : vector.slice(0, rows)) as T
}

interface Dictionary {
  /** The index of a text; added if it is new. */
  find(start: number, end: number, mark: number): number
  decode(quote: string): string[]
}

/** A hash table with open addressing. The bytes of its texts lie side by side: comparing then stays within the cache. */
function createDictionary(bytes: Uint8Array): Dictionary {
  // Pairs of hash and index + 1.
  let slots = new Int32Array(2048)
  let bounds = new Int32Array(513)
  let escaped = new Uint8Array(512)
  let arena = new Uint8Array(8192)
  let distinct = 0

  const insert = (start: number, end: number, mark: number): void => {
    if (distinct + 1 === bounds.length) bounds = enlarge(bounds)
    if (distinct === escaped.length) escaped = enlargeBytes(escaped, distinct + 1)
    const at = bounds[distinct]!
    if (at + end - start > arena.length) arena = enlargeBytes(arena, at + end - start)
    for (let from = start, to = at; from < end;) arena[to++] = bytes[from++]!
    escaped[distinct++] = mark
    bounds[distinct] = at + end - start
  }
  const isEqual = (code: number, start: number, end: number, mark: number): boolean => {
    let at = bounds[code]!
    if (bounds[code + 1]! - at !== end - start || escaped[code] !== mark) return false
    for (let i = start; i < end; i++) if (arena[at++] !== bytes[i]) return false
    return true
  }
  const rehash = (): void => {
    const old = slots
    slots = new Int32Array(old.length * 4)
    const mask = slots.length - 2
    for (let from = 0; from < old.length; from += 2) {
      if (old[from + 1] === 0) continue
      let to = (old[from]! << 1) & mask
      while (slots[to + 1] !== 0) to = (to + 2) & mask
      slots[to] = old[from]!
      slots[to + 1] = old[from + 1]!
    }
  }

  return {
    find(start, end, mark) {
      let hash = FNV_OFFSET
      for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, FNV_PRIME)
      hash ^= hash >>> 15
      const mask = slots.length - 2
      let at = (hash << 1) & mask
      for (let code = slots[at + 1]!; code !== 0; code = slots[(at = (at + 2) & mask) + 1]!) {
        if (slots[at] === hash && isEqual(code - 1, start, end, mark)) return code - 1
      }
      insert(start, end, mark)
      slots[at] = hash
      slots[at + 1] = distinct
      if (distinct * 4 > slots.length) rehash()
      return distinct - 1
    },
    decode: (quote) => decodeTexts(arena, bounds, escaped, distinct, quote),
  }
}

function enlarge(old: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(16, old.length * 2))
  larger.set(old)
  return larger
}

function enlargeBytes(old: Uint8Array<ArrayBuffer>, least: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(least, old.length * 2))
  larger.set(old)
  return larger
}

/** Bytes that are decoded at once: one call of a decoder costs as much as hundreds of short texts. */
const CHUNK = 4_000_000

function decodeTexts(arena: Uint8Array, bounds: Int32Array, escaped: Uint8Array, distinct: number, quote: string) {
  const texts: string[] = []
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  for (let from = 0; from < distinct;) {
    let to = from + 1
    while (to < distinct && bounds[to + 1]! - bounds[from]! <= CHUNK) to++
    const text = decoder.decode(arena.subarray(bounds[from], bounds[to]))
    let unit = 0
    for (let i = from; i < to; i++) {
      const units = countUnits(arena, bounds[i]!, bounds[i + 1]!)
      const part = text.slice(unit, unit + units)
      texts.push(escaped[i] === 0 ? part : part.replaceAll(quote + quote, quote))
      unit += units
    }
    from = to
  }
  return texts
}

/** UTF-16 units of valid UTF-8: a byte that continues a character counts nothing, one that begins four bytes two. */
function countUnits(bytes: Uint8Array, start: number, end: number): number {
  let units = 0
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!
    if (byte < 0x80 || byte >= 0xc0) units += byte >= 0xf0 ? 2 : 1
  }
  return units
}
