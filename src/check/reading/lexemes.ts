// The shapes of tokens, shared by the reader and by the search through its other readings: both must cut alike.

export const SPACE = /[\t\v\f \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\ufeff]+/y
export const LINE_BREAK = /[\n\r\u2028\u2029]+/y
export const COMMENT = /\/\/[^\n\r\u2028\u2029]*|\/\*[^]*?\*\//y
export const NUMBER =
  /(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*\.?|\.(?=\d))[\d_]*(?:[eE][+-]?\d[\d_]*)?)n?/y
export const STRING = /'(?:[^'\\\n\r\u2028\u2029]|\\(?:\r\n|[^]))*'|"(?:[^"\\\n\r\u2028\u2029]|\\(?:\r\n|[^]))*"/y
export const TEMPLATE_PART = /(?:[^`\\$]|\\[^]|\$(?!\{))*(`|\$\{)/y
/** Its flags are ASCII: of other letters compilers do not all know the same ones. */
export const REGEX =
  /\/(?:[^\\/[\n\r\u2028\u2029]|\\[^\n\r\u2028\u2029]|\[(?:[^\]\\\n\r\u2028\u2029]|\\[^\n\r\u2028\u2029])*\])+\/[\w$]*/y
/** The mark of a merge conflict: at the start of a line compilers skip text behind it, whatever that is. */
export const CONFLICT = /(?:<{7} |>{7} |\|{7} |={7})/y

/** What the pattern, which must be sticky, matches at this place. */
export function matchAt(pattern: RegExp, code: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.test(code) ? code.slice(at, pattern.lastIndex) : undefined
}

/** Whether a line of the code begins here. */
export function beginsLine(code: string, at: number): boolean {
  return at === 0 || /[\n\r\u2028\u2029]/.test(code[at - 1] ?? '')
}
