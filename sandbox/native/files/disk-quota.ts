// Disk quotas of a session: bytes of one file, number of files, and total bytes.
import type { Limits } from '../../limits.ts'
import { LimitError } from '../operation.ts'

/** Throws a LimitError where a file of `bytes` under `name` would exceed a limit. */
export function checkQuota(
  files: ReadonlyMap<string, { readonly bytes: number }>,
  limits: Limits,
  name: string,
  bytes: number,
): void {
  if (bytes > limits.fileBytes) {
    throw new LimitError(
      'EASEL_LIMIT_FILE_BYTES',
      quotaMessage('The file', name, bytes, limits.fileBytes, 'bytes', 'Make it smaller.'),
    )
  }
  const old = files.get(name)
  if (!old && files.size >= limits.sessionFiles) {
    throw new LimitError(
      'EASEL_LIMIT_FILES',
      quotaMessage('With', name, files.size + 1, limits.sessionFiles, 'files', 'Remove some, or write fewer.'),
    )
  }
  let total = bytes - (old?.bytes ?? 0)
  for (const entry of files.values()) total += entry.bytes
  if (total > limits.sessionBytes) {
    throw new LimitError(
      'EASEL_LIMIT_SESSION',
      quotaMessage('With', name, total, limits.sessionBytes, 'bytes in all', 'Remove some files.'),
    )
  }
}

function quotaMessage(what: string, name: string, actual: number, limit: number, unit: string, cure: string): string {
  const n = (x: number): string => x.toLocaleString('en-US')
  const verb = what === 'With' ? 'the session would have' : 'would have'
  return `${what} ${JSON.stringify(name)} ${verb} ${n(actual)} ${unit}; the limit is ${n(limit)}. ${cure}`
}
