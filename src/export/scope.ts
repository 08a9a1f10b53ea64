// Finds the identifiers of a cell that refer to its own top-level names or to outside names, for renaming.
import type { AnyNode, Pattern, Program } from 'acorn'
import { patternNames } from '../../sandbox/child/cell/names.ts'
import { childrenOf, declaredBy, headNames, lexicalNames, varNames } from './bound-names.ts'

/** An identifier that no scope inside the cell binds. */
export interface Reference {
  readonly name: string
  readonly start: number
  readonly end: number
  /** It is the shorthand `name` in `{ name }`, where the key must stay. */
  readonly shorthand: boolean
  /** It is inside a function, which may be called after later cells have run. */
  readonly later: boolean
  /** Index of the enclosing top-level statement. */
  readonly statement: number
}

interface Scoped {
  /** Names bound at the top level, without imports. */
  readonly declared: ReadonlySet<string>
  readonly references: readonly Reference[]
  /** For each top-level statement the top-level names that it declares or assigns. */
  readonly writes: readonly ReadonlySet<string>[]
  /** Every name in the cell, whatever it refers to. */
  readonly names: ReadonlySet<string>
}

/** Position of the walk and its results so far. */
interface WalkState {
  readonly scopes: readonly ReadonlySet<string>[]
  readonly later: boolean
  readonly statement: number
  readonly found: Found
}

interface Found {
  readonly declared: ReadonlySet<string>
  readonly references: Reference[]
  readonly writes: readonly Set<string>[]
  readonly names: Set<string>
}

/** Resolves the scopes of a module. Import declarations are skipped. */
export function scopesOf(program: Program): Scoped {
  const declared = new Set([...varNames(program.body), ...lexicalNames(program.body)])
  const writes = program.body.map((node) => new Set(declaredBy(node)))
  const found: Found = { declared, references: [], writes, names: new Set() }
  for (const [statement, node] of program.body.entries()) visit(node, { scopes: [], later: false, statement, found })
  return found
}

function visit(node: AnyNode, place: WalkState): void {
  switch (node.type) {
    case 'Identifier':
      return addReference(node, place)
    case 'ImportDeclaration':
    case 'ExportSpecifier':
    case 'MetaProperty':
    case 'BreakStatement':
    case 'ContinueStatement':
      return
    case 'FunctionDeclaration':
      if (node.id) addReference(node.id, place)
      return visitFunction(node, place)
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return visitFunction(node, place)
    case 'ClassExpression':
      return visitBelow(node, node.id ? withScope(place, [node.id.name]) : place)
    case 'BlockStatement':
    case 'StaticBlock':
      return visitBelow(node, withScope(place, lexicalNames(node.body)))
    case 'SwitchStatement':
      return visitBelow(node, withScope(place, lexicalNames(node.cases.flatMap((one) => one.consequent))))
    case 'ForStatement':
      return visitBelow(node, withScope(place, headNames(node.init)))
    case 'ForInStatement':
    case 'ForOfStatement':
      return visitBelow(node, withScope(place, headNames(node.left)))
    case 'CatchClause':
      return visitBelow(node, withScope(place, node.param ? patternNames(node.param) : []))
    default:
      return visitPart(node, place)
  }
}

/** Visits nodes whose identifiers may not be references. */
function visitPart(node: AnyNode, place: WalkState): void {
  if (node.type === 'MemberExpression') {
    visit(node.object, place)
    visitKey(node.property, node.computed, place)
  } else if (node.type === 'Property' && node.shorthand) {
    // In a shorthand, key and value (or the target before a default) are the same text.
    if (node.key.type === 'Identifier') addReference(node.key, place, true)
    const value = node.value as AnyNode
    if (value.type === 'AssignmentPattern') visit(value.right, place)
  } else if (node.type === 'Property') {
    visitKey(node.key, node.computed, place)
    visit(node.value, place)
  } else if (node.type === 'MethodDefinition' || node.type === 'PropertyDefinition') {
    visitKey(node.key, node.computed, place)
    if (node.value) visit(node.value, { ...place, later: true })
  } else if (node.type === 'LabeledStatement') visit(node.body, place)
  else {
    const { declared, writes } = place.found
    if (node.type === 'AssignmentExpression' && node.left.type === 'Identifier' && declared.has(node.left.name))
      writes[place.statement]?.add(node.left.name)
    visitBelow(node, place)
  }
}

function visitKey(key: AnyNode, computed: boolean, place: WalkState): void {
  if (computed) visit(key, place)
  else if (key.type === 'Identifier') place.found.names.add(key.name)
}

function visitFunction(node: AnyNode & { params: Pattern[]; body: AnyNode; id?: unknown }, place: WalkState): void {
  const own = node.params.flatMap(patternNames)
  if (node.type === 'FunctionExpression' && node.id) own.push(node.id.name)
  if (node.type !== 'ArrowFunctionExpression') own.push('arguments')
  const body = node.body.type === 'BlockStatement' ? node.body.body : []
  const within = withScope(place, [...own, ...varNames(body), ...lexicalNames(body)], true)
  for (const param of node.params) visit(param, within)
  if (node.body.type === 'BlockStatement') for (const statement of body) visit(statement, within)
  else visit(node.body, within)
}

function visitBelow(node: AnyNode, place: WalkState): void {
  for (const child of childrenOf(node)) visit(child, place)
}

function withScope(place: WalkState, own: Iterable<string>, later = place.later): WalkState {
  return { ...place, scopes: [...place.scopes, new Set(own)], later }
}

function addReference(node: { name: string; start: number; end: number }, place: WalkState, shorthand = false): void {
  const { name, start, end } = node
  const { scopes, later, statement, found } = place
  found.names.add(name)
  if (scopes.some((scope) => scope.has(name))) return
  found.references.push({ name, start, end, shorthand, later, statement })
}
