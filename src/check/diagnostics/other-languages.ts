// Recognises Python by lines that are never valid TypeScript, so that one sentence can say what to write instead.

export const NOT_PYTHON = 'Cells are TypeScript; for pandas use readTable, for PIL sharp, for matplotlib chart.'

const LINES: readonly RegExp[] = [
  // import pandas as pd, from PIL import Image
  /^\s*import\s+[A-Za-z_][\w.]*(?:\s+as\s+\w+)?(?:\s*,\s*[A-Za-z_][\w.]*(?:\s+as\s+\w+)?)*\s*(?:#.*)?$/,
  /^\s*from\s+[A-Za-z_.][\w.]*\s+import\s+[\w*(]/,
  // def f(x): and block headers
  /^\s*(?:async\s+)?def\s+\w+\s*\(.*\)\s*(?:->[^:]*)?:\s*(?:#.*)?$/,
  /^\s*(?:if|elif|for|while|with|except|class)\b[^{}]*:\s*(?:#.*)?$/,
  /^\s*(?:else|try|finally)\s*:\s*(?:#.*)?$/,
  // notebook commands
  /^\s*(?:%\w+|!?pip3?\s+install)\b/,
]

/** Zero-based index of the first line that is Python; -1 if none is. Only for code that does not parse. */
export function pythonLine(code: string): number {
  return code
    .split('\n')
    .findIndex((line) => line.length < 500 && (isPrintCall(line) || LINES.some((pattern) => pattern.test(line))))
}

/** print(f'…'), followed by the end of the line or a comment. */
function isPrintCall(line: string): boolean {
  const found = /\bprint\s*\(\s*[fr]?["']/.exec(line)
  return found !== null && /\)\s*(?:#|$)/.test(line.slice(found.index + found[0].length))
}

/** Usual names of Python packages, and words that only Python has. */
const PYTHON_ONLY = new Set('pd np plt sns print True False None cv2 PIL'.split(' '))
/** Python names that may also be a misspelling of a name in the snippet. */
const MAYBE_PYTHON = new Set('len range str int float dict list tuple enumerate zip'.split(' '))

/** Whether an unknown name is Python's; `isLikeAnother`: the snippet has a name that is nearly the same. */
export function isPythonName(name: string, isLikeAnother: boolean): boolean {
  return PYTHON_ONLY.has(name) || (MAYBE_PYTHON.has(name) && !isLikeAnother)
}
