// Decides which type errors block a cell: only those of code that must fail or silently goes wrong. Code that runs in
// plain Node runs here whatever its types; the errors become hints if the cell throws.
import type { CellFacts, TextPosition, RawDiagnostic } from '../type-checker/language-server.ts'
import { findUnawaitedConditions } from './unawaited-conditions.ts'
import { moduleOf, type DeclaringModule } from './declaring-module.ts'
import { mismatchOf, unknownOptionOf } from './mismatch.ts'
import { calleeBefore, callAround, createSnippetText, type SnippetText } from './snippet-text.ts'
import { openOf, type Token } from '../../snippet/token.ts'
import { findNumericSorts } from './numeric-sort.ts'
import { readTokens } from '../../snippet/tokens.ts'
import { suggestForValue } from './suggestions.ts'

export interface ClassifiedDiagnostics {
  /** Errors that block the cell. */
  readonly blocking: readonly RawDiagnostic[]
  /** Errors that do not block the cell but may explain an exception. */
  readonly hints: readonly RawDiagnostic[]
  /** Sentences on ignored options and on numbers sorted as text. */
  readonly notes: readonly string[]
}

/** Errors that are judged one by one; beyond that they are hints. */
const MAX_JUDGED = 40

type Severity = { readonly blocks: RawDiagnostic } | { readonly note: string } | 'hint' | 'nothing'

/** Sorts a cell's errors by severity. `known`: names of earlier cells, which exist whatever the compiler says. */
export async function classifyDiagnostics(
  code: string,
  raw: readonly RawDiagnostic[],
  facts: CellFacts,
  known: (name: string) => boolean,
): Promise<ClassifiedDiagnostics> {
  const reading = readTokens(code)
  const text = createSnippetText(code, 'tokens' in reading ? reading.tokens : [])
  const said = raw.filter((one) => (one.severity ?? 1) === 1 && !isPedantic(one))
  const errors = [...said, ...(await findUnawaitedConditions(text, facts))]
  const blocking: RawDiagnostic[] = []
  const hints: RawDiagnostic[] = errors.slice(MAX_JUDGED)
  const notes = new Set<string>(await findNumericSorts(text, facts))
  for (const one of errors.slice(0, MAX_JUDGED)) {
    const severity = await severityOf({ one, text, facts, known })
    if (severity === 'hint') hints.push(one)
    else if (severity !== 'nothing' && 'blocks' in severity) blocking.push(severity.blocks)
    else if (severity !== 'nothing') notes.add(severity.note)
  }
  return { blocking, hints, notes: [...notes] }
}

interface Case {
  readonly one: RawDiagnostic
  readonly text: SnippetText
  readonly facts: CellFacts
  readonly known: (name: string) => boolean
}

async function severityOf(at: Case): Promise<Severity> {
  const { one } = at
  const code = Number(one.code)
  const blocks = { blocks: one }
  if (isSyntax(one) || MUST_FAIL.has(code)) return blocks
  if (isUnawaited(one)) return { blocks: { ...one, message: withAdvice(one.message) } }
  if (UNKNOWN_NAMES.has(code)) return ofName(at)
  if (UNKNOWN_MEMBERS.has(code)) return (await isMemberOfModule(at)) ? blocks : 'hint'
  return ARGUMENTS.has(code) ? ofArgument(at) : 'hint'
}

/** Errors that only strict projects care about, in code that works in Node: not even hints. */
function isPedantic({ code, message }: RawDiagnostic): boolean {
  const number = Number(code)
  // 7000 to 7999: implicit any. The option that reports them also infers the types of `let x` and `[]` from their use.
  if (number >= 7000 && number < 8000) return true
  // A property of a value of type unknown, such as a row of arquero's `objects()`, or a new property on `{}`.
  if (number === 18046 || number === 2571) return true
  return number === 2339 && /on type '(?:\{\}|unknown|object)'/.test(message)
}

export function isSyntax({ code }: RawDiagnostic): boolean {
  return Number(code) >= 1000 && Number(code) < 2000 && !SEMANTIC.has(Number(code)) && !HARMLESS.has(Number(code))
}

