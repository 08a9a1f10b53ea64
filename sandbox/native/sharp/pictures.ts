// Pictures given by name: reads them from the session's files, and rewords sharp's errors on buffers to those on files.
import { posix } from 'node:path'
import type { SessionFiles } from '../operation.ts'

const ROOT = '/mnt/data'
/** No file exists below a device, so sharp itself reports a missing file, in its usual order among other errors. */
const MISSING_PREFIX = '/dev/null/easel-'
/** Given to sharp in place of a folder or an empty file: bytes that are not a picture. */
const NO_PICTURE = 0

/** The named pictures of one request. */
export interface Pictures {
  /** The bytes of a file, or a path below a device if it does not exist. */
  load(name: string): Buffer | string
  /** The file name behind a Buffer or path from `named`. */
  nameOf(source: Buffer | string): string | undefined
  /** Replaces the paths of missing files with their names. */
  replacePaths(message: string): string
}

/** Reads each named picture once; errors other than a missing file are rethrown. */
export function namedPictures(files: SessionFiles): Pictures {
  const sources = new Map<string, Buffer | string>()
  const names = new Map<Buffer | string, string>()
  const missing: string[] = []

  const read = (name: string): Buffer | string => {
    const path = pathBelowRoot(name)
    if (path === undefined) return `${MISSING_PREFIX}${missing.push(name) - 1}`
    try {
      const bytes = path === '' ? Buffer.alloc(0) : files.read(path)
      return bytes.length > 0 ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) : Buffer.of(NO_PICTURE)
    } catch (error) {
      const { code } = error as { code?: unknown }
      if (code === 'EISDIR') return Buffer.of(NO_PICTURE)
      if (code === 'ENOENT' || code === 'ENOTDIR') return `${MISSING_PREFIX}${missing.push(name) - 1}`
      throw error
    }
  }

  return {
    load(name) {
      const source = sources.get(name) ?? read(name)
      sources.set(name, source)
      names.set(source, name)
      return source
    },
    nameOf: (source) => names.get(source),
    replacePaths: (message) =>
      message.replace(/Input file is missing: \/dev\/null\/easel-(\d+)/g, (_, at: string) =>
        missingText(missing[Number(at)]!),
      ),
  }
}

/** sharp's message on bytes, reworded as for the file of that name. */
export function rewordBufferError(message: string, name: string): string {
  return message
    .replace(/^Input buffer (contains|has)/, 'Input file $1')
    .replace(/\b(\w+load)_buffer:/g, '$1:')
    .replaceAll('source: bad seek', `${name}: bad seek`)
}

/** A name below /mnt/data, '' for that folder itself; undefined outside it. Relative names start there. */
export function pathBelowRoot(name: string): string | undefined {
  if (name.includes('\0')) return undefined
  const path = posix.resolve(ROOT, name)
  if (path === ROOT) return ''
  return path.startsWith(`${ROOT}/`) ? path.slice(ROOT.length + 1) : undefined
}

function missingText(name: string): string {
  if (!name.includes('<svg')) return `Input file is missing: ${name.split('\0')[0]}`
  const start = Buffer.from(name).subarray(0, 8).toString()
  return `Input file is missing, did you mean sharp(Buffer.from('${start}...')?`
}
