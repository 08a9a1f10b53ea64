// Detects a repair that changed nothing: the loop stops when the same error occurs twice.
import type { Diagnostic } from '../../sessions/event.ts'

/** A failed attempt: the cell's status and message, the checker's problems, or why a call was unreadable. */
export interface FailedTry {
  readonly status: string
  readonly message?: string | undefined
  readonly diagnostics?: readonly Diagnostic[] | undefined
}

/** Compares status and messages, ignoring positions, times, sizes and line numbers. */
export function sameError(one: FailedTry, other: FailedTry): boolean {
  return errorKey(one) === errorKey(other)
}

function errorKey({ status, message, diagnostics = [] }: FailedTry): string {
  const problems = diagnostics.map((problem) => `${problem.code} ${maskNumbers(problem.message)}`).toSorted()
  return [status, ...(problems.length > 0 ? [...new Set(problems)] : [maskNumbers(message ?? '')])].join('\n')
}

/** Replaces numbers that vary between runs with #; numbers in names and quotes stay. */
function maskNumbers(text: string): string {
  return text
    .replace(/(?<![\w'"`.])\d[\d,.]*(?![\w'"`])/g, '#')
    .replace(/\s+/g, ' ')
    .trim()
}
