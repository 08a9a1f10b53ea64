// `util.types` of the sandbox: what a value is, whatever its prototype says. What only the engine knows (isProxy,
// isExternal, isModuleNamespaceObject) is always false.

const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1)
const typedName = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag)!.get!
const kindOf = (value: unknown): string | undefined => typedName.call(value) as string | undefined

/** True if the built-in method works on the value: it has the internal slot. */
function answers(method: ((...args: never[]) => unknown) | undefined, ...args: unknown[]): (value: unknown) => boolean {
  return (value) => {
    try {
      Reflect.apply(method as () => unknown, value, args)
      return true
    } catch {
      return false
    }
  }
}

const getter = (prototype: object, name: string): (() => unknown) | undefined =>
  Object.getOwnPropertyDescriptor(prototype, name)?.get
const tagged =
  (...tags: string[]) =>
  (value: unknown): boolean =>
    tags.includes(tagOf(value)) && isObject(value)
const isObject = (value: unknown): boolean =>
  (typeof value === 'object' && value !== null) || typeof value === 'function'
const never = (): boolean => false

const boxes = {
  isNumberObject: answers(Number.prototype.valueOf),
  isStringObject: answers(String.prototype.valueOf),
  isBooleanObject: answers(Boolean.prototype.valueOf),
  isSymbolObject: answers(Symbol.prototype.valueOf),
  isBigIntObject: answers(BigInt.prototype.valueOf),
}
const box =
  (is: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    typeof value === 'object' && is(value)
const arrays = ['Uint8Array', 'Uint8ClampedArray', 'Uint16Array', 'Uint32Array', 'Int8Array', 'Int16Array', 'Int32Array', 'Float16Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array']

/** The predicates by name. */
export const types: Readonly<Record<string, (value: unknown) => boolean>> = {
  isDate: answers(Date.prototype.getTime),
  isRegExp: answers(getter(RegExp.prototype, 'source')),
  isPromise: (value) => value instanceof Promise,
  isMap: answers(getter(Map.prototype, 'size')),
  isSet: answers(getter(Set.prototype, 'size')),
  isWeakMap: answers(WeakMap.prototype.has, {}),
  isWeakSet: answers(WeakSet.prototype.has, {}),
  isArrayBuffer: answers(getter(ArrayBuffer.prototype, 'byteLength')),
  isAnyArrayBuffer: answers(getter(ArrayBuffer.prototype, 'byteLength')),
  isSharedArrayBuffer: never,
  isDataView: (value) => ArrayBuffer.isView(value) && kindOf(value) === undefined,
  isTypedArray: (value) => kindOf(value) !== undefined,
  isArrayBufferView: (value) => ArrayBuffer.isView(value),
  isNativeError: (value) => isObject(value) && tagOf(value) === 'Error',
  isGeneratorFunction: (value) => typeof value === 'function' && tagOf(value).endsWith('GeneratorFunction'),
  isAsyncFunction: (value) => typeof value === 'function' && tagOf(value).startsWith('Async'),
  isGeneratorObject: tagged('Generator', 'AsyncGenerator'),
  isMapIterator: tagged('Map Iterator'),
  isSetIterator: tagged('Set Iterator'),
  isArgumentsObject: tagged('Arguments'),
  isBoxedPrimitive: (value) => Object.values(boxes).some((is) => box(is)(value)),
  isProxy: never,
  isExternal: never,
  isModuleNamespaceObject: never,
  ...Object.fromEntries(Object.entries(boxes).map(([name, is]) => [name, box(is)])),
  ...Object.fromEntries(arrays.map((name) => [`is${name}`, (value: unknown) => kindOf(value) === name])),
}
