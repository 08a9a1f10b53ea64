// `node:zlib` for bundled packages.
import { zlibModule } from './zlib.ts'
import type * as zlib from 'node:zlib'

export const { crc32, inflateRawSync } = zlibModule as unknown as typeof zlib
