// What the reader of snippets makes of a snippet: tokens and comments.

/** What a slash is where it stands. */
export type SlashKind = 'division' | 'regex' | 'unclear'

export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'template' | 'regex' | 'punctuation'
  readonly text: string
  readonly at: number
  /** Brackets open around it; 0 is the top level. */
  readonly depth: number
  /** A line break stands before it. */
  readonly newline: boolean
  /** For a `)`, `++`, `--` or `!`: whether a slash after it divides, where the sign alone does not tell. */
  readonly slashAfter?: SlashKind
}

export interface Comment {
  readonly text: string
  readonly at: number
}
