// The npm `buffer` package with its slow or missing parts replaced: utf8, hex, base64, base64url, latin1, 64-bit reads.
import { Buffer as Base, constants, INSPECT_MAX_BYTES, kMaxLength } from 'buffer/'
import { bytesOf, decodeUtf8, encodeUtf8 } from './text.ts'

type Coding = { toBase64(options?: object): string; toHex(): string }
type Decoding = { fromBase64(text: string, options?: object): Uint8Array; fromHex(text: string): Uint8Array }
const Bytes = Uint8Array as unknown as Decoding

export const Buffer = Base as unknown as typeof globalThis.Buffer

const plainFrom = Base.from.bind(Base) as (...args: unknown[]) => Uint8Array
const plainToString = Base.prototype.toString
const plainByteLength = Base.byteLength.bind(Base)
const plainWrite = Base.prototype.write

/** A Buffer over the same memory. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Object.setPrototypeOf(bytes, Base.prototype) as Buffer
}

function fromText(text: string, encoding: string): Uint8Array | undefined {
  switch (encoding) {
    case 'utf8':
    case 'utf-8':
      return encodeUtf8(text)
    case 'base64':
    case 'base64url':
      return fromBase64(text)
    case 'hex':
      return fromHex(text)
    default:
      return undefined
  }
}

/** As Node does: both alphabets, white space and anything after `=` skipped. */
function fromBase64(text: string): Uint8Array {
  const end = text.indexOf('=')
  const clean = (end < 0 ? text : text.slice(0, end)).replace(/[^A-Za-z0-9+/_-]/g, '').replace(/-/g, '+').replace(/_/g, '/')
  const whole = clean.length % 4 === 1 ? clean.slice(0, -1) : clean
  return Bytes.fromBase64(whole, { lastChunkHandling: 'loose' })
}

/** As Node does: stops at the first pair that is not hexadecimal. */
function fromHex(text: string): Uint8Array {
  const good = /^(?:[0-9a-fA-F]{2})*/.exec(text)?.[0] ?? ''
  return Bytes.fromHex(good)
}

function toText(bytes: Uint8Array, encoding: string): string | undefined {
  switch (encoding) {
    case 'utf8':
    case 'utf-8':
      return decodeUtf8(bytes)
    case 'base64':
      return (bytes as unknown as Coding).toBase64()
    case 'base64url':
      return (bytes as unknown as Coding).toBase64({ alphabet: 'base64url', omitPadding: true })
    case 'hex':
      return (bytes as unknown as Coding).toHex()
    default:
      return undefined
  }
}

function read64(method: 'getBigUint64' | 'getBigInt64', littleEndian: boolean) {
  return function read(this: Uint8Array, offset = 0): bigint {
    if (offset < 0 || offset + 8 > this.length) throw outOfRange('offset', this.length - 8, offset)
    return new DataView(this.buffer, this.byteOffset, this.byteLength)[method](offset, littleEndian)
  }
}

function outOfRange(name: string, most: number, actual: number): RangeError {
  const text = `The value of "${name}" is out of range. It must be >= 0 and <= ${most}. Received ${actual}`
  return Object.assign(new RangeError(text), { code: 'ERR_OUT_OF_RANGE' })
}

/** Installs `Buffer`, `atob` and `btoa`. */
export function installBuffer(realm: typeof globalThis): void {
  const from = (value: unknown, encodingOrOffset?: unknown, length?: unknown): Uint8Array => {
    if (typeof value === 'string') {
      const bytes = fromText(value, String(encodingOrOffset ?? 'utf8').toLowerCase())
      if (bytes) return asBuffer(bytes)
    }
    return plainFrom(value, encodingOrOffset, length)
  }
  Object.assign(Base, {
    from,
    copyBytesFrom: (view: ArrayBufferView) => asBuffer(bytesOf(view).slice()),
    byteLength: (value: unknown, encoding?: unknown) =>
      typeof value === 'string' && /^utf-?8$/i.test(String(encoding ?? 'utf8'))
        ? encodeUtf8(value).length
        : plainByteLength(value as string, encoding as BufferEncoding),
    isEncoding: (name: unknown) =>
      /^(utf-?8|hex|base64|base64url|ascii|latin1|binary|ucs-?2|utf-?16le)$/i.test(String(name)),
  })
  Object.assign(Base.prototype, {
    toString(this: Uint8Array, encoding?: unknown, start = 0, end = this.length): string {
      const part = start === 0 && end >= this.length ? this : this.subarray(Math.max(0, start), Math.max(0, end))
      const text = toText(part, String(encoding ?? 'utf8').toLowerCase())
      return text ?? plainToString.call(this as never, encoding as BufferEncoding, start, end)
    },
    write(this: Uint8Array, text: string, ...rest: unknown[]): number {
      const encoding = String(rest.find((x) => typeof x === 'string') ?? 'utf8').toLowerCase()
      const numbers = rest.filter((x) => typeof x === 'number') as number[]
      const bytes = fromText(text, encoding)
      if (!bytes) return Reflect.apply(plainWrite, this, [text, ...rest]) as number
      const offset = numbers[0] ?? 0
      const room = Math.min(numbers[1] ?? Infinity, this.length - offset)
      const fits = encoding.startsWith('utf') ? wholeCharacters(bytes, room) : Math.min(bytes.length, room)
      this.set(bytes.subarray(0, fits), offset)
      return fits
    },
    readBigUInt64LE: read64('getBigUint64', true),
    readBigUInt64BE: read64('getBigUint64', false),
    readBigInt64LE: read64('getBigInt64', true),
    readBigInt64BE: read64('getBigInt64', false),
  })
  Object.assign(realm, {
    Buffer,
    atob: (text: string) => Buffer.from(String(text), 'base64').toString('latin1'),
    btoa: (text: string) => Buffer.from(String(text), 'latin1').toString('base64'),
  })
}

function wholeCharacters(bytes: Uint8Array, room: number): number {
  if (bytes.length <= room) return bytes.length
  let end = room
  while (end > 0 && ((bytes[end] as number) & 0xc0) === 0x80) end--
  return end
}

/** What `node:buffer` exports. */
export const bufferModule = { Buffer, constants, INSPECT_MAX_BYTES, kMaxLength, SlowBuffer: Buffer }
