// What a snippet may use of earlier cells, judged by its tokens: never too little, sometimes too much. Like all of the
// near side it parses nothing; if a snippet cannot be tokenized, every word in it counts as used.
import { assignedRoots } from './reading/assignments.ts'
import { declaredAt } from './reading/certain-names.ts'
import { readImports, type ImportedName } from './reading/imported-names.ts'
import type { Token } from './reading/token.ts'
import { readTokens } from './reading/tokens.ts'

/** State outside of variables: `globals` is built-in objects, `drawing` chart.js's settings and the fonts. */
type SharedState = 'globals' | 'drawing'

export interface References {
  /** Identifiers, including those that it declares; not members after a dot, object keys or imports. */
  readonly uses: readonly string[]
  readonly imports: readonly ImportedName[]
  /** Names that it certainly declares at its top level; there may be more. */
  readonly declares: readonly string[]
  /** Contents of strings and of the fixed parts of templates, without quotes. */
  readonly strings: readonly string[]
  /** Names whose members are assigned: `Papa` in `Papa.LocalChunkSize = 1`. */
  readonly assigns: readonly string[]
  /** Shared state that it may change. */
  readonly changes: readonly SharedState[]
  /** It may leave behind functions, which read names when they are called. */
  readonly closes: boolean
}

/** The references of any snippet; never throws. */
export function referencesOf(code: string): References {
  const reading = readTokens(code)
  if ('problem' in reading) return referencesOfText(code)
  const { tokens } = reading
  const { imports, own } = readImports(tokens)
  const rest = tokens.map((token, i) => (own.has(i) ? undefined : token))
  const hasCase = tokens.some(({ text }) => text === 'case')
  const uses = new Set<string>()
  for (const [i, token] of rest.entries()) {
    if (token?.kind !== 'name' || token.text.startsWith('#')) continue
    if (!isMember(tokens, i) && !isKey(tokens, i, hasCase)) uses.add(token.text)
  }
  const strings = rest.flatMap((token) => textOf(token) ?? [])
  const assigns = assignedRoots(tokens)
  const words = new Set([...tokens.map(({ text }) => text), ...strings])
  const changes = changesOf(words, callsCode(tokens) || assigns.some((name) => Object.hasOwn(globalThis, name)))
  const declares = [...new Set(tokens.flatMap((_, i) => declaredAt(tokens, i)))]
  const closes = tokens.some((_, i) => opensFunction(tokens, i))
  return { uses: [...uses], imports, declares, strings, assigns, changes, closes }
}

const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/gu

function referencesOfText(code: string): References {
  const words = new Set(code.match(WORD))
  return {
    uses: [...words],
    imports: [],
    declares: [],
    strings: [],
    assigns: [],
    changes: changesOf(words, true),
    closes: true,
  }
}

/** One of these words is needed to change built-in objects or to evaluate text as code. */
const GLOBALS = 'globalThis global declare prototype __proto__ setPrototypeOf defineProperty defineProperties'.split(
  ' ',
)
/** One of these words is needed to change chart.js's settings or the fonts. */
const DRAWING = [
  ...'defaults overrides register unregister registry'.split(' '),
  ...'GlobalFonts registerFont registerFromPath loadFontsFromDir loadSystemFonts deregisterAllFonts'.split(' '),
]

function changesOf(words: ReadonlySet<string>, certainly: boolean): SharedState[] {
  const globals = certainly || GLOBALS.some((word) => words.has(word))
  const drawing = DRAWING.some((word) => words.has(word))
  return [...(globals ? (['globals'] as const) : []), ...(drawing ? (['drawing'] as const) : [])]
}

function callsCode(tokens: readonly Token[]): boolean {
  return tokens.some(({ text }, i) => (text === 'eval' || text === 'Function') && tokens[i + 1]?.text === '(')
}

function isMember(tokens: readonly Token[], i: number): boolean {
  const before = tokens[i - 1]?.text
  return before === '.' || before === '?.'
}

/** `key:` in an object literal; with `case a, b:` in the snippet, not a name between comma and colon. */
function isKey(tokens: readonly Token[], i: number, hasCase: boolean): boolean {
  const before = tokens[i - 1]?.text
  return tokens[i + 1]?.text === ':' && (before === '{' || (before === ',' && !hasCase))
}

function textOf(token: Token | undefined): string | undefined {
  if (token?.kind === 'string') return token.text.slice(1, -1)
  return token?.kind === 'template' ? token.text.replace(/(?:`|\$\{)$/, '') : undefined
}

function opensFunction(tokens: readonly Token[], i: number): boolean {
  const token = tokens[i]
  if (token?.text === '=>' || token?.text === 'function' || token?.text === 'class') return true
  // A method, with or without a return type; not `if (…) {` and the like.
  const next = tokens[i + 1]?.text
  return token?.text === ')' && token.slashAfter !== 'regex' && (next === '{' || next === ':')
}
