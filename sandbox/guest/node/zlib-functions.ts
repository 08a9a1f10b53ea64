// `node:zlib` for the helpers: what they use of it, found at the first call, so that a start costs nothing for it.
import type * as zlib from 'node:zlib'

// The bundler runs a required module at the first call of `require`, not at startup.
declare const require: (name: string) => { zlibModule: typeof zlib }

const whole = (): typeof zlib => require('./zlib.ts').zlibModule

export const brotliDecompressSync: typeof zlib.brotliDecompressSync = (...given) =>
  whole().brotliDecompressSync(...given)
export const zstdDecompressSync: typeof zlib.zstdDecompressSync = (...given) => whole().zstdDecompressSync(...given)
export const inflateRawSync: typeof zlib.inflateRawSync = (...given) => whole().inflateRawSync(...given)
export const crc32: typeof zlib.crc32 = (...given) => whole().crc32(...given)
