// Whether a repair changed anything: the loop stops when the same error comes twice.
import type { Diagnostic } from '../../sessions/event.ts'

/** How a try failed: the cell's status and sentence, or the checker's problems, or why a call was unreadable. */
export interface FailedTry {
  readonly status: string
  readonly message?: string | undefined
  readonly diagnostics?: readonly Diagnostic[] | undefined
}

/** The same status and the same words, wherever in the snippet they point; times, sizes and line numbers do not count. */
export function sameError(one: FailedTry, other: FailedTry): boolean {
  return words(one) === words(other)
}

function words({ status, message, diagnostics = [] }: FailedTry): string {
  const problems = diagnostics.map((problem) => `${problem.code} ${steady(problem.message)}`).toSorted()
  return [status, ...(problems.length > 0 ? [...new Set(problems)] : [steady(message ?? '')])].join('\n')
}

/** Figures that vary from run to run become #; those inside names and quotes stay. */
function steady(text: string): string {
  return text
    .replace(/(?<![\w'"`.])\d[\d,.]*(?![\w'"`])/g, '#')
    .replace(/\s+/g, ' ')
    .trim()
}
