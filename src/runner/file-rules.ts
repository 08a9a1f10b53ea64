// What the near side checks before it keeps a file: the name stays below /mnt/data, and the quotas allow it.
import { hasUnsafeCharacters, escapeUnsafeCharacters } from '../../sandbox/untrusted-text.ts'
import { maxFileBytes, type Limits } from '../../sandbox/limits.ts'

/** A file that the near side refuses, for a limit or as invalid; `code` is stable. */
export class FileRefused extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** Names and sizes of the files kept so far. */
export type KeptFileSizes = ReadonlyMap<string, { readonly bytes: number }>

/** UTF-8 bytes of the whole name and of one path component. */
const MAX_NAME_BYTES = 1024
const MAX_PART_BYTES = 255

/** Refuses a name that could escape /mnt/data, that no file system accepts, or that has invisible characters. */
export function checkName(name: string): void {
  checkPath(name)
  if (name.split('/').some((part) => Buffer.byteLength(part) > MAX_PART_BYTES)) throw refusedName(name)
  if (hasUnsafeCharacters(name))
    throw refusedName(name, ': it has control characters or other invisible ones. Remove them')
}

/** Refuses a name that could escape /mnt/data; a journal may have others that `checkName` refuses now. */
export function checkPath(name: string): void {
  const parts = name.split('/')
  const bad =
    !name.isWellFormed() ||
    name.includes('\0') ||
    name.startsWith('/') ||
    parts.some((part) => part === '' || part === '.' || part === '..')
  if (bad || Buffer.byteLength(name) > MAX_NAME_BYTES) throw refusedName(name)
}

function refusedName(name: string, why = ''): FileRefused {
  const shown = escapeUnsafeCharacters(JSON.stringify(name.slice(0, 100)))
  return new FileRefused('EASEL_FILE_NAME', `The file name ${shown} cannot be used${why}.`)
}

/** Refuses a name that is a parent folder of another file, or lies below one: a disk cannot have both. */
export function checkPathConflict(files: KeptFileSizes, name: string): void {
  for (const other of files.keys()) {
    if (!name.startsWith(`${other}/`) && !other.startsWith(`${name}/`)) continue
    const shown = [name, other].map((one) => JSON.stringify(one.slice(0, 100)))
    throw new FileRefused('EASEL_FILE_NAME', `The file name ${shown[0]} cannot be used: there is a file ${shown[1]}.`)
  }
}

/** Refuses a file of the user that may not have this name or size beside `files`. */
export function checkUpload(
  files: readonly { readonly name: string; readonly bytes: number }[],
  limits: Limits,
  name: string,
  bytes: number,
): void {
  const sizes = new Map(files.map((file) => [file.name, file]))
  checkName(name)
  checkPathConflict(sizes, name)
  checkQuota(sizes, limits, name, bytes)
}

/** Refuses a file of `bytes` that would exceed its own limit or the session's. */
export function checkQuota(files: KeptFileSizes, limits: Limits, name: string, bytes: number): void {
  const n = (value: number): string => value.toLocaleString('en-US')
  const shown = JSON.stringify(name)
  const largest = maxFileBytes(limits, name)
  if (bytes > largest) {
    throw new FileRefused(
      'EASEL_LIMIT_FILE_BYTES',
      `The file ${shown} has ${n(bytes)} bytes; the limit is ${n(largest)}. Make it smaller.`,
    )
  }
  const count = files.size + (files.has(name) ? 0 : 1)
  if (count > limits.sessionFiles) {
    throw new FileRefused(
      'EASEL_LIMIT_FILES',
      `With ${shown} the session would have ${n(count)} files; the limit is ${n(limits.sessionFiles)}. Remove some files.`,
    )
  }
  let total = bytes
  for (const [other, file] of files) if (other !== name) total += file.bytes
  if (total > limits.sessionBytes) {
    throw new FileRefused(
      'EASEL_LIMIT_SESSION',
      `With ${shown} the session would have ${n(total)} bytes in all; the limit is ${n(limits.sessionBytes)}. Remove some files.`,
    )
  }
}
