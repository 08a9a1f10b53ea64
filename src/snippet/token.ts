// The tokenizer's output: tokens and comments.

/** How a slash is read. */
export type SlashKind = 'division' | 'regex' | 'unclear'

export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'template' | 'regex' | 'punctuation'
  readonly text: string
  readonly at: number
  /** Number of open brackets around it; 0 is the top level. */
  readonly depth: number
  /** A line break precedes it. */
  readonly newline: boolean
  /** For a `)`, `++`, `--` or `!`: how a slash after it is read, where the sign alone does not tell. */
  readonly slashAfter?: SlashKind
}

export interface Comment {
  readonly text: string
  readonly at: number
}

/** Index of the bracket that matches the closing one at `close`; -1 if there is none. */
export function openOf(tokens: readonly Token[], close: number): number {
  const depth = tokens[close]?.depth
  let open = close - 1
  while (open >= 0 && tokens[open]?.depth !== depth) open--
  return open
}
