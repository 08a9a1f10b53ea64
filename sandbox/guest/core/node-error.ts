// Node's errors for invalid arguments, with Node's classes, codes and messages.

/** A TypeError for an argument of the wrong type; `expected` as in 'of type string'. */
export function argumentTypeError(name: string, expected: string, actual: unknown): TypeError {
  return withCode(
    new TypeError(`The "${name}" argument must be ${expected}. Received ${describeReceived(actual)}`),
    'ERR_INVALID_ARG_TYPE',
  )
}

/** A RangeError for a value outside its range; `range` as in '>= 0 and <= 255' or 'an integer'. */
export function outOfRangeError(name: string, range: string, actual: unknown): RangeError {
  const text = `The value of "${name}" is out of range. It must be ${range}. Received ${figure(actual)}`
  return withCode(new RangeError(text), 'ERR_OUT_OF_RANGE')
}

/** A TypeError for a value of the right type that is not valid. */
export function argumentValueError(name: string, reason: string, shown: string): TypeError {
  return withCode(new TypeError(`The argument '${name}' ${reason}. Received ${shown}`), 'ERR_INVALID_ARG_VALUE')
}

/** Adds a code to the error; as in Node, it is printed only in braces after the stack. */
export function withCode<T extends Error>(error: T, code: string): T {
  return Object.assign(error, { code })
}

/** A DOMException-like error: its name identifies its kind. */
export function domException(name: string, message: string, code: number): Error {
  const error = new Error(message)
  Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true })
  return Object.defineProperty(error, 'code', { value: code, configurable: true })
}

/** The error that an operation rejects with when its signal is aborted. */
export function aborted(signal: AbortSignal | undefined): Error {
  const error = domException('AbortError', 'The operation was aborted', 20)
  return Object.assign(error, { cause: signal?.reason as unknown })
}

/** Describes the received value in Node's wording: its type and a short form. */
export function describeReceived(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (typeof value === 'function') return `function ${value.name}`
  if (typeof value === 'object') {
    const name: unknown = value.constructor?.name
    return name ? `an instance of ${String(name)}` : '[Object: null prototype] {}'
  }
  if (typeof value !== 'string') return `type ${typeof value} (${figure(value)})`
  const short = value.length > 28 ? `${value.slice(0, 25)}...` : value
  return short.includes("'") ? `type string (${JSON.stringify(short)})` : `type string ('${short}')`
}

/** Formats large integers with an underscore every three digits. */
function figure(value: unknown): string {
  if (typeof value === 'number') {
    if (Object.is(value, -0)) return '-0'
    return Number.isInteger(value) && Math.abs(value) > 2 ** 32 ? grouped(String(value)) : String(value)
  }
  if (typeof value !== 'bigint') return typeof value === 'string' ? `'${value}'` : String(value)
  const large = value > 2n ** 32n || value < -(2n ** 32n)
  return `${large ? grouped(String(value)) : String(value)}n`
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, '_')
}
