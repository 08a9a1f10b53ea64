// The interface of a native half: operations by name, each of which validates what the guest sent before it acts.
import type { Limits } from '../limits.ts'

export type OperationResult = readonly [value: unknown, bytes: readonly Uint8Array[]]

/** The session's files as seen by the native halves; names are validated paths below /mnt/data. */
export interface SessionFiles {
  /** The bytes of a file; throws ENOENT or EISDIR as Node does. */
  read(name: string): Uint8Array
  /** Writes the whole file; throws a `LimitError` above the quotas. */
  write(name: string, bytes: Uint8Array): void
}

export interface OperationContext {
  readonly limits: Limits
  readonly files: SessionFiles
  /** Reports to the user the progress of long work. */
  progress(done: number, total: number, label: string): void
  /** Tells the snippet's author that something was understood differently from what it says; each text once a cell. */
  note(text: string): void
  /** Runs `task` when the cell has ended, while notes can still be reported. */
  atEnd(task: () => void): void
}

/** `args` and `bytes` are hostile until validated (zod). Errors reach the guest as name, message and code. */
export type Operation = (
  args: unknown,
  bytes: readonly Uint8Array[],
  context: OperationContext,
) => OperationResult | Promise<OperationResult>
export type Operations = Readonly<Record<string, Operation>>

/** A limit of limits.ts was reached; uncaught it ends the cell with status `limit`. The message gives both figures. */
export class LimitError extends Error {
  override name = 'LimitError'
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}
