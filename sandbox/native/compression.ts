// zlib for the guest: Node's own, so that bytes match plain Node; decompressed output is limited like a file.
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import * as z from 'zod/mini'
import { estimateCompressionMemory } from './compression-memory.ts'
import { createGate } from './gate.ts'
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
