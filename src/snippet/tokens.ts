// Splits a snippet into tokens without a parser: a hostile snippet may crash a parser, and this runs on the near side.
// Invariant: in a valid snippet no real parser sees code where this sees text; where that is uncertain, the snippet is
// refused. For snippets with errors, from which compilers recover differently, ambiguous-readings.ts looks for imports
// in the text.
import {
  beginsLine,
  COMMENT,
  CONFLICT,
  LINE_BREAK,
  matchAt,
  NUMBER,
  REGEX,
  SPACE,
  STRING,
  TEMPLATE_PART,
} from './lexemes.ts'
import { classifyAfterTokens, classifySlash } from './regex-or-division.ts'
import type { Comment, SlashKind, Token } from './token.ts'

interface Problem {
  readonly code: 'EASEL_SYNTAX' | 'EASEL_TOO_DEEP'
  readonly at: number
  readonly message: string
}

export type Reading =
  | { readonly tokens: readonly Token[]; readonly comments: readonly Comment[] }
  | { readonly problem: Problem }

/** Brackets that may be open at once. */
const MAX_DEPTH = 200

const ASCII_NAME = /#?[A-Za-z_$][\w$]*(?![\w$\u0080-\uffff])/y
const NAME = /#?[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy
const SPLIT_NAME = /[^\0-\x7f](import|export|module|namespace|from|require|declare)(?![\w$])/
const NAME_PART = /[\p{ID_Continue}$\\]/uy
const PUNCTUATION = /=>|\.\.\.|\?\.(?!\d)|\+\+|--|[-+*%<>=!&|^~?:;,.@]/y

const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '${': '}' }
/** Prefix or postfix operators; postfix only on the operand's line. */
const SUFFIXES = new Set(['++', '--', '!'])
const HEADS = new Set(['if', 'while', 'for', 'with'])

class Refusal extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.message)
    this.problem = problem
  }
}

/** State of the scan. */
interface Scan {
  readonly code: string
  readonly tokens: Token[]
  readonly comments: Comment[]
  readonly open: { readonly bracket: string; readonly at: number; readonly head: boolean }[]
  at: number
  newline: boolean
}

/** The tokens and comments of a snippet, or the first reason why it cannot be read for certain. */
export function readTokens(code: string): Reading {
  const scan: Scan = { code, tokens: [], comments: [], open: [], at: 0, newline: true }
  try {
    while (scan.at < code.length) step(scan)
    const left = scan.open.at(-1)
    if (left) refuse('EASEL_SYNTAX', left.at, `The '${left.bracket}' here is never closed.`)
    return { tokens: scan.tokens, comments: scan.comments }
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.problem }
    throw error
  }
}

function step(scan: Scan): void {
  const char = scan.code[scan.at] ?? ''
  if (skipBlank(scan)) return
  if (char === '/') slash(scan)
  else if (char === '`') {
    push(scan, 'punctuation', char)
    template(scan)
  } else if (char === '(' || char === '[' || char === '{') {
    const head = isHead(scan.tokens)
    push(scan, 'punctuation', char)
    openBracket(scan, char, head)
  } else if (char === ')' || char === ']' || char === '}') closeBracket(scan, char)
  else word(scan, char)
}

function match(scan: Scan, pattern: RegExp): string | undefined {
  return matchAt(pattern, scan.code, scan.at)
}

function push(scan: Scan, kind: Token['kind'], text: string, slashAfter?: SlashKind): void {
  const { at, newline, open } = scan
  scan.tokens.push({ kind, text, at, newline, depth: open.length, ...(slashAfter && { slashAfter }) })
  scan.at += text.length
  scan.newline = false
}

function skipBlank(scan: Scan): boolean {
  const space = match(scan, SPACE)
  const blank = space ?? match(scan, LINE_BREAK)
  if (blank === undefined) return false
  if (space === undefined) scan.newline = true
  scan.at += blank.length
  return true
}

