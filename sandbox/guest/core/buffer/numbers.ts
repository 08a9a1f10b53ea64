// Buffer's methods for reading and writing numbers, with Node's argument checks and error messages.
import { argumentTypeError, withCode, outOfRangeError } from '../node-error.ts'

type Reader = (this: Uint8Array, offset?: unknown) => number | bigint
type Writer = (this: Uint8Array, value: unknown, offset?: unknown) => number
type Methods = Record<string, unknown>

/** The methods by name, including the `Uint` spellings. */
export function numberMethods(): Methods {
  const methods: Methods = {}
  for (const order of ['LE', 'BE'] as const) {
    for (const signed of [true, false]) {
      const kind = signed ? 'Int' : 'UInt'
      for (const bits of [8, 16, 32] as const) {
        if (bits === 8 && order === 'BE') continue
        const suffix = bits === 8 ? '8' : `${bits}${order}`
        methods[`read${kind}${suffix}`] = reader(`get${signed ? 'Int' : 'Uint'}${bits}`, bits / 8, order === 'LE')
        methods[`write${kind}${suffix}`] = wholeWriter(
          `set${signed ? 'Int' : 'Uint'}${bits}`,
          bits / 8,
          signed,
          order === 'LE',
        )
      }
      methods[`readBig${kind}64${order}`] = reader(signed ? 'getBigInt64' : 'getBigUint64', 8, order === 'LE')
      methods[`writeBig${kind}64${order}`] = bigWriter(signed, order === 'LE')
      methods[`read${kind}${order}`] = sizedReader(signed, order === 'LE')
      methods[`write${kind}${order}`] = sizedWriter(signed, order === 'LE')
    }
    methods[`readFloat${order}`] = reader('getFloat32', 4, order === 'LE')
    methods[`readDouble${order}`] = reader('getFloat64', 8, order === 'LE')
    methods[`writeFloat${order}`] = floatWriter('setFloat32', 4, order === 'LE')
    methods[`writeDouble${order}`] = floatWriter('setFloat64', 8, order === 'LE')
  }
  for (const [name, method] of Object.entries(methods)) methods[name.replace('UInt', 'Uint')] = method
  return methods
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Returns the offset if `size` bytes fit at it; throws Node's error otherwise. */
function checkOffset(bytes: Uint8Array, offset: unknown, size: number): number {
  if (typeof offset !== 'number') throw argumentTypeError('offset', 'of type number', offset)
  const last = bytes.length - size
  if (offset >= 0 && offset <= last && Number.isInteger(offset)) return offset
  if (!Number.isInteger(offset)) throw outOfRangeError('offset', 'an integer', offset)
  if (last < 0)
    throw withCode(new RangeError('Attempt to access memory outside buffer bounds'), 'ERR_BUFFER_OUT_OF_BOUNDS')
  throw outOfRangeError('offset', `>= 0 and <= ${last}`, offset)
}

function reader(method: string, size: number, little: boolean): Reader {
  return function read(offset = 0) {
    const view = viewOf(this) as unknown as Record<string, (at: number, little: boolean) => number>
    return view[method]!(checkOffset(this, offset, size), little)
  }
}

/** Formats a range as Node does: small bounds as digits, large ones as powers of two. */
function rangeOf(size: number, signed: boolean, n = ''): string {
  const bits = size * 8
  if (size > 2) {
    return signed
      ? `>= -(2${n} ** ${bits - 1}${n}) and < 2${n} ** ${bits - 1}${n}`
      : `>= 0${n} and < 2${n} ** ${bits}${n}`
  }
  return signed ? `>= -${2 ** (bits - 1)} and <= ${2 ** (bits - 1) - 1}` : `>= 0 and <= ${2 ** bits - 1}`
}

function inRange(value: number, size: number, signed: boolean): void {
  const most = signed ? 2 ** (size * 8 - 1) - 1 : 2 ** (size * 8) - 1
  if (value > most || value < (signed ? -most - 1 : 0)) throw outOfRangeError('value', rangeOf(size, signed), value)
}

function wholeWriter(method: string, size: number, signed: boolean, little: boolean): Writer {
  return function write(given, offset = 0) {
    const value = Number(given)
    if (typeof offset !== 'number') throw argumentTypeError('offset', 'of type number', offset)
    inRange(value, size, signed)
    const view = viewOf(this) as unknown as Record<string, (at: number, value: number, little: boolean) => void>
    view[method]!(checkOffset(this, offset, size), value, little)
    return offset + size
  }
}

function floatWriter(method: 'setFloat32' | 'setFloat64', size: number, little: boolean): Writer {
  return function write(given, offset = 0) {
    const at = checkOffset(this, offset, size)
    viewOf(this)[method](at, Number(given), little)
    return at + size
  }
}

function bigWriter(signed: boolean, little: boolean): Writer {
  return function write(given, offset = 0) {
    const value = given as bigint
    const most = signed ? 2n ** 63n - 1n : 2n ** 64n - 1n
    if (value > most || value < (signed ? -most - 1n : 0n))
      throw outOfRangeError('value', rangeOf(8, signed, 'n'), value)
    const at = checkOffset(this, offset, 8)
    viewOf(this)[signed ? 'setBigInt64' : 'setBigUint64'](at, value, little)
    return at + 8
  }
}

function checkSize(size: unknown): asserts size is number {
  if (typeof size !== 'number') throw argumentTypeError('byteLength', 'of type number', size)
  if (!Number.isInteger(size)) throw outOfRangeError('byteLength', 'an integer', size)
  if (size < 1 || size > 6) throw outOfRangeError('byteLength', '>= 1 and <= 6', size)
}

function sizedReader(signed: boolean, little: boolean) {
  return function read(this: Uint8Array, offset: unknown, size: unknown): number {
    if (offset === undefined) throw argumentTypeError('offset', 'of type number', offset)
    checkSize(size)
    const at = checkOffset(this, offset, size)
    let value = 0
    for (let i = 0; i < size; i++) value = value * 256 + (this[little ? at + size - 1 - i : at + i] as number)
    return signed && value >= 2 ** (size * 8 - 1) ? value - 2 ** (size * 8) : value
  }
}

function sizedWriter(signed: boolean, little: boolean) {
  return function write(this: Uint8Array, given: unknown, offset: unknown, size: unknown): number {
    checkSize(size)
    const value = Number(given)
    if (typeof offset !== 'number') throw argumentTypeError('offset', 'of type number', offset)
    inRange(value, size, signed)
    const at = checkOffset(this, offset, size)
    let rest = value < 0 ? value + 2 ** (size * 8) : value
    for (let i = 0; i < size; i++) {
      this[little ? at + i : at + size - 1 - i] = rest % 256
      rest = Math.floor(rest / 256)
    }
    return at + size
  }
}
