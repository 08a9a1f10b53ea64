// One cell as the composer sees it: its imports, the names it binds and uses, and the places that mean something else
// outside the sandbox. Runs in a separate process: a hostile snippet can break a parser.
import { stripTypeScriptTypes } from 'node:module'
import { parse, type AnyNode, type Program } from 'acorn'
import { bindingsOf } from '../../sandbox/child/cell/names.ts'
import { walk, type Node } from '../../sandbox/child/cell/walk.ts'
import { readTokens } from '../snippet/tokens.ts'
import { readDeclarations } from '../snippet/declarations.ts'
import { NODE_NAMES } from '../../sandbox/module-names.ts'
import { moduleName, readImports, type ImportedName, type ImportStatement } from '../snippet/imports.ts'
import { COMMON_JS, withNodeImports } from '../snippet/node-imports.ts'
import { quoteString } from './quoting.ts'
import { scopesOf, type Reference } from './scope.ts'

/** A text replacement in a cell. */
export interface Change {
  readonly start: number
  readonly end: number
  readonly by: string
}

/** An imported name with its module; `member`: a property of the default export of a CommonJS package. */
export interface Imported extends Omit<ImportedName, 'at'> {
  readonly module: string
  readonly member: boolean
}

export interface CellReading {
  readonly code: string
  readonly imports: readonly Imported[]
  /** Top-level values; those in `kept` are visible in later cells. */
  readonly declared: ReadonlySet<string>
  readonly kept: ReadonlyMap<string, 'const' | 'let'>
  /** Interfaces, type aliases, classes and imported types. */
  readonly types: ReadonlySet<string>
  readonly references: readonly Reference[]
  /** Names in types, which the JavaScript parser does not see. */
  readonly typeReferences: readonly { readonly name: string; readonly start: number; readonly end: number }[]
  readonly writes: readonly ReadonlySet<string>[]
  readonly names: ReadonlySet<string>
  readonly changes: readonly Change[]
  /** Ranges of `import.meta`. */
  readonly metas: readonly { readonly start: number; readonly end: number }[]
  /** Modules that `import()` loads. */
  readonly dynamic: readonly string[]
  /** Modules of imports that bind no name. */
  readonly bare: readonly string[]
}

const ROOT = '/mnt/data'

