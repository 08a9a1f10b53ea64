// Reads a snippet as tokens without a parser: a hostile snippet may crash a parser, and this runs on the near side.
// Invariant: no real parser sees code where this sees text. Where that cannot be known, the snippet is refused.
import { afterToken, slashMeaning, type SlashMeaning } from './slash.ts'

export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'template' | 'regex' | 'punctuation'
  readonly text: string
  readonly at: number
  /** Brackets open around it; 0 is the top level. */
  readonly depth: number
  /** A line break stands before it. */
  readonly newline: boolean
  /** For a `)`, `++`, `--` or `!`: whether a slash after it divides, where the sign alone does not tell. */
  readonly then?: SlashMeaning
}

export interface Comment {
  readonly text: string
  readonly at: number
}

export interface Problem {
  readonly code: 'EASEL_SYNTAX' | 'EASEL_TOO_DEEP'
  readonly at: number
  readonly message: string
}

export type Reading =
  | { readonly tokens: readonly Token[]; readonly comments: readonly Comment[] }
  | { readonly problem: Problem }

/** Brackets that may be open at once. */
export const MOST_DEPTH = 200

const SPACE = /[\t\v\f \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\ufeff]+/y
const LINE_BREAK = /[\n\r\u2028\u2029]+/y
const COMMENT = /\/\/[^\n\r\u2028\u2029]*|\/\*[^]*?\*\//y
const ASCII_NAME = /#?[A-Za-z_$][\w$]*(?![\w$\u0080-\uffff])/y
const NAME = /#?[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy
const NUMBER = /(?:\d|\.\d)(?:[eE][+-](?=\d)|[\w.])*/y
const STRING = /'(?:[^'\\\n\r\u2028\u2029]|\\(?:\r\n|[^]))*'|"(?:[^"\\\n\r\u2028\u2029]|\\(?:\r\n|[^]))*"/y
const TEMPLATE_PART = /(?:[^`\\$]|\\[^]|\$(?!\{))*(`|\$\{)/y
const REGEX = /\/(?:[^\\/[\n\r\u2028\u2029]|\\[^\n\r\u2028\u2029]|\[(?:[^\]\\\n\r\u2028\u2029]|\\[^\n\r\u2028\u2029])*\])+\/[\p{ID_Continue}$]*/uy
const PUNCTUATION = /=>|\.\.\.|\?\.(?!\d)|\+\+|--|[-+*%<>=!&|^~?:;,.@]/y

const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '${': '}' }
/** Signs that stand before an operand or after one; after one only on its line. */
const SUFFIXES = new Set(['++', '--', '!'])
const HEADS = new Set(['if', 'while', 'for', 'with'])

class Refusal extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.message)
    this.problem = problem
  }
}

/** The tokens and comments of a snippet, or the first reason why it cannot be read for sure. */
export function readTokens(code: string): Reading {
  const tokens: Token[] = []
  const comments: Comment[] = []
  try {
    scan(code, tokens, comments)
    return { tokens, comments }
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.problem }
    throw error
  }
}

function scan(code: string, tokens: Token[], comments: Comment[]): void {
  const open: { bracket: string; at: number; head: boolean }[] = []
  let at = 0
  let newline = true
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    return pattern.exec(code)?.[0]
  }
  const push = (kind: Token['kind'], text: string, more: Partial<Token> = {}): void => {
    tokens.push({ kind, text, at, depth: open.length, newline, ...more })
    at += text.length
    newline = false
  }
  const openBracket = (bracket: string, head = false): void => {
    open.push({ bracket, at, head })
    if (open.length > MOST_DEPTH) refuse('EASEL_TOO_DEEP', at, `The snippet is nested more than ${MOST_DEPTH} brackets deep; split it into smaller steps.`)
  }
  /** Text of a template from after its backtick or from after the `}` of a placeholder. */
  const template = (): void => {
    const text = match(TEMPLATE_PART)
    if (text === undefined) refuse('EASEL_SYNTAX', at, 'The snippet ends inside a template string; close it with a backtick.')
    push('template', text)
    if (text.endsWith('${')) openBracket('${')
  }

  while (at < code.length) {
    const blank = match(SPACE) ?? match(LINE_BREAK)
    if (blank !== undefined) {
      newline ||= !/^[^\n\r\u2028\u2029]/.test(blank)
      at += blank.length
      continue
    }
    const char = code[at] ?? ''
    if (char === '/') {
      const comment = match(COMMENT)
      if (comment !== undefined) {
        comments.push({ text: comment, at })
        newline ||= /[\n\r\u2028\u2029]/.test(comment)
        at += comment.length
      } else slash()
    } else if (char === '`') {
      push('punctuation', char)
      template()
    } else if (char === '(' || char === '[' || char === '{') {
      const head = char === '(' && isHead(tokens)
      push('punctuation', char)
      openBracket(char, head)
    } else if (char === ')' || char === ']' || char === '}') close(char)
    else word(char)
  }
  const left = open.at(-1)
  if (left) refuse('EASEL_SYNTAX', left.at - 1, `The '${left.bracket}' here is never closed.`)

  function slash(): void {
    if (code.startsWith('/*', at)) refuse('EASEL_SYNTAX', at, 'The snippet ends inside a comment; close it with */.')
    const meaning = slashMeaning(tokens, newline, code, at)
    if (meaning === 'division') return push('punctuation', '/')
    const regex = meaning === 'regex' ? match(REGEX) : undefined
    if (regex === undefined) refuse('EASEL_SYNTAX', at, UNCLEAR_SLASH)
    push('regex', regex)
  }

  function close(char: string): void {
    const opener = open.pop()
    if (!opener || CLOSERS[opener.bracket] !== char) refuse('EASEL_SYNTAX', at, `The '${char}' here closes nothing.`)
    push('punctuation', char, { then: opener.head ? 'regex' : 'division' })
    if (opener.bracket === '${') template()
  }

  function word(char: string): void {
    const name = match(ASCII_NAME) ?? match(NAME)
    if (name !== undefined) return push('name', name)
    const number = match(NUMBER)
    if (number !== undefined) return push('number', number)
    if (char === "'" || char === '"') {
      const text = match(STRING)
      if (text === undefined) refuse('EASEL_SYNTAX', at, 'The string that starts here is not closed on its line.')
      return push('string', text)
    }
    const sign = match(PUNCTUATION)
    if (sign === undefined) refuse('EASEL_SYNTAX', at, `The character ${JSON.stringify(char)} is not expected here.`)
    push('punctuation', sign, SUFFIXES.has(sign) ? { then: newline ? 'regex' : afterToken(tokens.at(-1), tokens.at(-2)) } : {})
  }
}

const UNCLEAR_SLASH =
  'It is not clear whether this / divides or starts a regular expression. To divide, end the line before with it or put ' +
  'the divisor in parentheses on its own line; for a regular expression write new RegExp(…) or put it in parentheses.'

function refuse(code: Problem['code'], at: number, message: string): never {
  throw new Refusal({ code, at, message })
}

/** Whether the `(` that comes next opens the head of a statement, after which a slash starts a regular expression. */
function isHead(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1)
  const before = tokens.at(-2)
  if (last?.kind !== 'name') return false
  if (last.text === 'await') return before?.text === 'for' && !isMember(tokens.at(-3))
  return HEADS.has(last.text) && !isMember(before)
}

function isMember(before: Token | undefined): boolean {
  return before?.text === '.' || before?.text === '?.'
}
