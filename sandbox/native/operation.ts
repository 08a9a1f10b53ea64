// What a native half is: operations by name, each of which checks what the guest sent before it acts.
import type { Limits } from '../limits.ts'

export type Answer = readonly [value: unknown, bytes: readonly Uint8Array[]]

/** The session's files as the native halves see them; names are paths below /mnt/data, already checked. */
export interface Files {
  /** The bytes of a file; throws ENOENT, EISDIR as Node does. */
  read(name: string): Uint8Array
  /** Writes the whole file; throws a `LimitError` past the quotas. */
  write(name: string, bytes: Uint8Array): void
}

export interface Context {
  readonly limits: Limits
  readonly files: Files
  /** Tells the person how far long work has come. */
  progress(done: number, total: number, label: string): void
  /** Tells whoever wrote the snippet that something was taken otherwise than it says; once a cell. */
  note(text: string): void
  /** Runs `task` when the cell has ended and may still be told something. */
  atEnd(task: () => void): void
}

/** `args` and `bytes` are hostile until checked (zod). What is thrown reaches the guest as name, message and code. */
export type Operation = (args: unknown, bytes: readonly Uint8Array[], context: Context) => Answer | Promise<Answer>
export type Operations = Readonly<Record<string, Operation>>

/** A limit of limits.ts was reached; uncaught it ends the cell with status `limit`. The message names limit and actual. */
export class LimitError extends Error {
  override name = 'LimitError'
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}
