// Estimates the memory of a compression from its parameters: Brotli and Zstandard allocate whatever they are asked for,
// and a failed allocation ends the whole process.
import { constants } from 'node:zlib'

interface Options {
  readonly params?: Readonly<Record<string, number | boolean>> | undefined
}

const MB = 2 ** 20

/** An upper estimate in bytes for one call of a node:zlib method. */
export function estimateCompressionMemory(method: string, { params = {} }: Options): number {
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
