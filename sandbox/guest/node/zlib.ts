// node:zlib: whole byte arrays are sent to the host; streams collect what is written and emit the result at the end.
import { ask, call } from '../bridge.ts'
import { asBuffer, Buffer } from '../core/buffer/buffer.ts'
import { argumentTypeError } from '../core/node-error.ts'
import { Transform } from '../core/stream.ts'
import { copyOf } from './copy-of.ts'

type Callback = (error: Error | null, bytes?: Uint8Array) => void
interface Options {
  readonly dictionary?: unknown
  readonly [name: string]: unknown
}

const METHODS = [
  ['deflate', 'Deflate'],
  ['inflate', 'Inflate'],
  ['deflateRaw', 'DeflateRaw'],
  ['inflateRaw', 'InflateRaw'],
  ['gzip', 'Gzip'],
  ['gunzip', 'Gunzip'],
  ['unzip', 'Unzip'],
  ['brotliCompress', 'BrotliCompress'],
  ['brotliDecompress', 'BrotliDecompress'],
  ['zstdCompress', 'ZstdCompress'],
  ['zstdDecompress', 'ZstdDecompress'],
] as const
const NUMBERS = ['level', 'memLevel', 'strategy', 'windowBits', 'flush', 'finishFlush', 'maxOutputLength'] as const

function requestOf(method: string, data: unknown, options: Options = {}): readonly [object, Uint8Array[]] {
  const given: Record<string, unknown> = {}
  for (const name of NUMBERS) if (typeof options[name] === 'number') given[name] = options[name]
  if (options['params']) given['params'] = options['params']
  const dictionary = options.dictionary === undefined ? undefined : bytesFrom('dictionary', options.dictionary)
  const args = { method, options: given, hasDictionary: dictionary !== undefined }
  return [args, [bytesFrom('buffer', data), ...(dictionary ? [dictionary] : [])]]
}

const bytesFrom = (name: string, data: unknown): Uint8Array =>
  copyOf(data, name, 'Buffer, TypedArray, DataView, or ArrayBuffer')

/** The three forms of a method: synchronous, callback and stream. */
function formsOf(method: string, name: string): Record<string, unknown> {
  const atOnce = (data: unknown, options?: Options): Buffer => {
    return asBuffer(ask('zlib.sync', ...requestOf(method, data, options))[1][0] as Uint8Array)
  }
  const withCallback = (data: unknown, options: Options | Callback, callback?: Callback): void => {
    const done = typeof options === 'function' ? options : callback
    if (typeof done !== 'function') throw argumentTypeError('callback', 'of type function', done)
    const request = requestOf(method, data, typeof options === 'function' ? {} : options)
    call('zlib.async', ...request).then(
      ([, [bytes]]) => done(null, asBuffer(bytes as Uint8Array)),
      (error: Error) => done(error),
    )
  }
  const stream = (options?: Options): InstanceType<typeof Transform> => {
    const parts: Uint8Array[] = []
    return new Transform({
      transform(part: Uint8Array, _encoding, next) {
        parts.push(part)
        next()
      },
      flush(next) {
        withCallback(Buffer.concat(parts), options ?? {}, next)
      },
    })
  }
  Object.defineProperty(withCallback, 'name', { value: method })
  return { [method]: withCallback, [`${method}Sync`]: atOnce, [`create${name}`]: stream }
}

const forms = Object.assign({}, ...METHODS.map(([method, name]) => formsOf(method, name))) as Record<string, unknown>

export const zlibModule = {
  ...forms,
  crc32: (data: unknown, value = 0) => ask('zlib.crc32', value, [bytesFrom('data', data)])[0],
  constants: ask('zlib.constants', null)[0],
}
