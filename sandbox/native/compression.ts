// zlib for the guest: Node's own, so that bytes match plain Node; decompressed output is limited like a file.
import { promisify } from 'node:util'
import zlib, { constants } from 'node:zlib'
import * as z from 'zod/mini'
import { createGate } from './concurrency-limit.ts'
import { type OperationResult, LimitError, type Operations } from './operation.ts'

/** Methods that also have a `…Sync` variant. */
const METHODS = [
  'deflate',
  'inflate',
  'deflateRaw',
  'inflateRaw',
  'gzip',
  'gunzip',
  'unzip',
  'brotliCompress',
  'brotliDecompress',
  'zstdCompress',
  'zstdDecompress',
] as const

const figure = z.int().check(z.minimum(-(2 ** 31)), z.maximum(2 ** 31))
const requestSchema = z.object({
  method: z.enum(METHODS),
  options: z.object({
    level: z.optional(figure),
    memLevel: z.optional(figure),
    strategy: z.optional(figure),
    windowBits: z.optional(figure),
    flush: z.optional(figure),
    finishFlush: z.optional(figure),
    params: z.optional(z.record(z.string().check(z.regex(/^\d{1,4}$/)), z.union([figure, z.boolean()]))),
    maxOutputLength: z.optional(z.int().check(z.minimum(1))),
  }),
  /** Whether the second byte array is a dictionary. */
  hasDictionary: z.boolean(),
})
type CompressionRequest = z.infer<typeof requestSchema>
/** Memory in bytes of one compression, and of all that run at once. */
const MAX_MEMORY = 256 * 2 ** 20
const MAX_CONCURRENT = 4
const gate = createGate(MAX_CONCURRENT, MAX_MEMORY)
type Run<T> = (bytes: Uint8Array, options: object) => T

export const compressionOperations: Operations = {
  'zlib.sync': (args, bytes, { limits }) => {
    const request = requestSchema.parse(args)
    const { method } = request
    const run = zlib[`${method}Sync`] as Run<Uint8Array>
    checkMemory(request)
    return runLimited(request, bytes, limits.fileBytes, (given, options) => [null, [copyBytes(run(given, options))]])
  },
  'zlib.async': (args, bytes, { limits }) => {
    const request = requestSchema.parse(args)
    const { method } = request
    const run = promisify(zlib[method] as never) as unknown as Run<Promise<Uint8Array>>
    return gate(checkMemory(request), () =>
      runLimited(request, bytes, limits.fileBytes, async (given, options): Promise<OperationResult> => {
        return [null, [copyBytes(await run(given, options))]]
      }),
    )
  },
  'zlib.crc32': (args, bytes) => {
    const value = z
      .int()
      .check(z.minimum(0), z.maximum(2 ** 32 - 1))
      .parse(args)
    return [zlib.crc32(bytes[0] ?? new Uint8Array(0), value), []]
  },
  'zlib.constants': () => [{ ...zlib.constants }, []],
}

/** The memory that a request takes; throws a LimitError above the limit of one. */
function checkMemory({ method, options }: CompressionRequest): number {
  const bytes = estimateCompressionMemory(method, options)
  if (bytes <= MAX_MEMORY) return bytes
  const [wanted, most] = [bytes, MAX_MEMORY].map((one) => Math.round(one / 2 ** 20).toLocaleString('en-US'))
  throw new LimitError(
    'EASEL_LIMIT_COMPRESSION',
    `${method} with these parameters takes about ${wanted} MB of memory; the limit is ${most} MB. Take a smaller window or a lower level.`,
  )
}

/** Runs with bounded output. Exceeding the bound is a file-size LimitError unless the snippet set a lower one. */
function runLimited<T>(
  { options, hasDictionary }: CompressionRequest,
  bytes: readonly Uint8Array[],
  most: number,
  run: (bytes: Uint8Array, options: object) => T,
): T {
  const maxOutputLength = Math.min(options.maxOutputLength ?? most, most)
  const all = { ...options, maxOutputLength, ...(hasDictionary && { dictionary: bytes[1] }) }
  const toFileLimit = (error: unknown): unknown => {
    const isLong = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    return isLong && maxOutputLength === most ? tooLong(most) : error
  }
  try {
    const done = run(bytes[0] ?? new Uint8Array(0), all)
    if (!(done instanceof Promise)) return done
    return done.catch((error: unknown) => {
      throw toFileLimit(error)
    }) as T
  } catch (error) {
    throw toFileLimit(error)
  }
}

function tooLong(most: number): LimitError {
  const mb = Math.round(most / 1_000_000).toLocaleString('en-US')
  return new LimitError('EASEL_LIMIT_FILE_BYTES', `The output is larger than a file may be, ${mb} MB.`)
}

/** Copies out of Node's buffer pool: pooled memory must not cross the wall. */
function copyBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes)
}

interface Options {
  readonly params?: Readonly<Record<string, number | boolean>> | undefined
}

const MB = 2 ** 20

/** An upper estimate in bytes for one call of a node:zlib method. */
function estimateCompressionMemory(method: string, { params = {} }: Options): number {
  const parameter = (key: number, fallback: number): number => {
    const value = params[String(key)]
    return value === undefined ? fallback : Number(value)
  }
  switch (method) {
    case 'brotliCompress': {
      const isLarge = parameter(constants.BROTLI_PARAM_LARGE_WINDOW, 0) !== 0
      const bits = Math.min(parameter(constants.BROTLI_PARAM_LGWIN, constants.BROTLI_DEFAULT_WINDOW), isLarge ? 30 : 24)
      const isSlow = parameter(constants.BROTLI_PARAM_QUALITY, constants.BROTLI_DEFAULT_QUALITY) >= 10
      // At slow qualities each window position has two links to others, 8 bytes.
      return 2 ** bits * (isSlow ? 12 : 4) + 40 * MB
    }
    case 'brotliDecompress':
      return parameter(constants.BROTLI_DECODER_PARAM_LARGE_WINDOW, 0) === 0 ? 32 * MB : 2 ** 31
    case 'zstdCompress': {
      const level = parameter(constants.ZSTD_c_compressionLevel, constants.ZSTD_CLEVEL_DEFAULT)
      // The level tables: at level 22 a window of 2^27, and 2^25 hash and 2^27 chain entries of 4 bytes.
      const [window, hash, chain] = level >= 20 ? [27, 25, 27] : level >= 16 ? [23, 22, 24] : [22, 22, 22]
      const logs = [
        parameter(constants.ZSTD_c_windowLog, window),
        parameter(constants.ZSTD_c_hashLog, hash) + 2,
        parameter(constants.ZSTD_c_chainLog, chain) + 2,
      ]
      // Long-distance matching has its own table of 8 bytes an entry; large windows enable it implicitly.
      const windowLog = logs[0]!
      const isDistant = parameter(constants.ZSTD_c_enableLongDistanceMatching, 0) !== 0 || windowLog >= 27
      const asked = params[String(constants.ZSTD_c_ldmHashLog)] !== undefined
      const distant =
        isDistant || asked ? 8 * 2 ** Math.max(20, parameter(constants.ZSTD_c_ldmHashLog, windowLog - 7)) : 0
      return logs.reduce((sum, log) => sum + 2 ** log, 0) * 1.25 + distant + 8 * MB
    }
    case 'zstdDecompress':
      return 2 ** parameter(constants.ZSTD_d_windowLogMax, 27) + 8 * MB
    default:
      return MB
  }
}
