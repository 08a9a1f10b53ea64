// Snippets that are Python: recognised by lines that no TypeScript has, so that one sentence says what to write instead.

export const NOT_PYTHON = 'Cells are TypeScript; for pandas use readTable, for PIL sharp, for matplotlib chart.'

const LINES: readonly RegExp[] = [
  // import pandas as pd, from PIL import Image
  /^\s*import\s+[A-Za-z_][\w.]*(?:\s+as\s+\w+)?(?:\s*,\s*[A-Za-z_][\w.]*(?:\s+as\s+\w+)?)*\s*(?:#.*)?$/,
  /^\s*from\s+[A-Za-z_.][\w.]*\s+import\s+[\w*(]/,
  // def f(x): and the heads of blocks
  /^\s*(?:async\s+)?def\s+\w+\s*\(.*\)\s*(?:->[^:]*)?:\s*(?:#.*)?$/,
  /^\s*(?:if|elif|for|while|with|except|class)\b[^{}]*:\s*(?:#.*)?$/,
  /^\s*(?:else|try|finally)\s*:\s*(?:#.*)?$/,
  // what notebooks add
  /^\s*(?:%\w+|!?pip3?\s+install)\b/,
]

/** Index of the first line, from 0, that shows a snippet to be Python; -1 if none does. Of code that cannot be read only. */
export function pythonLine(code: string): number {
  return code
    .split('\n')
    .findIndex((line) => line.length < 500 && (prints(line) || LINES.some((pattern) => pattern.test(line))))
}

/** print(f'…'), to the end of the line or a comment. */
function prints(line: string): boolean {
  const found = /\bprint\s*\(\s*[fr]?["']/.exec(line)
  return found !== null && /\)\s*(?:#|$)/.test(line.slice(found.index + found[0].length))
}

/** Names that its packages go by, and words that nobody else writes. */
const PYTHON_ONLY = new Set('pd np plt sns print True False None cv2 PIL'.split(' '))
/** Names of Python that may as well be a misspelt one of the snippet's. */
const MAYBE_PYTHON = new Set('len range str int float dict list tuple enumerate zip'.split(' '))

/** Whether an unknown name is one of Python's; `isLikeAnother`: the snippet has one that is nearly the same. */
export function isPythonName(name: string, isLikeAnother: boolean): boolean {
  return PYTHON_ONLY.has(name) || (MAYBE_PYTHON.has(name) && !isLikeAnother)
}
