// What the near side asks of a file before it keeps it: a name that stays below /mnt/data, and room within the quotas.
import type { Limits } from '../../sandbox/limits.ts'

/** A limit or a lie met on the near side; `code` is stable. */
export class FileRefused extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** Names and sizes of what is kept already. */
export type Keeping = ReadonlyMap<string, { readonly bytes: number }>

/** Refuses a name that could lie outside /mnt/data. */
export function checkName(name: string): void {
  const parts = name.split('/')
  const bad =
    !name.isWellFormed() ||
    name.includes('\0') ||
    name.startsWith('/') ||
    parts.some((part) => part === '' || part === '.' || part === '..')
  if (bad || Buffer.byteLength(name) > 1024)
    throw new FileRefused('EASEL_FILE_NAME', `The file name ${JSON.stringify(name.slice(0, 100))} cannot be used.`)
}

/** Refuses a name that is a folder of another file, or lies below one: both could not be on one disk. */
export function checkPlace(files: Keeping, name: string): void {
  for (const other of files.keys()) {
    if (!name.startsWith(`${other}/`) && !other.startsWith(`${name}/`)) continue
    const shown = [name, other].map((one) => JSON.stringify(one.slice(0, 100)))
    throw new FileRefused('EASEL_FILE_NAME', `The file name ${shown[0]} cannot be used: there is a file ${shown[1]}.`)
  }
}

/** Refuses a file of `bytes` that would exceed its own limit or the session's. */
export function checkQuota(files: Keeping, limits: Limits, name: string, bytes: number): void {
  const n = (value: number): string => value.toLocaleString('en-US')
  const shown = JSON.stringify(name)
  if (bytes > limits.fileBytes) {
    throw new FileRefused(
      'EASEL_LIMIT_FILE_BYTES',
      `The file ${shown} has ${n(bytes)} bytes; the limit is ${n(limits.fileBytes)}. Make it smaller.`,
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
