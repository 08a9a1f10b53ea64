// The visible results of a snippet: its files, what it printed, what it threw.
import { createHash } from 'node:crypto'

export interface Trace {
  /** Name to size and digest, uploads included. */
  readonly files: Readonly<Record<string, string>>
  readonly stdout: string
  readonly stderr: string
  /** `name: message` of what it threw, '' if it ended well. */
  readonly error: string
}

/** The seed and clock of every snippet, the same inside and outside. */
export const CHANCE = { seed: 20_261_121, clock: Date.UTC(2026, 10, 21, 8, 30) } as const

/** A file's size and digest: two that are equal have the same bytes. */
export function fingerprint(bytes: Uint8Array): string {
  return `${bytes.length} bytes, sha256 ${createHash('sha256').update(bytes).digest('hex')}`
}

/** Sorts names, so that two traces compare in any order. */
export function sorted(files: Map<string, string>): Record<string, string> {
  return Object.fromEntries([...files].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
