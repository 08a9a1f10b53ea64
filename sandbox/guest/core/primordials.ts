// Built-ins captured before any snippet runs; code that communicates across the isolate wall uses only these.

const { apply, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect
const TypedArrayPrototype = getPrototypeOf(Uint8Array.prototype) as Uint8Array
const { get: lengthOf } = Object.getOwnPropertyDescriptor(TypedArrayPrototype, 'length') as { get(): number }
const { set: setBytes } = TypedArrayPrototype
const FreshUint8Array = Uint8Array
const { stringify: jsonStringify, parse: jsonParse } = JSON
const { min } = Math
const { slice: stringSlice } = String.prototype
const { then: promiseThen } = Promise.prototype
const FreshPromise = Promise
const StringOf = String

/** Copies a byte array into a new one that no other code references, without running guest getters. */
export function freshBytes(from: Uint8Array): Uint8Array {
  const size = apply(lengthOf, from, [])
  const copy = new FreshUint8Array(size)
  apply(setBytes, copy, [from])
  return copy
}

/** The original Promise's `then`. */
export function whenSettled(
  promise: Promise<unknown>,
  done: (value: unknown) => void,
  failed: (e: unknown) => void,
): void {
  void apply(promiseThen, promise, [done, failed])
}

/** At most the first `size` characters of a string. */
export function cut(text: string, size: number): string {
  return apply(stringSlice, text, [0, min(text.length, size)])
}

/** Converts any value to a string; '?' if its conversion throws. */
export function textOf(value: unknown): string {
  try {
    return typeof value === 'string' ? value : StringOf(value)
  } catch {
    return '?'
  }
}

export { apply, defineProperty, FreshPromise, getOwnPropertyDescriptor, jsonParse, jsonStringify, ownKeys }
