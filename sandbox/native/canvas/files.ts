// Resolves file names in canvas calls to the session's files below /mnt/data, which is also the working directory.
import { posix } from 'node:path'
import type { SessionFiles } from '../operation.ts'

const ROOT = '/mnt/data'

/** The bytes of a session file; 'missing' also for every path outside /mnt/data. */
export function fileBytes(path: string, files: SessionFiles): Uint8Array | 'missing' | 'folder' {
  const whole = posix.resolve(ROOT, path)
  if (whole === ROOT) return 'folder'
  if (!whole.startsWith(`${ROOT}/`) || path.includes('\0')) return 'missing'
  try {
    return files.read(whole.slice(ROOT.length + 1))
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'missing'
    if (code === 'EISDIR') return 'folder'
    throw error
  }
}

/** The error that the real Image reports for a file it cannot read. */
export function unreadable(path: string, why: 'missing' | 'folder'): Error {
  const reason = why === 'folder' ? 'Is a directory (os error 21)' : 'No such file or directory (os error 2)'
  return Object.assign(new Error(`Failed to read ${path}: ${reason}`), { code: 'GenericFailure' })
}
