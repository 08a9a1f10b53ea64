// Argument validation; every message names the function, the argument, what was expected and what was received.

/** Creates a TypeError such as `turn: expected a number of degrees for degrees, received "left" (string)`. */
export function argumentError(where: string, name: string, expected: string, actual: unknown): TypeError {
  return new TypeError(`${where}: expected ${expected} for ${name}, received ${formatValue(actual)}`)
}

/** Requires a finite number from `min` to `max`, inclusive. */
export function numberIn(where: string, name: string, value: unknown, min: number, max: number, unit = ''): number {
  if (typeof value === 'number' && value >= min && value <= max && Number.isFinite(value)) return value
  throw argumentError(where, name, `a number${unit && ` of ${unit}`}${range(min, max)}`, value)
}

/** Requires an integer from `min` to `max`, inclusive. */
export function integerIn(where: string, name: string, value: unknown, min: number, max: number, unit = ''): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value
  throw argumentError(where, name, `a whole number${unit && ` of ${unit}`}${range(min, max)}`, value)
}

/** Requires one of the listed strings. */
export function oneOf<T extends string>(where: string, name: string, value: unknown, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value)
  if (found !== undefined) return found
  throw argumentError(where, name, `one of ${choices.map((choice) => `'${choice}'`).join(', ')}`, value)
}

/** Requires a string; numbers are converted to strings. */
export function textOf(where: string, name: string, value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  throw argumentError(where, name, 'a string', value)
}

/** Converts an array or other iterable (but not a string) to an array. */
export function listOf<T>(where: string, name: string, value: Iterable<T>, least = 0): T[] {
  const iterable: unknown = value
  const isList = typeof iterable === 'object' && iterable !== null && Symbol.iterator in iterable
  if (!isList || iterable instanceof Uint8Array) throw argumentError(where, name, 'an array', value)
  const list = [...value]
  if (list.length < least)
    throw new TypeError(`${where}: expected at least ${least} in ${name}, received ${list.length}`)
  return list
}

/** Formats a value as a short text for an error message. */
export function formatValue(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (typeof value === 'string')
    return `${JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)} (string)`
  if (typeof value === 'function') return 'a function'
  if (value instanceof Uint8Array) return `${value.length} bytes`
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (value instanceof Promise) return 'a Promise (await it first)'
  if (typeof value === 'object') return `an object with ${Object.keys(value).slice(0, 6).join(', ') || 'no keys'}`
  return `${String(value)} (${typeof value})`
}

function range(min: number, max: number): string {
  if (min === -Infinity && max === Infinity) return ''
  if (max === Infinity) return ` of at least ${min}`
  return ` from ${min} to ${max}`
}
