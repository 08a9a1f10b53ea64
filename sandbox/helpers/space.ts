// How much a session may still hold. In the sandbox its limits (guest/space-proxy.ts replaces this file); in plain Node
// what the disk has.
import { statfs } from 'node:fs/promises'

export interface Space {
  /** Bytes of one file. */
  readonly fileBytes: number
  /** Bytes of all further files together. */
  readonly bytes: number
  /** Further files. */
  readonly files: number
}

/** The largest byte array of Node. */
const MAX_FILE_BYTES = 2 ** 32

/** What may be written into the working directory. */
export async function spaceLeft(): Promise<Space> {
  const { bavail, bsize } = await statfs('.')
  return { fileBytes: MAX_FILE_BYTES, bytes: bavail * bsize, files: Infinity }
}
