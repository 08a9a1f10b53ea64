// Token patterns, shared by the tokenizer and the search through its other readings, which must split text identically.

export const SPACE = /[\t\v\f \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\ufeff]+/y
export const LINE_BREAK = /[\n\r\u2028\u2029]+/y
export const COMMENT = /\/\/[^\n\r\u2028\u2029]*|\/\*[^]*?\*\//y
export const NUMBER =
  /(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*\.?|\.(?=\d))[\d_]*(?:[eE][+-]?\d[\d_]*)?)n?/y
export const STRING = /'(?:[^'\\\n\r\u2028\u2029]|\\(?:\r\n|[^]))*'|"(?:[^"\\\n\r\u2028\u2029]|\\(?:\r\n|[^]))*"/y
export const TEMPLATE_PART = /(?:[^`\\$]|\\[^]|\$(?!\{))*(`|\$\{)/y
/** The flags are ASCII only: compilers disagree on other letters. */
export const REGEX =
  /\/(?:[^\\/[\n\r\u2028\u2029]|\\[^\n\r\u2028\u2029]|\[(?:[^\]\\\n\r\u2028\u2029]|\\[^\n\r\u2028\u2029])*\])+\/[\w$]*/y
/** A merge conflict marker: at the start of a line compilers skip the text after it. */
export const CONFLICT = /(?:<{7} |>{7} |\|{7} |={7})/y

/** The text that a sticky pattern matches at this offset. */
export function matchAt(pattern: RegExp, code: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.test(code) ? code.slice(at, pattern.lastIndex) : undefined
}

/** Whether a line begins at this offset. */
export function beginsLine(code: string, at: number): boolean {
  return at === 0 || /[\n\r\u2028\u2029]/.test(code[at - 1] ?? '')
}
