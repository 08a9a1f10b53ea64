// The npm `buffer` package with slow or missing parts replaced, so that results and errors match Node's Buffer.
import { Buffer as Base, INSPECT_MAX_BYTES } from 'buffer/'
import { numberMethods } from './numbers.ts'
import { encodingNamed, encodingOf, fromText, textLength, toText } from './text.ts'
import { argumentTypeError, withCode, domException, outOfRangeError, describeReceived } from '../node-error.ts'
import { bytesOf } from './text-encoding.ts'

export const Buffer = Base

const plainFrom = Base.from.bind(Base) as (...args: unknown[]) => Uint8Array
const plainAlloc = Base.alloc.bind(Base) as (...args: unknown[]) => Uint8Array
const plainConcat = Base.concat.bind(Base) as (...args: unknown[]) => Uint8Array
const plainCompare = Base.compare.bind(Base)
const plainToString = Base.prototype.toString
const plainWrite = Base.prototype.write

const MAX = Number.MAX_SAFE_INTEGER
const inspecting = Symbol.for('nodejs.util.inspect.custom')

/** A Buffer that shares the memory of `bytes`. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Object.setPrototypeOf(bytes, Base.prototype) as Buffer
}

/** Installs `Buffer`, `atob` and `btoa`. */
export function installBuffer(realm: typeof globalThis): void {
  Object.assign(Base, statics)
  for (const [name, value] of Object.entries({ ...numberMethods(), ...methods })) {
    Object.defineProperty(Base.prototype, name, { value, writable: true, configurable: true, enumerable: true })
  }
  Object.defineProperty(Base.prototype, inspecting, { value: inspected, writable: true, configurable: true })
  Object.assign(realm, { Buffer, atob, btoa })
}

const statics = {
  poolSize: 65_536,
  from(value: unknown, encodingOrOffset?: unknown, length?: unknown): Uint8Array {
    if (typeof value === 'string') {
      const bytes = fromText(value, encodingOf(typeof encodingOrOffset === 'string' ? encodingOrOffset : undefined))
      return bytes ? asBuffer(bytes) : plainFrom(value, encodingOrOffset)
    }
    if (value === null || typeof value !== 'object') throw notBytes(value)
    if (value instanceof Uint8Array) return asBuffer(new Uint8Array(value))
    try {
      return plainFrom(value, encodingOrOffset, length)
    } catch (error) {
      throw error instanceof TypeError ? notBytes(value) : error
    }
  },
  alloc: (size: unknown, fill?: unknown, encoding?: unknown): Uint8Array => {
    const bytes = plainAlloc(checkedSize(size)) as Buffer
    return fill === undefined || fill === 0 ? bytes : bytes.fill(fill as string, encoding as BufferEncoding)
  },
  allocUnsafe: (size: unknown): Uint8Array => plainAlloc(checkedSize(size)),
  allocUnsafeSlow: (size: unknown): Uint8Array => plainAlloc(checkedSize(size)),
  copyBytesFrom: (view: ArrayBufferView & { subarray?: unknown }, offset = 0, length?: number): Uint8Array => {
    const typed = view as unknown as Uint8Array
    return asBuffer(bytesOf(typed.subarray(offset, length === undefined ? undefined : offset + length)).slice())
  },
  concat(list: unknown, total?: number): Uint8Array {
    if (!Array.isArray(list)) throw argumentTypeError('list', 'an instance of Array', list)
    list.forEach((one: unknown, i) => checkBytes(`list[${i}]`, one))
    return plainConcat(list, total)
  },
  compare(a: unknown, b: unknown): number {
    return plainCompare(checkBytes('buf1', a), checkBytes('buf2', b))
  },
  byteLength(value: unknown, encoding?: unknown): number {
    if (typeof value === 'string') return textLength(value, encodingNamed(encoding ?? 'utf8') ?? 'utf8')
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value.byteLength
    throw argumentTypeError('string', 'of type string or an instance of Buffer or ArrayBuffer', value)
  },
  isEncoding: (name: unknown): boolean => typeof name === 'string' && encodingNamed(name) !== undefined,
}

