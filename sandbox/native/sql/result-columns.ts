// Turns the chunks of a result into column vectors: numbers as they are, dates as ISO texts, whole numbers that a number
// cannot hold as text, lists and structs as JSON.
import type { ColumnKind } from '../../helpers/sql/wire.ts'
import { validRows, type RawVector } from './raw-vector.ts'
import { isoDate, isoTimestamp, toJson } from './result-values.ts'

/** Gathers one column of a result. */
export interface ColumnBuilder {
  add(vector: RawVector, rows: number): void
  /** Its kind and bytes; `isLarge`: its whole numbers are too large, so they are text. */
  finish(): { readonly kind: ColumnKind; readonly bytes: readonly Uint8Array[]; readonly isLarge?: boolean }
  /** Bytes so far. */
  readonly size: number
}

/** DuckDB's type numbers (duckdb.h) that a number holds as they are. */
const SMALL = new Set([2, 3, 4, 6, 7, 8, 10, 11])
const BIG = new Set([5, 9, 16, 32, 35])
const BIGINT = 5
const DECIMAL = 19
const BOOLEAN = 1
const DATE = 13
/** Microseconds, and in UTC. Others come as nanoseconds and so on, and are read by way of their text. */
const TIMESTAMPS = new Set([12, 20, 21, 22, 31])
/** LIST, STRUCT, MAP, ARRAY, UNION, VARIANT. */
const NESTED = new Set([24, 25, 26, 33, 28, 41])

/** A builder for a column of this DuckDB type. */
export function buildColumn(type: number): ColumnBuilder {
  if (SMALL.has(type)) return numberBuilder()
  if (type === DECIMAL) return numberBuilder((value) => Number(String(value)))
  if (BIG.has(type)) return integerBuilder(type === BIGINT)
  if (type === BOOLEAN) return booleanBuilder()
  if (type === DATE) return dateBuilder()
  if (TIMESTAMPS.has(type)) return textBuilder((value) => isoTimestamp(value, type === 31), 'text')
  if (NESTED.has(type)) return textBuilder((value) => JSON.stringify(toJson(value)), 'json')
  return textBuilder(String, 'text')
}

/** A typed array that grows. */
function growing(make: (length: number) => Float64Array | Int32Array | Uint8Array) {
  let items = make(1024)
  let length = 0
  return {
    push(value: number): void {
      if (length === items.length) {
        const more = make(2 * length)
        more.set(items)
        items = more
      }
      items[length++] = value
    },
    get length() {
      return length
    },
    at: (index: number): number => items[index] as number,
    bytes: (): Uint8Array => new Uint8Array(items.buffer, 0, length * items.BYTES_PER_ELEMENT).slice(),
  }
}

interface Numbers {
  push(value: number | null): void
  at(index: number): number | null
  readonly length: number
  bytes(): Uint8Array[]
}

/** Numbers, and which of them are missing. */
function numbers(): Numbers {
  const values = growing((length) => new Float64Array(length))
  const missing = growing((length) => new Uint8Array(length))
  let isAnyMissing = false
  return {
    push(value) {
      values.push(value ?? 0)
      missing.push(value === null ? 1 : 0)
      isAnyMissing ||= value === null
    },
    at: (index) => (missing.at(index) === 1 ? null : values.at(index)),
    get length() {
      return values.length
    },
    bytes: () => [values.bytes(), isAnyMissing ? missing.bytes() : new Uint8Array(0)],
  }
}

/** `read`: what makes a number of a value; unset for vectors whose items are numbers. */
function numberBuilder(read?: (value: unknown) => number): ColumnBuilder {
  const all = numbers()
  return {
    add(vector, rows) {
      const isValid = validRows(vector)
      const items = vector.items as Float64Array | undefined
      for (let i = 0; i < rows; i++) {
        if (isValid && !isValid(i)) all.push(null)
        else all.push(read ? read(vector.getItem(i)) : ((items as Float64Array)[i] as number))
      }
    },
    finish: () => ({ kind: 'number', bytes: all.bytes() }),
    get size() {
      return 9 * all.length
    },
  }
}

