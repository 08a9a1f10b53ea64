// Checks of what callers hand in; every message names the function, the argument, what was expected and what came.

/** A TypeError in one form: `turn: expected a number of degrees for degrees, received "left" (string)`. */
export function wrong(where: string, name: string, expected: string, actual: unknown): TypeError {
  return new TypeError(`${where}: expected ${expected} for ${name}, received ${shown(actual)}`)
}

/** A finite number of `min`..`max`, both allowed. */
export function numberIn(where: string, name: string, value: unknown, min: number, max: number, unit = ''): number {
  if (typeof value === 'number' && value >= min && value <= max && Number.isFinite(value)) return value
  throw wrong(where, name, `a number${unit && ` of ${unit}`}${range(min, max)}`, value)
}

/** A whole number of `min`..`max`, both allowed. */
export function integerIn(where: string, name: string, value: unknown, min: number, max: number, unit = ''): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value
  throw wrong(where, name, `a whole number${unit && ` of ${unit}`}${range(min, max)}`, value)
}

/** One of the listed strings. */
export function oneOf<T extends string>(where: string, name: string, value: unknown, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value)
  if (found !== undefined) return found
  throw wrong(where, name, `one of ${choices.map((choice) => `'${choice}'`).join(', ')}`, value)
}

/** A string; numbers are taken as their digits. */
export function textOf(where: string, name: string, value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  throw wrong(where, name, 'a string', value)
}

/** An array (or other iterable except a string) as an array. */
export function listOf<T>(where: string, name: string, value: Iterable<T>, least = 0): T[] {
  const iterable: unknown = value
  const isList = typeof iterable === 'object' && iterable !== null && Symbol.iterator in iterable
  if (!isList || iterable instanceof Uint8Array) throw wrong(where, name, 'an array', value)
  const list = [...value]
  if (list.length < least)
    throw new TypeError(`${where}: expected at least ${least} of ${name}, received ${list.length}`)
  return list
}

/** A value as a short text for an error message. */
export function shown(value: unknown): string {
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
