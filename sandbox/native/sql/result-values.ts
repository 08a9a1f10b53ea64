// Single values of a result as JSON has them: dates as ISO texts, whole numbers as numbers where they are safe.

const DAY_MS = 86_400_000
/** Days and microseconds that a Date can show with four digits of a year. */
const MIN_DAY = -719_162
const MAX_DAY = 2_932_896

/** DATE as '2024-01-31'; DuckDB's own text before year 1, after 9999 and for infinity. */
export function isoDate(value: unknown): string {
  const { days } = value as { readonly days: number }
  return days >= MIN_DAY && days <= MAX_DAY ? new Date(days * DAY_MS).toISOString().slice(0, 10) : String(value)
}

/** TIMESTAMP as '2024-01-31T10:00:00', with as many decimals as it has; one in UTC ends with Z. */
export function isoTimestamp(value: unknown, isUtc: boolean): string {
  const text = String(value)
  const parts = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)/.exec(text)
  return parts ? `${parts[1]}T${parts[2]}${isUtc ? 'Z' : ''}` : text
}

/** What the package gives for nested values, by its class. */
interface Value {
  readonly items?: readonly unknown[]
  readonly entries?: Readonly<Record<string, unknown>> | readonly { readonly key: unknown; readonly value: unknown }[]
  readonly days?: number
  readonly micros?: bigint
  readonly scale?: number
  readonly tag?: string
  readonly value?: unknown
}

/** A value of a list or a struct; a MAP as an object, a UNION as its value. */
export function toJson(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (typeof value !== 'object' || value === null) return value
  const { items, entries, days, scale, tag, value: inner } = value as Value
  if (Array.isArray(items)) return items.map(toJson)
  if (Array.isArray(entries))
    return Object.fromEntries(entries.map((entry) => [String(toJson(entry.key)), toJson(entry.value)]))
  if (entries) return Object.fromEntries(Object.entries(entries).map(([name, each]) => [name, toJson(each)]))
  if (tag !== undefined) return toJson(inner)
  if (scale !== undefined) return Number(textOf(value))
  const name = value.constructor.name
  if (name === 'DuckDBDateValue' && days !== undefined) return isoDate(value)
  if (name.startsWith('DuckDBTimestamp')) return isoTimestamp(value, name === 'DuckDBTimestampTZValue')
  return textOf(value)
}

/** DuckDB's own text: the package's values have it as theirs. */
function textOf(value: { toString(): string }): string {
  return value.toString()
}