/** Numbers while all are safe integers; from the first that is not, the whole column is text. `is64`: of 64 bits. */
function integerBuilder(is64: boolean): ColumnBuilder {
  const all = numbers()
  let texts: ColumnBuilder | undefined
  const becomeText = (): ColumnBuilder => {
    texts = textBuilder(String, 'text')
    texts.add(vectorOf(Array.from({ length: all.length }, (_, i) => all.at(i))), all.length)
    return texts
  }
  const addOne = (value: bigint | null): void => {
    const number = value === null ? null : Number(value)
    if (texts === undefined && (number === null || Number.isSafeInteger(number))) return all.push(number)
    ;(texts ?? becomeText()).add(vectorOf([value]), 1)
  }
  return {
    add(vector, rows) {
      const isValid = validRows(vector)
      const items = vector.items as BigInt64Array
      const halves = is64 ? new Int32Array(items.buffer, items.byteOffset, 2 * rows) : undefined
      for (let i = 0; i < rows; i++) {
        const high = halves?.[2 * i + 1] ?? 2 ** 31
        if (isValid && !isValid(i)) addOne(null)
        else if (texts === undefined && high >= -(2 ** 21) && high < 2 ** 21)
          all.push(high * 2 ** 32 + ((halves?.[2 * i] as number) >>> 0))
        else addOne(vector.getItem(i) as bigint)
      }
    },
    finish: () => (texts ? { ...texts.finish(), isLarge: true } : { kind: 'number', bytes: all.bytes() }),
    get size() {
      return texts?.size ?? 9 * all.length
    },
  }
}

function vectorOf(values: readonly unknown[]): RawVector {
  return { getItem: (i: number) => values[i], validity: { data: null } } as unknown as RawVector
}

/** Texts of days, each made once. */
function dateBuilder(): ColumnBuilder {
  const known = new Map<number, string>()
  const textOf = (days: number, value: () => unknown): string => {
    const text = known.get(days) ?? isoDate(value())
    known.set(days, text)
    return text
  }
  const texts = textBuilder(String, 'text')
  const values: (string | null)[] = []
  return {
    add(vector, rows) {
      const isValid = validRows(vector)
      const items = vector.items as Int32Array
      for (let i = 0; i < rows; i++)
        values[i] = isValid && !isValid(i) ? null : textOf(items[i] as number, () => vector.getItem(i))
      texts.add(vectorOf(values), rows)
    },
    finish: () => texts.finish(),
    get size() {
      return texts.size
    },
  }
}

function booleanBuilder(): ColumnBuilder {
  const all = growing((length) => new Uint8Array(length))
  return {
    add(vector, rows) {
      for (let i = 0; i < rows; i++) {
        const value = vector.getItem(i)
        all.push(value === null ? 2 : value === true ? 1 : 0)
      }
    },
    finish: () => ({ kind: 'boolean', bytes: [all.bytes()] }),
    get size() {
      return all.length
    },
  }
}

/** Codes of a dictionary. */
function textBuilder(read: (value: unknown) => string, kind: 'text' | 'json'): ColumnBuilder {
  const codes = growing((length) => new Int32Array(length))
  const dictionary = new Map<string, number>()
  let units = 0
  const codeOf = (value: unknown): number => {
    const text = read(value)
    const known = dictionary.get(text)
    if (known !== undefined) return known
    units += text.length
    dictionary.set(text, dictionary.size)
    return dictionary.size - 1
  }
  return {
    add(vector, rows) {
      for (let i = 0; i < rows; i++) {
        const value = vector.getItem(i)
        codes.push(value === null ? -1 : codeOf(value))
      }
    },
    finish() {
      // A lone half of a character would change its length on the way.
      const texts = [...dictionary.keys()].map((text) => text.toWellFormed())
      const lengths = Int32Array.from(texts, (text) => text.length)
      const bytes = [codes.bytes(), new Uint8Array(lengths.buffer), new TextEncoder().encode(texts.join(''))]
      return { kind, bytes }
    },
    get size() {
      return 4 * codes.length + 2 * units + 4 * dictionary.size
    },
  }
}