/** Records a bracket that ends at the current offset. */
function openBracket(scan: Scan, bracket: string, head = false): void {
  const at = scan.at - bracket.length
  scan.open.push({ bracket, at, head })
  if (scan.open.length <= MAX_DEPTH) return
  refuse(
    'EASEL_TOO_DEEP',
    at,
    `The snippet is nested more than ${MAX_DEPTH} brackets deep; split it into smaller steps.`,
  )
}

function closeBracket(scan: Scan, char: string): void {
  const opener = scan.open.pop()
  if (!opener || CLOSERS[opener.bracket] !== char) {
    refuse('EASEL_SYNTAX', scan.at, `This '${char}' has no matching opening bracket.`)
  }
  const afterParenthesis = opener.head ? 'regex' : 'division'
  push(scan, 'punctuation', char, char === ')' ? afterParenthesis : undefined)
  if (opener.bracket === '${') template(scan)
}

/** Reads template text after the opening backtick or after the `}` of a substitution. */
function template(scan: Scan): void {
  const text = match(scan, TEMPLATE_PART)
  if (text === undefined) {
    refuse('EASEL_SYNTAX', scan.at, 'The snippet ends inside a template string; close it with a backtick.')
  }
  push(scan, 'template', text)
  if (text.endsWith('${')) openBracket(scan, '${')
}

function slash(scan: Scan): void {
  const { code, at, tokens, newline } = scan
  const comment = match(scan, COMMENT)
  if (comment !== undefined) {
    scan.comments.push({ text: comment, at })
    scan.newline ||= /[\n\r\u2028\u2029]/.test(comment)
    scan.at += comment.length
    return
  }
  if (code.startsWith('/*', at)) refuse('EASEL_SYNTAX', at, 'The snippet ends inside a comment; close it with */.')
  const meaning = classifySlash(tokens, newline, code, at)
  if (meaning === 'division') return push(scan, 'punctuation', '/')
  const regex = meaning === 'regex' ? match(scan, REGEX) : undefined
  if (regex === undefined) refuse('EASEL_SYNTAX', at, UNCLEAR_SLASH)
  push(scan, 'regex', regex)
}

function word(scan: Scan, char: string): void {
  const name = match(scan, ASCII_NAME) ?? match(scan, NAME)
  if (name !== undefined) {
    // A compiler that does not know a newer letter skips it and reads the rest as a word.
    const word = SPLIT_NAME.exec(name)
    if (word) refuse('EASEL_SYNTAX', scan.at, `The name ${name} ends in the word ${word[1]}; choose another name.`)
    return push(scan, 'name', name)
  }
  const number = match(scan, NUMBER)
  if (number !== undefined) {
    push(scan, 'number', number)
    if (match(scan, NAME_PART)) refuse('EASEL_SYNTAX', scan.at, 'A name cannot begin directly after a number.')
    return
  }
  if (char === "'" || char === '"') {
    const text = match(scan, STRING)
    if (text === undefined) refuse('EASEL_SYNTAX', scan.at, 'The string that starts here is not closed on its line.')
    return push(scan, 'string', text)
  }
  if (match(scan, CONFLICT) && beginsLine(scan.code, scan.at)) refuse('EASEL_SYNTAX', scan.at, MERGE_CONFLICT)
  const sign = match(scan, PUNCTUATION)
  if (sign === undefined) refuse('EASEL_SYNTAX', scan.at, `The character ${JSON.stringify(char)} is not expected here.`)
  const suffix = scan.newline ? 'regex' : classifyAfterTokens(scan.tokens)
  push(scan, 'punctuation', sign, SUFFIXES.has(sign) ? suffix : undefined)
}

const MERGE_CONFLICT = 'This line begins with the mark of a merge conflict. Delete the mark, or put a space before it.'
/** The message for a slash that can be read in two ways. */
export const UNCLEAR_SLASH =
  'It is not clear whether this / divides or starts a regular expression. To divide, end the line before with it or put ' +
  'the divisor in parentheses on its own line; for a regular expression write new RegExp(…) or put it in parentheses.'

function refuse(code: Problem['code'], at: number, message: string): never {
  throw new Refusal({ code, at, message })
}

/** Whether the next `(` opens the head of a statement, after which a slash starts a regular expression. */
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