/** Codes below 2000 that concern types or the project rather than syntax: type-only imports, erasable syntax. */
const SEMANTIC = new Set([1294, 1361, 1362, 1484, 1485])
/** Codes below 2000 of code that runs: parameter order, duplicate keys, annotations of async functions and clauses. */
const HARMLESS = new Set([1015, 1016, 1064, 1117, 1196, 1286, 1287, 1340, 1360, 1371])

/** Code that fails when reached or before: missing exports, syntax that Node does not strip, writes to constants. */
const MUST_FAIL = new Set([...SEMANTIC, 2305, 2307, 2451, 2539, 2588, 2613, 2614, 2630, 2632, 2724])
const UNKNOWN_NAMES = new Set([
  2304, 2552, 2503, 2686, 18004, 2580, 2581, 2582, 2583, 2584, 2591, 2592, 2593, 2662, 2663,
])
const UNKNOWN_MEMBERS = new Set([2339, 2551, 2550, 2568, 2576])
const ARGUMENTS = new Set([2322, 2345, 2353, 2561, 2769, 2820])

/** A promise that is used as if it were its value. */
function isUnawaited({ code, message, relatedInformation }: RawDiagnostic): boolean {
  const number = Number(code)
  if (number === 2801) return true
  // A variable may hold a promise that is awaited later.
  if (number === 2322) return false
  if (relatedInformation?.some((related) => related.message.startsWith('Did you forget to use '))) return true
  return (
    /^Property '.*' does not exist on type 'Promise<.*>'/.test(message) ||
    /^Argument of type 'Promise<[^|]*>(?:\[\])?' is not assignable to parameter of type '(?!.*Promise)/.test(message) ||
    /is missing in type 'Promise<.*>' but required in type 'Iterable</.test(message)
  )
}

function withAdvice(message: string): string {
  return `${message.split('\n')[0]!.replace(/([^.?])$/, '$1.')} Did you forget await?`
}

/** An unknown name. A type's name, and a name whose existence the snippet tests first, do no harm. */
async function ofName({ one, text, facts, known }: Case): Promise<Severity> {
  const { start } = one.range
  const { tokens } = text
  const i = text.tokenAt(start)
  const name = tokens[i]?.text ?? ''
  // The namespace in a type such as sharp.OverlayOptions.
  if (Number(one.code) === 2503) return 'nothing'
  if (Number(one.code) === 2686 && known(name)) return 'nothing'
  if (isExistenceTested(tokens, name)) return 'nothing'
  const description = await facts.description(start)
  return description.startsWith('type ') ? 'nothing' : { blocks: one }
}

/** Whether the snippet tests for the name with `typeof name` or creates it with `globalThis.name = …`. */
function isExistenceTested(tokens: readonly Token[], name: string): boolean {
  return tokens.some(({ text }, i) => {
    if (text !== name) return false
    if (tokens[i - 1]?.text === 'typeof') return true
    const holder = tokens[i - 2]?.text
    const isGlobal = tokens[i - 1]?.text === '.' && (holder === 'globalThis' || holder === 'global')
    return isGlobal && tokens[i + 1]?.text === '=' && tokens[i + 2]?.text !== '='
  })
}