const methods = {
  toString(this: Uint8Array, encoding?: unknown, start = 0, end = this.length): string {
    const part = start === 0 && end >= this.length ? this : this.subarray(Math.max(0, start), Math.max(0, end))
    const kind = encodingOf(encoding)
    return toText(part, kind) ?? plainToString.call(this, kind, start, end)
  },
  write(this: Uint8Array, text: unknown, ...rest: unknown[]): number {
    if (typeof text !== 'string') throw argumentTypeError('string', 'of type string', text)
    const encoding = encodingOf(rest.find((x) => typeof x === 'string'))
    const numbers = rest.filter((x) => typeof x === 'number')
    const offset = numbers[0] ?? 0
    if (offset < 0 || offset > this.length) throw outOfRangeError('offset', `>= 0 and <= ${this.length}`, offset)
    const bytes = fromText(text, encoding)
    if (!bytes) return Reflect.apply(plainWrite, this, [text, ...rest]) as number
    const space = Math.min(numbers[1] ?? Infinity, this.length - offset)
    const fits = encoding === 'utf8' ? wholeCharacters(bytes, space) : Math.min(bytes.length, space)
    this.set(bytes.subarray(0, fits), offset)
    return fits
  },
  fill(this: Uint8Array, value: unknown, ...rest: unknown[]): Uint8Array {
    const encoding = encodingOf(rest.find((x) => typeof x === 'string'))
    const [start = 0, end = this.length] = rest.filter((x) => typeof x === 'number')
    if (start < 0) throw outOfRangeError('offset', `>= 0 and <= ${MAX}`, start)
    if (end < 0 || end > this.length) throw outOfRangeError('end', `>= 0 and <= ${this.length}`, end)
    const pattern = typeof value === 'string' ? Buffer.from(value, encoding as BufferEncoding) : value
    if (!(pattern instanceof Uint8Array)) return Uint8Array.prototype.fill.call(this, Number(pattern) & 255, start, end)
    for (let at = start; at < end; at++)
      this[at] = pattern.length > 0 ? (pattern[(at - start) % pattern.length] as number) : 0
    return this
  },
  ...Object.fromEntries([2, 4, 8].map((size) => [`swap${size * 8}`, swapper(size)])),
}

function swapper(size: number) {
  return function swap(this: Uint8Array): Uint8Array {
    if (this.length % size !== 0) {
      throw withCode(new RangeError(`Buffer size must be a multiple of ${size * 8}-bits`), 'ERR_INVALID_BUFFER_SIZE')
    }
    for (let at = 0; at < this.length; at += size) this.subarray(at, at + size).reverse()
    return this
  }
}

/** Prints a Buffer as Node does: the first 50 bytes, then the number of remaining bytes. */
function inspected(this: Uint8Array): string {
  const hex = toText(this.subarray(0, INSPECT_MAX_BYTES), 'hex') ?? ''
  const more = this.length - INSPECT_MAX_BYTES
  const rest = more > 0 ? ` ... ${more} more byte${more > 1 ? 's' : ''}` : ''
  return `<${this.constructor.name} ${hex.replace(/(..)(?=.)/g, '$1 ')}${rest}>`
}

function checkedSize(size: unknown): number {
  if (typeof size !== 'number') throw argumentTypeError('size', 'of type number', size)
  if (!(size >= 0 && size <= MAX)) throw outOfRangeError('size', `>= 0 && <= ${MAX}`, size)
  if (size >= 2 ** 32) throw new RangeError('Array buffer allocation failed')
  return size
}

function checkBytes(name: string, value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value
  throw argumentTypeError(name, 'an instance of Buffer or Uint8Array', value)
}

function notBytes(value: unknown): TypeError {
  const wanted = 'of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object'
  return withCode(
    new TypeError(`The first argument must be ${wanted}. Received ${describeReceived(value)}`),
    'ERR_INVALID_ARG_TYPE',
  )
}

function wholeCharacters(bytes: Uint8Array, space: number): number {
  if (bytes.length <= space) return bytes.length
  let end = space
  while (end > 0 && ((bytes[end] as number) & 0xc0) === 0x80) end--
  return end
}

function atob(text: unknown): string {
  const clean = String(text)
    .replace(/[\t\n\f\r ]/g, '')
    .replace(/^((?:.{4})*)(..)==$|^((?:.{4})*)(...)=$/, '$1$2$3$4')
  if (/[^A-Za-z0-9+/]/.test(clean) || clean.length % 4 === 1) {
    throw domException('InvalidCharacterError', 'The string to be decoded is not correctly encoded.', 5)
  }
  return Buffer.from(clean, 'base64').toString('latin1')
}

function btoa(text: unknown): string {
  const plain = String(text)
  if (/[^\0-\u00ff]/.test(plain)) throw domException('InvalidCharacterError', 'Invalid character', 5)
  return Buffer.from(plain, 'latin1').toString('base64')
}

export const bufferModule = {
  Buffer,
  get Blob() {
    return globalThis.Blob
  },
  atob,
  btoa,
  constants: { MAX_LENGTH: MAX, MAX_STRING_LENGTH: 536_870_888 },
  kMaxLength: MAX,
  kStringMaxLength: 536_870_888,
  INSPECT_MAX_BYTES,
  isAscii: (bytes: Uint8Array): boolean => bytesOf(bytes).every((byte) => byte < 128),
  isUtf8: (bytes: Uint8Array): boolean => {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes) !== undefined
    } catch {
      return false
    }
  },
  transcode: (bytes: Uint8Array, from: BufferEncoding, to: BufferEncoding): Uint8Array =>
    Buffer.from(asBuffer(new Uint8Array(bytes)).toString(from), to),
}
