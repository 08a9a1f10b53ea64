// `util.types` of the sandbox: detects a value's type independently of its prototype. Checks that only the engine can
// do (isProxy, isExternal, isModuleNamespaceObject) always return false.

const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1)
const typedName: unknown = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
)?.['get']
const kindOf = (value: unknown): string | undefined => Reflect.apply(typedName as () => string | undefined, value, [])

/** Tests for an internal slot: true if the built-in method does not throw on the value. */
function hasInternalSlot(run: unknown, ...args: unknown[]): (value: unknown) => boolean {
  return (value) => {
    try {
      Reflect.apply(run as () => unknown, value, args)
      return true
    } catch {
      return false
    }
  }
}

const method = (prototype: object, name: string): unknown => Reflect.get(prototype, name)
const getter = (prototype: object, name: string): unknown => Object.getOwnPropertyDescriptor(prototype, name)?.['get']
const tagged =
  (...tags: string[]) =>
  (value: unknown): boolean =>
    tags.includes(tagOf(value)) && isObject(value)
const isObject = (value: unknown): boolean =>
  (typeof value === 'object' && value !== null) || typeof value === 'function'
const never = (): boolean => false

const boxes = {
  isNumberObject: hasInternalSlot(method(Number.prototype, 'valueOf')),
  isStringObject: hasInternalSlot(method(String.prototype, 'valueOf')),
  isBooleanObject: hasInternalSlot(method(Boolean.prototype, 'valueOf')),
  isSymbolObject: hasInternalSlot(method(Symbol.prototype, 'valueOf')),
  isBigIntObject: hasInternalSlot(method(BigInt.prototype, 'valueOf')),
}
const box =
  (is: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    typeof value === 'object' && is(value)
const arrays = [
  'Uint8Array',
  'Uint8ClampedArray',
  'Uint16Array',
  'Uint32Array',
  'Int8Array',
  'Int16Array',
  'Int32Array',
  'Float16Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
]

/** The predicates by name. */
export const types: Readonly<Record<string, (value: unknown) => boolean>> = {
  isDate: hasInternalSlot(method(Date.prototype, 'getTime')),
  isRegExp: hasInternalSlot(getter(RegExp.prototype, 'source')),
  isPromise: (value) => value instanceof Promise,
  isMap: hasInternalSlot(getter(Map.prototype, 'size')),
  isSet: hasInternalSlot(getter(Set.prototype, 'size')),
  isWeakMap: hasInternalSlot(method(WeakMap.prototype, 'has'), {}),
  isWeakSet: hasInternalSlot(method(WeakSet.prototype, 'has'), {}),
  isArrayBuffer: hasInternalSlot(getter(ArrayBuffer.prototype, 'byteLength')),
  isAnyArrayBuffer: hasInternalSlot(getter(ArrayBuffer.prototype, 'byteLength')),
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
