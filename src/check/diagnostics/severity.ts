// Which type errors keep a cell from running: only what must fail or silently goes wrong. Code that runs in plain Node is
// run, whatever the compiler thinks of its types; what it said becomes a hint should the cell throw.
import type { CellFacts, TextPosition, RawDiagnostic } from '../type-checker/language-server.ts'
import { unawaitedConditions } from './unawaited-conditions.ts'
import { moduleOf, type DeclaringModule } from './declaring-module.ts'
import { mismatchOf, unknownOptionOf } from './mismatch.ts'
import { calleeBefore, callAround, createSnippetText, openOf, type SnippetText } from '../reading/snippet-text.ts'
import type { Token } from '../reading/token.ts'
import { numericSorts } from './numeric-sort.ts'
import { readTokens } from '../reading/tokens.ts'
import { wayOn, wayOnOption } from './suggestions.ts'

export interface Judged {
  /** The cell must not run. */
  readonly blocking: readonly RawDiagnostic[]
  /** It may run; should it throw, these may be why. */
  readonly hints: readonly RawDiagnostic[]
  /** Options that are ignored, in sentences. */
  readonly notes: readonly string[]
}

/** Errors that are looked at one by one; of a snippet with more the rest are hints. */
const MAX_JUDGED = 40

type Severity = { readonly blocks: RawDiagnostic } | { readonly note: string } | 'hint' | 'nothing'

/** Sorts the compiler's errors of a cell. `known`: names of earlier cells, which exist whatever the compiler says. */
export async function judge(
  code: string,
  raw: readonly RawDiagnostic[],
  facts: CellFacts,
  known: (name: string) => boolean,
): Promise<Judged> {
  const reading = readTokens(code)
  const text = createSnippetText(code, 'tokens' in reading ? reading.tokens : [])
  const said = raw.filter((one) => (one.severity ?? 1) === 1 && !isPedantic(one))
  const errors = [...said, ...(await unawaitedConditions(text, facts))]
  const blocking: RawDiagnostic[] = []
  const hints: RawDiagnostic[] = errors.slice(MAX_JUDGED)
  const notes = new Set<string>(await numericSorts(text, facts))
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

/** Code that works in Node and that only strict projects refuse: not even a hint. */
function isPedantic({ code, message }: RawDiagnostic): boolean {
  const number = Number(code)
  // 7000 to 7999: an implicit any. The option that reports them also makes `let x` and `[]` take types from their use.
  if (number >= 7000 && number < 8000) return true
  // A field of a thing of type unknown, and a new field on `{}`.
  if (number === 18046 || number === 2571) return true
  return number === 2339 && /on type '(?:\{\}|unknown)'/.test(message)
}

export function isSyntax({ code }: RawDiagnostic): boolean {
  return Number(code) >= 1000 && Number(code) < 2000 && !SEMANTIC.has(Number(code)) && !HARMLESS.has(Number(code))
}

/** Numbers below 2000 that are about types or the project all the same: type-only imports, erasable syntax. */
const SEMANTIC = new Set([1294, 1361, 1362, 1484, 1485])
/** And those of code that runs: parameters in any order, a key twice, what an async function or a clause is said to be. */
const HARMLESS = new Set([1015, 1016, 1064, 1117, 1196, 1286, 1287, 1340, 1360, 1371])

/** What fails whenever it is reached, or before: imports that are not there, syntax that Node does not strip, constants. */
const MUST_FAIL = new Set([...SEMANTIC, 2305, 2307, 2451, 2539, 2588, 2613, 2614, 2630, 2632, 2724])
const UNKNOWN_NAMES = new Set([
  2304, 2552, 2503, 2686, 18004, 2580, 2581, 2582, 2583, 2584, 2591, 2592, 2593, 2662, 2663,
])
const UNKNOWN_MEMBERS = new Set([2339, 2551, 2550, 2568, 2576])
const ARGUMENTS = new Set([2322, 2345, 2353, 2561, 2769, 2820])

/** A promise that is used as if it were the value. */
function isUnawaited({ code, message, relatedInformation }: RawDiagnostic): boolean {
  const number = Number(code)
  if (number === 2801) return true
  // A variable may well hold a promise that is awaited later.
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

/** A name that is nowhere; the name of a type, or one that the snippet asks for first, does no harm. */
async function ofName({ one, text, facts, known }: Case): Promise<Severity> {
  const { start } = one.range
  const { tokens } = text
  const i = text.tokenAt(start)
  const name = tokens[i]?.text ?? ''
  // The namespace of a type, as in sharp.OverlayOptions.
  if (Number(one.code) === 2503) return 'nothing'
  if (Number(one.code) === 2686 && known(name)) return 'nothing'
  if (isLookedFor(tokens, name)) return 'nothing'
  const description = await facts.description(start)
  return description.startsWith('type ') ? 'nothing' : { blocks: one }
}

/** `typeof name` asks whether it is there; `globalThis.name = …` makes it. */
function isLookedFor(tokens: readonly Token[], name: string): boolean {
  return tokens.some(({ text }, i) => {
    if (text !== name) return false
    if (tokens[i - 1]?.text === 'typeof') return true
    const holder = tokens[i - 2]?.text
    const isGlobal = tokens[i - 1]?.text === '.' && (holder === 'globalThis' || holder === 'global')
    return isGlobal && tokens[i + 1]?.text === '=' && tokens[i + 2]?.text !== '='
  })
}

/** Types of the language, and kinds of them, whose members anybody may add. */
const LANGUAGE_TYPE =
  /^(?:string|number|boolean|bigint|symbol|object|never|void|unknown|any|\{|\[|\(|readonly |Record<|Partial<|Pick<|Omit<|Readonly)|\]$/

/** Whether the member that is missing is one of a module, or of something that a module gave. */
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
  // Its types say less than there is.
  if (module === 'chart.js') return /^(?:typeof import\(|typeof Chart|Chart\b|Defaults)/.test(type)
  return module !== undefined
}

/** Modules that make of a number a text and the other way round, as a browser does. */
const COERCING: ReadonlySet<DeclaringModule> = new Set(['canvas', 'chart.js', 'node'])
/** Modules whose options anybody may add to. */
const OPEN: ReadonlySet<DeclaringModule> = new Set(['easel', 'chart.js', 'canvas', 'node'])

async function ofArgument(at: Case): Promise<Severity> {
  const { one, text, facts } = at
  const module = await receiverOf(at)
  if (!module) return 'hint'
  const unknown = unknownOptionOf(one.message)
  if (unknown) {
    // They say it themselves when they run, of options in variables too.
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

/** The module whose function is called with what is wrong, or whose property is set to it. */
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

/** The texts that may stand where one is written that may not. */
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
  const way = wayOn(literal, choices)
  const nearest = way ? ` ${way}` : first ? ` Did you mean '${first}'?` : ''
  return `'${literal}' is none of the values here: ${choices.map((one) => `'${one}'`).join(', ')}.${nearest}`
}

function sayIgnored({ line }: TextPosition, name: string, nearest: string | undefined): string {
  const way = wayOnOption(name)
  return `line ${line + 1}: there is no option '${name}'; it was ignored.${way ? ` ${way}` : nearest ? ` Did you mean '${nearest}'?` : ''}`
}
