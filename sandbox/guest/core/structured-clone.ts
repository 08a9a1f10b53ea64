// structuredClone for a bare isolate (the HTML standard's algorithm); binary data is copied as a block, not by element.

type Seen = Map<object, unknown>

/** A deep copy; functions and symbols throw a DataCloneError, as in Node. Class instances become plain objects. */
export function structuredClone<T>(value: T): T {
  return copy(value, new Map()) as T
}

function copy(value: unknown, seen: Seen): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') throw notCloneable(value)
  if (value === null || typeof value !== 'object') return value
  const known = seen.get(value)
  if (known !== undefined) return known
  const made = special(value, seen)
  if (made !== undefined) return made
  if (value instanceof WeakMap || value instanceof WeakSet || value instanceof WeakRef || value instanceof Promise)
    throw notCloneable(value)
  const target: Record<string, unknown> | unknown[] = Array.isArray(value) ? new Array<unknown>(value.length) : {}
  seen.set(value, target)
  for (const key of Object.keys(value)) {
    ;(target as Record<string, unknown>)[key] = copy((value as Record<string, unknown>)[key], seen)
  }
  return target
}

/** Copies built-in objects; undefined for arrays and plain objects. */
function special(value: object, seen: Seen): unknown {
  const keep = <T>(made: T): T => {
    seen.set(value, made)
    return made
  }
  if (ArrayBuffer.isView(value)) return keep(copyView(value, seen))
  if (value instanceof ArrayBuffer) return keep(value.slice(0))
  if (value instanceof Date) return keep(new Date(value.getTime()))
  if (value instanceof RegExp) return keep(new RegExp(value.source, value.flags))
  if (value instanceof Boolean || value instanceof Number || value instanceof String)
    return keep(Object(value.valueOf()))
  if (value instanceof Error) return keep(copyError(value, seen))
  if (value instanceof Map) {
    const made = keep(new Map<unknown, unknown>())
    for (const [key, item] of value) made.set(copy(key, seen), copy(item, seen))
    return made
  }
  if (value instanceof Set) {
    const made = keep(new Set<unknown>())
    for (const item of value) made.add(copy(item, seen))
    return made
  }
  return undefined
}

/** A view over a copy of its whole buffer; views that share a buffer still share it. A Buffer becomes a Uint8Array. */
function copyView(view: ArrayBufferView, seen: Seen): unknown {
  const buffer = copy(view.buffer, seen) as ArrayBuffer
  if (view instanceof DataView) return new DataView(buffer, view.byteOffset, view.byteLength)
  const Kind = kindOf(view) as new (buffer: ArrayBuffer, offset: number, length: number) => unknown
  return new Kind(buffer, view.byteOffset, (view as Uint8Array).length)
}

const nameOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag)?.get

function kindOf(view: ArrayBufferView): unknown {
  const name = nameOf?.call(view) as string
  return (globalThis as Record<string, unknown>)[name]
}

const ERRORS = ['EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError']

function copyError(error: Error, seen: Seen): Error {
  const Kind = (
    ERRORS.includes(error.name) ? (globalThis as Record<string, unknown>)[error.name] : Error
  ) as ErrorConstructor
  const made = new Kind(error.message)
  if ('cause' in error) made.cause = copy(error.cause, seen)
  if (error.stack !== undefined) made.stack = error.stack
  return made
}

function notCloneable(value: unknown): Error {
  const text =
    typeof value === 'object'
      ? Object.prototype.toString.call(value).replace('[object ', '#<').replace(']', '>')
      : String(value)
  const error = new Error(`${text} could not be cloned.`)
  error.name = 'DataCloneError'
  return Object.assign(error, { code: 25 })
}
