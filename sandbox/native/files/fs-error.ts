// Errors of the session's file system, with Node's codes, numbers and wording.
import { hasUnsafeCharacters } from '../../untrusted-text.ts'

const KINDS: Readonly<Record<string, readonly [errno: number, text: string]>> = {
  EPERM: [-1, 'operation not permitted'],
  ENOENT: [-2, 'no such file or directory'],
  EBUSY: [-16, 'resource busy or locked'],
  EACCES: [-13, 'permission denied'],
  EEXIST: [-17, 'file already exists'],
  ENOTDIR: [-20, 'not a directory'],
  EISDIR: [-21, 'illegal operation on a directory'],
  EINVAL: [-22, 'invalid argument'],
  ENAMETOOLONG: [-36, 'name too long'],
  ENOTEMPTY: [-39, 'directory not empty'],
}

/** Added to Node's wording for names that Node itself would accept. */
const UNSEEN = ' (a name cannot have control characters or invisible characters)'

/** An Error as Node's fs throws it: code, errno, syscall, path and, for two names, dest. */
export function fsError(code: string, syscall: string, path: string, dest?: string): Error {
  const [errno, text] = KINDS[code] ?? [-22, 'invalid argument']
  const names = dest === undefined ? `'${path}'` : `'${path}' -> '${dest}'`
  const why = code === 'EINVAL' && hasUnsafeCharacters(dest ?? path) ? UNSEEN : ''
  const error = new Error(`${code}: ${text}, ${syscall}${syscall === 'read' ? '' : ` ${names}`}${why}`)
  const paths = syscall === 'read' ? {} : { path, ...(dest === undefined ? {} : { dest }) }
  return Object.assign(error, { errno, code, syscall, ...paths })
}
