// node:crypto: the host computes hashes; random values come from the cell's seed.
import { ask } from '../bridge.ts'
import { Buffer } from '../core/buffer/buffer.ts'
import { clock } from '../core/install.ts'
import { argumentTypeError, withCode, domException, outOfRangeError } from '../core/node-error.ts'
import { createRandoms } from '../core/random.ts'
import { Transform } from '../core/stream.ts'
import { bytesOf } from '../core/buffer/text-encoding.ts'
import { copyOf } from './copy-of.ts'

type Data = string | ArrayBufferView | ArrayBuffer
type Callback<T> = (error: Error | null, value: T) => void

const bytesFrom = (name: string, data: unknown, encoding?: string): Uint8Array =>
  copyOf(data, name, 'Buffer, TypedArray, or DataView', encoding)

/** `createHash` and `createHmac`, streams as in Node: parts are buffered, and hashed when the digest is requested. */
class Hashing extends Transform {
  readonly #algorithm: string
  readonly #length: number | undefined
  readonly #key: Uint8Array | undefined
  #parts: Uint8Array[] = []
  #isDone = false
  constructor(algorithm: string, length?: number, key?: Uint8Array) {
    if (typeof algorithm !== 'string') throw argumentTypeError(key ? 'hmac' : 'algorithm', 'of type string', algorithm)
    super()
    this.#algorithm = algorithm
    this.#length = length
    this.#key = key
    // As in Node, an unknown algorithm throws immediately.
    this.#ask([])
  }
  #ask(parts: readonly Uint8Array[]): Uint8Array {
    const args = { algorithm: this.#algorithm, length: this.#length, keyed: this.#key !== undefined }
    const whole = parts.length > 1 ? [Buffer.concat(parts)] : parts
    return ask('crypto.hash', args, this.#key ? [this.#key, ...whole] : whole)[1][0] as Uint8Array
  }
  update(data: Data, encoding?: string): this {
    if (this.#isDone) throw withCode(new Error('Digest already called'), 'ERR_CRYPTO_HASH_FINALIZED')
    this.#parts.push(bytesFrom('data', data, encoding))
    return this
  }
  digest(encoding?: string): unknown {
    if (this.#isDone && !this.#key) throw withCode(new Error('Digest already called'), 'ERR_CRYPTO_HASH_FINALIZED')
    const bytes = this.#isDone ? Buffer.alloc(0) : Buffer.from(this.#ask(this.#parts))
    this.#isDone = true
    this.#parts = []
    return encoding === undefined || encoding === 'buffer' ? bytes : bytes.toString(encoding as BufferEncoding)
  }
  override _transform(chunk: Data, encoding: string, done: (error?: Error | null) => void): void {
    this.update(chunk, encoding)
    done()
  }
  /** The digest may still be requested after a pipe has ended. */
  override _flush(done: (error?: Error | null) => void): void {
    this.push(Buffer.from(this.#ask(this.#parts)))
    done()
  }
  copy(): Hashing {
    if (this.#isDone) throw withCode(new Error('Digest already called'), 'ERR_CRYPTO_HASH_FINALIZED')
    const copy = new Hash(this.#algorithm, this.#length, this.#key)
    copy.#parts = [...this.#parts]
    return copy
  }
}
class Hash extends Hashing {}
class Hmac extends Hashing {}

const randoms = createRandoms(
  () => clock.random(),
  () => domException('QuotaExceededError', 'The requested length exceeds 65,536 bytes', 22),
)

function later<T>(value: () => T, done: Callback<T> | undefined): T | undefined {
  if (done === undefined) return value()
  if (typeof done !== 'function') throw argumentTypeError('callback', 'of type function', done)
  const made = value()
  queueMicrotask(() => done(null, made))
  return undefined
}

function randomInt(first: number, second?: number | Callback<number>, third?: Callback<number>): number | undefined {
  const [least, most] = typeof second === 'number' ? [first, second] : [0, first]
  if (!Number.isSafeInteger(least)) throw argumentTypeError('min', 'a safe integer', least)
  if (!Number.isSafeInteger(most)) throw argumentTypeError('max', 'a safe integer', most)
  if (most <= least) throw outOfRangeError('max', `greater than the value of "min" (${least})`, most)
  return later(() => randoms.randomInt(least, most), typeof second === 'number' ? third : second)
}

function timingSafeEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.byteLength !== b.byteLength) {
    throw withCode(
      new RangeError('Input buffers must have the same byte length'),
      'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH',
    )
  }
  return Buffer.compare(Buffer.from(bytesOf(a)), Buffer.from(bytesOf(b))) === 0
}

const SUBTLE: Readonly<Record<string, string>> = {
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
}

/** The global `crypto`. */
export const webcrypto = {
  getRandomValues: randoms.getRandomValues,
  randomUUID: randoms.randomUUID,
  subtle: {
    async digest(algorithm: string | { name: string }, data: ArrayBuffer | ArrayBufferView): Promise<ArrayBuffer> {
      const name = typeof algorithm === 'string' ? algorithm : algorithm.name
      const known = SUBTLE[name.toUpperCase()]
      if (!known) throw domException('NotSupportedError', 'Unrecognized algorithm name', 9)
      const bytes = new Hash(known).update(data).digest() as Uint8Array
      return new Uint8Array(bytes).buffer
    },
  },
}

export const cryptoModule = {
  Hash,
  Hmac,
  createHash: (algorithm: string, options?: { outputLength?: number }) => new Hash(algorithm, options?.outputLength),
  createHmac: (algorithm: string, key: Data) => new Hmac(algorithm, undefined, bytesFrom('key', key)),
  getHashes: () => ask('crypto.names', null)[0],
  hash: (algorithm: string, data: Data, encoding = 'hex') => new Hash(algorithm).update(data).digest(encoding),
  randomBytes: (size: number, done?: Callback<Buffer>) => later(() => randoms.fill(Buffer.alloc(size)), done),
  randomFillSync: (view: ArrayBufferView, from?: number, size?: number) =>
    randoms.fill(view, from ?? 0, size === undefined ? undefined : (from ?? 0) + size),
  randomInt,
  randomUUID: randoms.randomUUID,
  getRandomValues: randoms.getRandomValues,
  timingSafeEqual,
  subtle: webcrypto.subtle,
  webcrypto,
}
