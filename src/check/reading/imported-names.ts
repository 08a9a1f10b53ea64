// A snippet's static imports, name by name, so that each can be repeated on its own.
import type { Token } from './token.ts'

export interface ImportedName {
  /** The local name. */
  readonly name: string
  /** An import statement that binds this name and no other. */
  readonly text: string
  readonly module: string
}

interface Imports {
  readonly imports: readonly ImportedName[]
  /** Indices of the tokens that belong to import statements. */
  readonly own: ReadonlySet<number>
}

/** The values that static imports bind, without types. A statement that cannot be read is omitted entirely. */
export function readImports(tokens: readonly Token[]): Imports {
  const imports: ImportedName[] = []
  const own = new Set<number>()
  for (const [i, { text, depth }] of tokens.entries()) {
    if (text !== 'import' || depth !== 0 || tokens[i - 1]?.text === '.') continue
    const end = endOf(tokens, i)
    if (end === undefined) continue
    for (let at = i; at <= end; at++) own.add(at)
    imports.push(...namesOf(tokens.slice(i + 1, end), tokens[end]?.text ?? ''))
  }
  return { imports, own }
}

/** Tokens of one import statement; a longer one is not read. */
export const MAX_TOKENS = 1000

/** Index of the module name's token. */
function endOf(tokens: readonly Token[], from: number): number | undefined {
  for (let i = from + 1; i < Math.min(tokens.length, from + MAX_TOKENS); i++) {
    const token = tokens[i] as Token
    if (token.kind === 'string' && (i === from + 1 || tokens[i - 1]?.text === 'from')) return i
    if (!isOfClause(token, tokens[from] as Token)) return undefined
  }
  return undefined
}

/** Whether the token can stand in the clause of the import that begins with `start`; the next import cannot. */
export function isOfClause({ kind, text, depth }: Token, start: Token): boolean {
  if (text === 'import' && depth === start.depth) return false
  return kind === 'name' || kind === 'string' || SIGNS.has(text)
}

const SIGNS = new Set('{},*')

/** The names of a clause, `from` included. */
function namesOf(clause: readonly Token[], source: string): ImportedName[] {
  const module = source.slice(1, -1)
  const [first, second] = clause
  if (first?.text === 'type' && second?.text !== 'from' && second?.text !== ',') return []
  const found: ImportedName[] = []
  const add = (name: string | undefined, what: string): void => {
    if (name !== undefined) found.push({ name, text: `import ${what} from ${source}`, module })
  }
  if (first?.kind === 'name' && clause.length > 1) add(first.text, first.text)
  const star = clause.findIndex(({ text }) => text === '*')
  if (star >= 0) add(clause[star + 2]?.text, `* as ${clause[star + 2]?.text}`)
  for (const entry of entriesOf(clause)) {
    const name = entry.at(-1)?.text
    add(name, `{ ${entry.map(({ text }) => text).join(' ')} }`)
  }
  return found
}

/** The comma-separated entries of `{ … }`, without types. */
function entriesOf(clause: readonly Token[]): Token[][] {
  const open = clause.findIndex(({ text }) => text === '{')
  const close = clause.findIndex(({ text }) => text === '}')
  if (open < 0 || close < open) return []
  const entries: Token[][] = [[]]
  for (const token of clause.slice(open + 1, close)) {
    if (token.text === ',') entries.push([])
    else entries.at(-1)?.push(token)
  }
  return entries.filter((entry) => !isType(entry))
}

/** Matches `type x` and `type x as y`; a value named `type` may appear as `type` or `type as x`. */
function isType([first, second]: readonly Token[]): boolean {
  return first?.text === 'type' && second !== undefined && second.text !== 'as'
}
