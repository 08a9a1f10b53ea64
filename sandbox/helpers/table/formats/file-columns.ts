// A column as a columnar file (Parquet, Arrow) gives it, brought to the types of tables.

export interface FileColumn {
  readonly name: string
  /** `date`: ISO 8601 texts. */
  readonly type: 'number' | 'text' | 'date' | 'boolean' | 'empty'
  /** Numbers are a Float64Array with NaN for missing ones; others have null. */
  readonly values: Float64Array | readonly (string | boolean | null)[]
}

export interface FileColumns {
  /** All rows of the file, of which the columns may hold the first only. */
  readonly rows: number
  readonly columns: readonly FileColumn[]
  readonly notes: readonly string[]
}

/** Values as a reader gives them: numbers, integers of 64 bits, texts, booleans, nested values; ISO texts for dates. */
export interface RawColumn {
  readonly name: string
  readonly kind: 'plain' | 'date'
  readonly length: number
  readonly chunks: readonly ArrayLike<unknown>[]
}

/** A column of a table. Integers that a number cannot hold make it text of digits; nested values are JSON. */
export function fileColumn({ name, kind, length, chunks }: RawColumn): { column: FileColumn; note?: string } {
  if (kind === 'date') return { column: dates(name, length, chunks) }
  const numbers = numbersOf(length, chunks)
  if (numbers !== undefined) return { column: { name, type: 'number', values: numbers } }
  const values: (string | boolean | null)[] = []
  let isBoolean = true
  let isEmpty = true
  let isLong = true
  let isNested = false
  for (const chunk of chunks) {
    for (let i = 0; i < chunk.length; i++) {
      const value = chunk[i]
      if (value === null || value === undefined) {
        values.push(null)
        continue
      }
      isEmpty = false
      isLong &&= typeof value === 'bigint' || typeof value === 'number'
      if (typeof value === 'boolean') {
        values.push(value)
        continue
      }
      isBoolean = false
      isNested ||= typeof value === 'object'
      values.push(textOf(value))
    }
  }
  if (isEmpty) return { column: { name, type: 'empty', values } }
  if (isBoolean) return { column: { name, type: 'boolean', values } }
  const column: FileColumn = {
    name,
    type: 'text',
    values: values.map((value) => (value === null ? null : String(value))),
  }
  if (isLong) return { column, note: `column '${name}': its integers have more than 15 digits and are kept as text` }
  return isNested ? { column, note: `column '${name}': its nested values are JSON texts` } : { column }
}

/** Undefined if a value is no number, or an integer that a number cannot hold. */
function numbersOf(length: number, chunks: readonly ArrayLike<unknown>[]): Float64Array | undefined {
  const numbers = new Float64Array(length)
  let at = 0
  let isEmpty = true
  for (const chunk of chunks) {
    if (chunk instanceof Float64Array || chunk instanceof Int32Array || chunk instanceof Uint32Array) {
      numbers.set(chunk, at)
      at += chunk.length
      isEmpty &&= chunk.length === 0
      continue
    }
    for (let i = 0; i < chunk.length; i++, at++) {
      const value = chunk[i]
      if (value === null || value === undefined) {
        numbers[at] = NaN
        continue
      }
      if (typeof value === 'bigint') {
        if (value > MAX_SAFE || value < -MAX_SAFE) return undefined
      } else if (typeof value !== 'number') return undefined
      numbers[at] = Number(value)
      isEmpty = false
    }
  }
  return isEmpty ? undefined : numbers
}

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER)
const MIDNIGHT = 'T00:00:00'

/** Times that are all at midnight are dates, as systems write them that have no type for dates. */
function dates(name: string, length: number, chunks: readonly ArrayLike<unknown>[]): FileColumn {
  const values: (string | null)[] = Array.from({ length }, () => null)
  let at = 0
  let isMidnight = true
  let isEmpty = true
  for (const chunk of chunks)
    for (let i = 0; i < chunk.length; i++, at++) {
      const value = chunk[i]
      if (typeof value !== 'string') continue
      values[at] = value
      isEmpty = false
      isMidnight &&= value.endsWith(MIDNIGHT)
    }
  if (isMidnight && !isEmpty) return { name, type: 'date', values: values.map((value) => value?.slice(0, 10) ?? null) }
  return { name, type: isEmpty ? 'empty' : 'date', values }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof Uint8Array) return Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('')
  if (typeof value === 'object') return JSON.stringify(value, (_, part: unknown) => plain(part))
  return String(value)
}

function plain(part: unknown): unknown {
  if (typeof part === 'bigint') return Number.isSafeInteger(Number(part)) ? Number(part) : String(part)
  if (ArrayBuffer.isView(part) && !(part instanceof DataView)) return Array.from(part as unknown as ArrayLike<unknown>)
  return part
}

/** Dates recur in columns. */
const days = new Map<number, string>()
const MAX_DAYS = 50_000
const DAY = 86_400_000
const MAX_TIME = 8.64e15
const TWO = Array.from({ length: 60 }, (_, i) => String(i).padStart(2, '0'))

/** '2024-01-31' from days since 1970; undefined beyond the years that a Date has. */
export function isoDay(day: number): string | undefined {
  let text = days.get(day)
  if (text === undefined && Math.abs(day * DAY) <= MAX_TIME) {
    text = new Date(day * DAY).toISOString().slice(0, -14)
    if (days.size >= MAX_DAYS) days.clear()
    days.set(day, text)
  }
  return text
}

/** ISO 8601 without a zone from milliseconds since 1970; `fraction`: digits of the second after its milliseconds. */
export function isoTime(milliseconds: number, fraction = ''): string | undefined {
  const day = isoDay(Math.floor(milliseconds / DAY))
  if (day === undefined) return undefined
  const rest = milliseconds - Math.floor(milliseconds / DAY) * DAY
  const seconds = Math.floor(rest / 1000)
  const clock = `${TWO[Math.floor(seconds / 3600)]}:${TWO[Math.floor(seconds / 60) % 60]}:${TWO[seconds % 60]}`
  const digits = rest % 1000 === 0 && fraction === '' ? '' : String(rest % 1000).padStart(3, '0') + fraction
  return digits === '' ? `${day}T${clock}` : `${day}T${clock}.${digits.replace(/0+$/, '')}`
}
