// What a snippet imports, declares and may use of earlier cells, judged by its tokens: never too little, sometimes too
// much. It serves the check, replay, recipes and exports. Nothing is parsed, as the near side never does: a snippet can
// crash a parser. If a snippet cannot be tokenized (nested too deep, for one), every word in it counts as used.
import { assignedRoots } from './assignments.ts'
import { certainNames } from './declarations.ts'
import { importLine, importTokens, readImports } from './imports.ts'
import { findLiterals, type Parts } from './literals.ts'
import type { Token } from './token.ts'
import { readTokens } from './tokens.ts'

/**
 * State outside of variables: `globals` is built-in objects, `drawing` chart.js's settings and the fonts, `libraries`
 * the plugins, locales and functions that were added to dayjs, date-fns and arquero.
 */
type SharedState = 'globals' | 'drawing' | 'libraries'

/** A value that a static import binds. */
interface ImportedValue {
  /** The local name. */
  readonly name: string
  /** An import statement that binds this name and no other. */
  readonly text: string
  readonly module: string
}

export interface SnippetAnalysis {
  /** Identifiers, including those that it declares; not members after a dot, object keys or imports. */
  readonly uses: readonly string[]
  /** Values, without types. */
  readonly imports: readonly ImportedValue[]
  /** Names that it certainly declares at its top level; there may be more. */
  readonly declares: readonly string[]
  /** String literals and templates, without the names of modules. */
  readonly literals: readonly Parts[]
  /** Names after a dot. */
  readonly members: readonly string[]
  /** Names whose members are assigned: `Papa` in `Papa.LocalChunkSize = 1`. */
  readonly assigns: readonly string[]
  /** Shared state that it may change. */
  readonly changes: readonly SharedState[]
  /** It may leave behind functions, which read names when they are called. */
  readonly closes: boolean
}

/** The analysis of any snippet; never throws. */
export function analyzeSnippet(code: string): SnippetAnalysis {
  const reading = readTokens(code)
  if ('problem' in reading) return analyzeText(code)
  const { tokens } = reading
  const statements = readImports(tokens)
  const literals = findLiterals(tokens, statements).map(({ parts }) => parts)
  const assigns = assignedRoots(tokens)
  const words = new Set([...tokens.map(({ text }) => text), ...literals.flat()])
  const { uses, members } = readNames(tokens, importTokens(statements))
  const addsLocale = statements.some(({ module, names }) => module.startsWith('dayjs/locale/') && names.length === 0)
  return {
    uses: [...uses],
    imports: statements.flatMap(({ names, module }) =>
      names
        .filter(({ isType }) => !isType)
        .map((name) => ({ name: name.local, text: importLine(name, module), module })),
    ),
    declares: [...certainNames(tokens)],
    literals,
    members: [...members],
    assigns,
    changes: [
      ...changesOf(words, callsCode(tokens) || assigns.some((name) => Object.hasOwn(globalThis, name))),
      ...(addsLocale || members.has('locale') || adds(members) || adds(uses) ? (['libraries'] as const) : []),
    ],
    closes: tokens.some((_, i) => opensFunction(tokens, i)),
  }
}

const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/gu

function analyzeText(code: string): SnippetAnalysis {
  const words = new Set(code.match(WORD))
  return {
    uses: [...words],
    imports: [],
    declares: [],
    literals: [],
    members: [],
    assigns: [],
    changes: changesOf(words, true),
    closes: true,
  }
}

/** The names outside of import statements: identifiers, and members after a dot. */
function readNames(tokens: readonly Token[], skip: ReadonlySet<number>): Record<'uses' | 'members', Set<string>> {
  const [uses, members] = [new Set<string>(), new Set<string>()]
  const hasCase = tokens.some(({ text }) => text === 'case')
  for (const [i, { kind, text }] of tokens.entries()) {
    if (kind !== 'name' || skip.has(i)) continue
    const before = tokens[i - 1]?.text
    if (before === '.' || before === '?.') members.add(text)
    else if (!text.startsWith('#') && !isKey(tokens, i, hasCase)) uses.add(text)
  }
  return { uses, members }
}

/** `key:` in an object literal; with `case a, b:` in the snippet, not a name between comma and colon. */
function isKey(tokens: readonly Token[], i: number, hasCase: boolean): boolean {
  const before = tokens[i - 1]?.text
  return tokens[i + 1]?.text === ':' && (before === '{' || (before === ',' && !hasCase))
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

/** One of these names, or a member `locale`, is needed to change what dayjs, date-fns or arquero do. */
const LIBRARIES = [
  ...'extend updateLocale setDefault setDefaultOptions seed'.split(' '),
  ...'addFunction addAggregateFunction addWindowFunction'.split(' '),
]
const adds = (names: ReadonlySet<string>): boolean => LIBRARIES.some((name) => names.has(name))

function changesOf(words: ReadonlySet<string>, certainly: boolean): SharedState[] {
  const globals = certainly || GLOBALS.some((word) => words.has(word))
  const drawing = DRAWING.some((word) => words.has(word))
  return [...(globals ? (['globals'] as const) : []), ...(drawing ? (['drawing'] as const) : [])]
}

function callsCode(tokens: readonly Token[]): boolean {
  return tokens.some(({ text }, i) => (text === 'eval' || text === 'Function') && tokens[i + 1]?.text === '(')
}

function opensFunction(tokens: readonly Token[], i: number): boolean {
  const token = tokens[i]
  if (token?.text === '=>' || token?.text === 'function' || token?.text === 'class') return true
  // A method, with or without a return type; not `if (…) {` and the like.
  const next = tokens[i + 1]?.text
  return token?.text === ')' && token.slashAfter !== 'regex' && (next === '{' || next === ':')
}
