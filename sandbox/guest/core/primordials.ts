// Built-ins as they were before any snippet ran: the code that talks across the isolate wall uses only these.

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

/** Copies a byte array into one that nobody else has seen, without running a getter of the guest's. */
export function freshBytes(from: Uint8Array): Uint8Array {
  const size = apply(lengthOf, from, [])
  const copy = new FreshUint8Array(size)
  apply(setBytes, copy, [from])
  return copy
}

/** `then` of the real Promise. */
export function whenSettled(
  promise: Promise<unknown>,
  done: (value: unknown) => void,
  failed: (e: unknown) => void,
): void {
  void apply(promiseThen, promise, [done, failed])
}

/** At most `size` characters of a string. */
export function cut(text: string, size: number): string {
  return apply(stringSlice, text, [0, min(text.length, size)])
}

/** A string from any value, '?' where its conversion throws. */
export function textOf(value: unknown): string {
  try {
    return typeof value === 'string' ? value : StringOf(value)
  } catch {
    return '?'
  }
}

export { apply, defineProperty, FreshPromise, getOwnPropertyDescriptor, jsonParse, jsonStringify, ownKeys }
