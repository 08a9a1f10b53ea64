// Turns the chunks of a result into column vectors: numbers as they are, dates as ISO texts, whole numbers that a number
// cannot hold as text, lists and structs as JSON.
import type { DuckDBVector } from '@duckdb/node-api'
import type { ColumnKind } from '../../helpers/sql/wire.ts'
import { isoDate, isoTimestamp, toJson } from './result-values.ts'

/** Gathers one column of a result. */
export interface ColumnBuilder {
  add(vector: DuckDBVector, rows: number): void
  /** Its kind and bytes; `isLarge`: its whole numbers are too large, so they are text. */
  finish(): { readonly kind: ColumnKind; readonly bytes: readonly Uint8Array[]; readonly isLarge?: boolean }
  /** Bytes so far. */
  readonly size: number
}

/** DuckDB's type numbers (duckdb.h) that a number holds as they are. */
const SMALL = new Set([2, 3, 4, 6, 7, 8, 10, 11])
const BIG = new Set([5, 9, 16, 32, 35])
const DECIMAL = 19
const BOOLEAN = 1
const DATE = 13
/** Microseconds, and in UTC. Others come as nanoseconds and so on, and are read by way of their text. */
const TIMESTAMPS = new Set([12, 20, 21, 22, 31])
/** LIST, STRUCT, MAP, ARRAY, UNION, VARIANT. */
const NESTED = new Set([24, 25, 26, 33, 28, 41])

/** A builder for a column of this DuckDB type. */
export function buildColumn(type: number): ColumnBuilder {
  if (SMALL.has(type)) return numberBuilder((value) => value as number)
  if (type === DECIMAL) return numberBuilder((value) => Number(String(value)))
  if (BIG.has(type)) return integerBuilder()
  if (type === BOOLEAN) return booleanBuilder()
  if (type === DATE) return textBuilder(isoDate, 'text')
  if (TIMESTAMPS.has(type)) return textBuilder((value) => isoTimestamp(value, type === 31), 'text')
  if (NESTED.has(type)) return textBuilder((value) => JSON.stringify(toJson(value)), 'json')
  return textBuilder(String, 'text')
}

/** A typed array that grows. */
function growing<T extends Float64Array | Int32Array | Uint8Array>(make: (length: number) => T) {
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

function numberBuilder(read: (value: unknown) => number): ColumnBuilder {
  const all = numbers()
  return {
    add(vector, rows) {
      for (let i = 0; i < rows; i++) {
        const value = vector.getItem(i)
        all.push(value === null ? null : read(value))
      }
    },
    finish: () => ({ kind: 'number', bytes: all.bytes() }),
    get size() {
      return 9 * all.length
    },
  }
}

/** Numbers while all are safe integers; from the first that is not, the whole column is text. */
function integerBuilder(): ColumnBuilder {
  const all = numbers()
  let texts: ColumnBuilder | undefined
  const addOne = (value: bigint | null): void => {
    const number = value === null ? null : Number(value)
    if (texts === undefined && (number === null || Number.isSafeInteger(number))) return all.push(number)
    if (texts === undefined) {
      texts = textBuilder(String, 'text')
      const before = Array.from({ length: all.length }, (_, i) => all.at(i))
      texts.add(vectorOf(before), before.length)
    }
    texts.add(vectorOf([value]), 1)
  }
  return {
    add(vector, rows) {
      for (let i = 0; i < rows; i++) addOne(vector.getItem(i) as bigint | null)
    },
    finish: () => (texts ? { ...texts.finish(), isLarge: true } : { kind: 'number', bytes: all.bytes() }),
    get size() {
      return texts?.size ?? 9 * all.length
    },
  }
}

function vectorOf(values: readonly unknown[]): DuckDBVector {
  return { getItem: (i: number) => values[i] } as unknown as DuckDBVector
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