/** Reads a cell that has run; throws if it cannot be read. */
export function readCell(given: string): CellReading {
  const typed = withNodeImports(given).replace(/^#!/, '//')
  const stripped = stripTypeScriptTypes(typed, { mode: 'strip' })
  // If stripping shifted any text, the types are given up so that positions stay right.
  const code = stripped.length === typed.length ? typed : stripped
  const tokens = tokensOf(code)
  const program = parse(stripped, { ecmaVersion: 'latest', sourceType: 'module' })
  const statements = readImports(tokens)
  const members = membersOf(program, statements)
  const { declared, references, writes, names } = scopesOf(program)
  const gone = new Set(members.flatMap((one) => one.names.map(({ local }) => local)))
  const isBlank = (at: number, length: number): boolean => !/[^\s;]/.test(stripped.slice(at, at + length))
  const outside = (at: number): boolean =>
    ![...statements, ...members].some(({ start, end }) => at >= start && at < end)
  const inTypes = tokens.filter(({ kind, at, text }) => kind === 'name' && isBlank(at, text.length) && outside(at))
  return {
    code,
    imports: [...statements, ...members].flatMap(({ module, names: own }) =>
      own.map((name) => ({ ...name, module, member: members.some((one) => one.names.includes(name)) })),
    ),
    bare: statements.flatMap(({ names: own, module }) => (own.length === 0 ? module : [])),
    declared: new Set([...declared].filter((name) => !gone.has(name))),
    kept: new Map(bindingsOf(program).map(({ name, kind }) => [name, kind])),
    types: readDeclarations(tokens).types,
    references: references.filter(({ start }) => outside(start)),
    typeReferences: inTypes
      .filter(
        ({ at, text }) =>
          !/\.\s*$/.test(code.slice(0, at).slice(-20)) && !/^\s*\??:/.test(code.slice(at + text.length)),
      )
      .map(({ text, at }) => ({ name: text, start: at, end: at + text.length })),
    writes,
    names: new Set([...names, ...tokens.filter(({ kind }) => kind === 'name').map(({ text }) => text)]),
    ...placesOf(program, code, [...statements, ...members]),
  }
}

function tokensOf(code: string) {
  const reading = readTokens(code)
  if ('problem' in reading) throw new Error(reading.problem.message)
  return reading.tokens
}

/** `const { GIFEncoder } = gifenc` after `import gifenc from 'gifenc'`, as the journal rewrites named imports. */
function membersOf(
  program: Program,
  statements: readonly ImportStatement[],
): Pick<ImportStatement, 'start' | 'end' | 'module' | 'names'>[] {
  return program.body.flatMap((node) => {
    if (node.type !== 'VariableDeclaration' || node.kind !== 'const' || node.declarations.length !== 1) return []
    const [{ id, init }] = node.declarations as [(typeof node.declarations)[0]]
    if (init?.type !== 'Identifier' || id.type !== 'ObjectPattern') return []
    const from = statements.find(
      ({ module, names }) =>
        COMMON_JS.has(module) && names.some(({ local, imported }) => local === init.name && imported === 'default'),
    )
    const names = id.properties.map((part) =>
      part.type === 'Property' && !part.computed && part.key.type === 'Identifier' && part.value.type === 'Identifier'
        ? { local: part.value.name, imported: part.key.name, isType: false, at: part.start }
        : undefined,
    )
    if (!from || names.includes(undefined)) return []
    return [{ start: node.start, end: node.end, module: from.module, names: names as ImportedName[] }]
  })
}

/** Rewrites independent of other cells: no imports, no `export`, and relative paths for those below /mnt/data. */
function placesOf(
  program: Program,
  code: string,
  removed: readonly { readonly start: number; readonly end: number }[],
): Pick<CellReading, 'changes' | 'metas' | 'dynamic'> {
  const changes: Change[] = []
  const metas: { start: number; end: number }[] = []
  const dynamic: string[] = []
  const first = program.body.find((node) => !removed.some(({ start }) => start === node.start))
  for (const { start, end } of removed)
    // The statement before must not run into the one after.
    changes.push({ start, end, by: first && first.start < start ? ';' : '' })
  for (const node of program.body) changes.push(...exportChanges(node))
  walk(program as unknown as Node, (each) => {
    const node = each as unknown as AnyNode
    if (node.type === 'MetaProperty' && node.end - node.start === 11) metas.push({ start: node.start, end: node.end })
    else if (node.type === 'ImportExpression' && node.source.type === 'Literal') {
      dynamic.push(moduleName(String(node.source.value)))
      changes.push(...moduleChange(node.source))
    } else if (node.type === 'Literal' && typeof node.value === 'string') changes.push(...pathChange(node, node.value))
    else if (node.type === 'TemplateLiteral') changes.push(...templateChange(node, code))
  })
  const inside = ({ start }: Change): boolean => removed.some((range) => start > range.start && start < range.end)
  return { changes: changes.filter((change) => !inside(change)), metas, dynamic }
}

function exportChanges(node: Program['body'][number]): Change[] {
  if (node.type === 'ExportDefaultDeclaration') {
    const { declaration } = node
    if (declaration.type.endsWith('Declaration')) return [{ start: node.start, end: declaration.start, by: '' }]
    return [
      { start: node.start, end: declaration.start, by: 'void (' },
      { start: declaration.end, end: declaration.end, by: ')' },
    ]
  }
  if (node.type === 'ExportNamedDeclaration' && node.declaration)
    return [{ start: node.start, end: node.declaration.start, by: '' }]
  if (node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration')
    return [{ start: node.start, end: node.end, by: ';' }]
  return []
}

/** The helpers' path relative to the cells. */
export const HELPERS = './easel/index.ts'

function moduleChange(source: AnyNode & { type: 'Literal' }): Change[] {
  const value = String(source.value)
  const name = value === 'easel' ? HELPERS : (NODE_NAMES.get(value) ?? value)
  return name === value ? [] : [{ start: source.start, end: source.end, by: quoteString(name) }]
}

function pathChange(node: { start: number; end: number }, value: string): Change[] {
  if (value !== ROOT && !value.startsWith(`${ROOT}/`)) return []
  return [{ start: node.start, end: node.end, by: quoteString(value.slice(ROOT.length + 1) || '.') }]
}

function templateChange(node: AnyNode & { type: 'TemplateLiteral' }, code: string): Change[] {
  const [head] = node.quasis
  const text = head ? code.slice(head.start, head.end) : ''
  if (!head || (text !== ROOT && !text.startsWith(`${ROOT}/`))) return []
  return [{ start: head.start, end: head.start + ROOT.length, by: '.' }]
}
