// File names in the sandbox: everything is below /mnt/data, which is also the working directory.
import { hasUnsafeCharacters } from '../../untrusted-text.ts'

const ROOT = '/mnt/data'

/** Maps a path in a snippet to a name below /mnt/data ('' is the folder itself); undefined if it is outside. */
export function nameBelowRoot(path: string): string | undefined {
  const full = path.startsWith('/') ? path : `${ROOT}/${path}`
  const parts: string[] = []
  for (const part of full.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..') parts.pop()
    else parts.push(part)
  }
  if (parts[0] !== 'mnt' || parts[1] !== 'data') return undefined
  return parts.slice(2).join('/').normalize('NFC')
}

/** Why a name is invalid, as an fs code; undefined if it is valid. Invisible characters are refused as useless. */
export function nameProblem(name: string): string | undefined {
  if (hasUnsafeCharacters(name)) return 'EINVAL'
  if (Buffer.byteLength(name) > 1000) return 'ENAMETOOLONG'
  if (name.split('/').some((part) => Buffer.byteLength(part) > 255)) return 'ENAMETOOLONG'
  return undefined
}

/** The folder of a name; '' is /mnt/data. */
export function parentOf(name: string): string {
  const at = name.lastIndexOf('/')
  return at < 0 ? '' : name.slice(0, at)
}
