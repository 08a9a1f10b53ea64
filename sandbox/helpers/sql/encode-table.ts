// A table of the snippet as column vectors for the engine: the narrowest type that all its values have, so that SQL sees
// whole numbers, dates and truth values as such.
import type { ColumnData } from '../table/columns.ts'
import { daysOf, microsOf } from './iso-dates.ts'
import { MISSING_DAY, type ColumnHead, type ColumnKind } from './wire.ts'

/** A table as it goes to the engine. */
export interface EncodedTable {
  readonly rows: number
  readonly columns: readonly ColumnHead[]
  readonly bytes: readonly Uint8Array[]
}

interface EncodedColumn {
  readonly kind: ColumnKind
  readonly bytes: readonly Uint8Array[]
}

/** Encodes the columns of a table, which `where` names in errors. Those whose names differ only in case get a number. */
export function encodeTable(
  where: string,
  columns: readonly ColumnData[],
  isIncluded: (name: string) => boolean = () => true,
): EncodedTable {
  if (columns.length === 0) throw new TypeError(`${where} has no columns`)
  const names = distinctNames(columns.map(({ name }) => name))
  const included = names.flatMap((name, i) => (isIncluded(name) ? [{ name, column: columns[i] as ColumnData }] : []))
  const encoded = included.map(({ name, column }) => ({ name, ...encodeColumn(column) }))
  return {
    rows: columns[0]?.length ?? 0,
    columns: encoded.map(({ name, kind }) => ({ name, kind })),
    bytes: encoded.flatMap(({ bytes }) => bytes),
  }
}

/** SQL does not tell 'A' from 'a', and wants some name. */
export function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name, i) => {
    const own = name === '' ? `column${i + 1}` : name
    let distinct = own
    for (let n = 1; taken.has(distinct.toLowerCase()); n++) distinct = `${own}_${n}`
    taken.add(distinct.toLowerCase())
    return distinct
  })
}

function encodeColumn({ type, length, numbers, codes, dictionary }: ColumnData): EncodedColumn {
  if (numbers && type === 'boolean') {
    const values = new Uint8Array(length)
    for (let i = 0; i < length; i++) values[i] = numbers[i] === 1 ? 1 : numbers[i] === 0 ? 0 : 2
    return { kind: 'boolean', bytes: [values] }
  }
  if (numbers) return encodeNumbers(numbers)
  return encodeTexts(codes ?? new Int32Array(length).fill(-1), dictionary ?? [])
}

function encodeNumbers(values: Float64Array): EncodedColumn {
  let areWhole = true
  for (let i = 0; areWhole && i < values.length; i++) {
    const value = values[i] as number
    areWhole = Number.isSafeInteger(value) || Number.isNaN(value)
  }
  return { kind: areWhole ? 'integer' : 'number', bytes: [bytesOf(values)] }
}

/** Texts, or dates where every one of the dictionary is an ISO date. */
function encodeTexts(codes: Int32Array, dictionary: readonly string[]): EncodedColumn {
  const days = dictionary.length > 0 ? allOf(dictionary, daysOf) : undefined
  if (days) {
    const values = new Int32Array(codes.length)
    for (let i = 0; i < codes.length; i++)
      values[i] = codes[i] === -1 ? MISSING_DAY : (days[codes[i] as number] as number)
    return { kind: 'date', bytes: [bytesOf(values)] }
  }
  const micros = dictionary.length > 0 ? allOf(dictionary, microsOf) : undefined
  if (micros) {
    const values = new Float64Array(codes.length)
    for (let i = 0; i < codes.length; i++)
      values[i] = codes[i] === -1 ? Number.NaN : (micros[codes[i] as number] as number)
    return { kind: 'timestamp', bytes: [bytesOf(values)] }
  }
  const texts = dictionary.map((text) => text.replaceAll('\0', '\u{fffd}').toWellFormed())
  const lengths = Int32Array.from(texts, ({ length }) => length)
  return { kind: 'text', bytes: [bytesOf(codes), bytesOf(lengths), new TextEncoder().encode(texts.join(''))] }
}

/** Whether dictionaries are of times: each text is looked at once. */
const times = new WeakMap<readonly string[], boolean>()

/** Whether the engine keeps the column as points in time, which it writes in another form. */
export function holdsTimes({ codes, dictionary = [] }: ColumnData): boolean {
  if (codes === undefined || dictionary.length === 0) return false
  const are = times.get(dictionary) ?? (!allOf(dictionary, daysOf) && allOf(dictionary, microsOf) !== undefined)
  times.set(dictionary, are)
  return are
}

/** What `read` makes of all texts; undefined if it cannot read one of them. */
function allOf(texts: readonly string[], read: (text: string) => number | undefined): number[] | undefined {
  const all: number[] = []
  for (const text of texts) {
    const value = read(text)
    if (value === undefined) return undefined
    all.push(value)
  }
  return all
}

function bytesOf(values: Float64Array | Int32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}