/** Built-in and structural types, to which any code may add members. */
const LANGUAGE_TYPE =
  /^(?:string|number|boolean|bigint|symbol|object|never|void|unknown|any|\{|\[|\(|readonly |Record<|Partial<|Pick<|Omit<|Readonly)|\]$/

/** Whether the missing member belongs to a module's type or to a value that a module returned. */
async function isMemberOfModule({ one, text, facts }: Case): Promise<boolean> {
  const type = / on type '(.+?)'\.(?: |$)/.exec(one.message)?.[1] ?? / on type '(.+)'/.exec(one.message)?.[1] ?? ''
  const head = /^[\w$]+/.exec(type)?.[0] ?? ''
  if (LANGUAGE_TYPE.test(type) || (Object.hasOwn(globalThis, head) && head !== 'Buffer')) return false
  const { tokens } = text
  const i = text.tokenAt(one.range.start)
  const before = tokens[i - 1]?.text
  if (before !== '.' && before !== '?.') return false
  const at = tokens[i - 2]?.text === ')' ? calleeBefore(tokens, openOf(tokens, i - 2)) : i - 2
  const owner = tokens[at]
  if (owner?.kind !== 'name') return false
  const place = text.placeOf(owner)
  const files = owner === tokens[i - 2] ? await facts.typeDeclarations(place) : await facts.declarations(place)
  const module = moduleOf(files.length > 0 ? files : await facts.declarations(place))
  // Its types are incomplete.
  if (module === 'chart.js') return /^(?:typeof import\(|typeof Chart|Chart\b|Defaults)/.test(type)
  return module !== undefined
}

/** Modules that convert numbers to strings and back, as a browser does. */
const COERCING: ReadonlySet<DeclaringModule> = new Set(['canvas', 'chart.js', 'node'])
/** Modules that accept options beyond those that they declare. */
const OPEN: ReadonlySet<DeclaringModule> = new Set(['easel', 'chart.js', 'canvas', 'node'])

async function ofArgument(at: Case): Promise<Severity> {
  const { one, text, facts } = at
  const module = await receiverOf(at)
  if (!module) return 'hint'
  const unknown = unknownOptionOf(one.message)
  if (unknown) {
    // The helpers report unknown options at run time, also those of options in variables.
    if (module === 'easel') return 'nothing'
    if (unknown.nearest !== undefined && !OPEN.has(module)) return { blocks: one }
    return { note: sayIgnored(one.range.start, unknown.name, unknown.nearest) }
  }
  const mismatch = mismatchOf(one.message)
  if (!mismatch) return 'hint'
  if (mismatch.literal !== undefined) {
    const choices = await choicesAt(text, one, facts)
    return { blocks: { ...one, message: sayNoChoice(one.message, mismatch.literal, choices) } }
  }
  const { given, expected } = mismatch
  if (given === undefined || expected === undefined || expected.includes(given)) return 'hint'
  const isPrimitive = given !== 'array' && given !== 'function' && given !== 'object'
  return isPrimitive && COERCING.has(module) ? 'hint' : { blocks: one }
}

/** The module whose function gets the wrong argument, or whose property is assigned the wrong value. */
async function receiverOf({ one, text, facts }: Case): Promise<DeclaringModule | undefined> {
  const { tokens } = text
  const i = text.tokenAt(one.range.start)
  if (i < 0) return undefined
  const isCalled = Number(one.code) === 2769 && tokens[i]?.kind === 'name' && tokens[i + 1]?.text === '('
  const callee = isCalled ? i : callAround(tokens, i)
  if (callee >= 0) {
    const token = tokens[callee]!
    const module = moduleOf(await facts.declarations(text.placeOf(token)))
    const isChart =
      (module === 'easel' && token.text === 'chart') ||
      (module === 'chartjs-node-canvas' && token.text !== 'ChartJSNodeCanvas')
    return isChart ? 'chart.js' : module
  }
  const { end } = one.range
  const last = end && text.tokenAt({ line: end.line, character: end.character - 1 })
  const isProperty = last !== undefined && last > i && tokens[last - 1]?.text === '.' && tokens[last + 1]?.text === '='
  return isProperty ? moduleOf(await facts.declarations(text.placeOf(tokens[last]!))) : undefined
}

/** The string literals that are allowed where the wrong one stands. */
async function choicesAt(text: SnippetText, { range }: RawDiagnostic, facts: CellFacts): Promise<readonly string[]> {
  const from = text.tokenAt(range.start)
  const at = text.tokens.findIndex(({ kind }, i) => i >= from && kind === 'string')
  const token = text.tokens[at]
  if (!token || at - from > 6) return []
  const { line, character } = text.placeOf(token)
  return facts.choices({ line, character: character + 1 })
}

const MAX_CHOICES = 30

function sayNoChoice(message: string, literal: string, choices: readonly string[]): string {
  const [first = ''] = message.split('\n').flatMap((line) => /Did you mean '"(.*)"'\?/.exec(line)?.[1] ?? [])
  if (choices.length === 0 || choices.length > MAX_CHOICES) return message
  const way = suggestForValue(literal, choices)
  const nearest = way ? ` ${way}` : first ? ` Did you mean '${first}'?` : ''
  return `'${literal}' is not one of the allowed values: ${choices.map((one) => `'${one}'`).join(', ')}.${nearest}`
}

function sayIgnored({ line }: TextPosition, name: string, nearest: string | undefined): string {
  return `line ${line + 1}: there is no option '${name}'; it was ignored.${nearest ? ` Did you mean '${nearest}'?` : ''}`
}
