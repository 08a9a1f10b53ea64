// `util.isDeepStrictEqual`: same prototypes and own enumerable properties, values compared by Object.is, cycles
// supported.

/** Whether two values are deeply and strictly equal, as in `assert.deepStrictEqual`. */
export function isDeepStrictEqual(a: unknown, b: unknown): boolean {
  return equal(a, b, new Map())
}

type Pairs = Map<object, unknown>

function equal(a: unknown, b: unknown, open: Pairs): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (open.get(a) === b) return true
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false
  const tag = Object.prototype.toString.call(a)
  if (tag !== Object.prototype.toString.call(b)) return false
  open.set(a, b)
  const same = contents(a, b, open) && properties(a, b, open)
  open.delete(a)
  return same
}

const isBox = (value: object): boolean =>
  /^\[object (?:Number|String|Boolean)\]$/.test(Object.prototype.toString.call(value))

/** Compares the internal contents of built-in objects. */
function contents(a: object, b: object, open: Pairs): boolean {
  if (a instanceof Date) return a.getTime() === (b as Date).getTime()
  if (a instanceof RegExp) return a.toString() === (b as RegExp).toString() && a.lastIndex === (b as RegExp).lastIndex
  if (a instanceof Error) return a.message === (b as Error).message && a.name === (b as Error).name
  if (isBox(a)) return Object.is(a.valueOf(), b.valueOf())
  if (a instanceof Set)
    return a.size === (b as Set<unknown>).size && [...a].every((one) => holds(b as Set<unknown>, one, open))
  if (a instanceof Map)
    return (
      a.size === (b as Map<unknown, unknown>).size &&
      [...a].every((pair) => maps(b as Map<unknown, unknown>, pair, open))
    )
  if (a instanceof ArrayBuffer) return equal(new Uint8Array(a), new Uint8Array(b as ArrayBuffer), open)
  if (Array.isArray(a)) return a.length === (b as unknown[]).length
  return true
}

function holds(set: Set<unknown>, wanted: unknown, open: Pairs): boolean {
  return (
    set.has(wanted) ||
    (wanted !== null && typeof wanted === 'object' && [...set].some((one) => equal(wanted, one, open)))
  )
}

function maps(map: Map<unknown, unknown>, [key, value]: [unknown, unknown], open: Pairs): boolean {
  if (map.has(key)) return equal(value, map.get(key), open)
  return typeof key === 'object' && [...map].some(([k, v]) => equal(key, k, open) && equal(value, v, open))
}

function properties(a: object, b: object, open: Pairs): boolean {
  const keys = ownKeys(a)
  if (keys.length !== ownKeys(b).length) return false
  return keys.every(
    (key) => Object.prototype.propertyIsEnumerable.call(b, key) && equal(a[key as never], b[key as never], open),
  )
}

function ownKeys(value: object): PropertyKey[] {
  const symbols = Object.getOwnPropertySymbols(value).filter((key) =>
    Object.prototype.propertyIsEnumerable.call(value, key),
  )
  return [...Object.keys(value), ...symbols]
}
