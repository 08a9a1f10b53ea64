// Which identifiers of a cell mean its own top-level names or names from outside it: what a change of name must touch.
import type { AnyNode, Pattern, Program } from 'acorn'

/** An identifier that no scope inside the cell binds. */
export interface Reference {
  readonly name: string
  readonly start: number
  readonly end: number
  /** It is `name` in `{ name }`, where the key must stay. */
  readonly shorthand: boolean
  /** It stands in a function, which may be called after later cells have run. */
  readonly later: boolean
  /** Number of the top-level statement around it. */
  readonly statement: number
}

interface Scoped {
  /** Names bound at the top level, but for imports. */
  readonly declared: ReadonlySet<string>
  readonly references: readonly Reference[]
  /** For each top-level statement the top-level names that it declares or assigns. */
  readonly writes: readonly ReadonlySet<string>[]
  /** Every name in the cell, whatever it means. */
  readonly names: ReadonlySet<string>
}

/** Where the walk stands. */
interface Place {
  readonly scopes: readonly ReadonlySet<string>[]
  readonly later: boolean
  readonly statement: number
}

/** Reads the scopes of a module. Import declarations are left out. */
export function scopesOf(program: Program): Scoped {
  const declared = new Set([...varNames(program.body), ...lexicalNames(program.body)])
  const references: Reference[] = []
  const names = new Set<string>()
  const writes = program.body.map(() => new Set<string>())

  const refer = (node: { name: string; start: number; end: number }, place: Place, shorthand = false): void => {
    names.add(node.name)
    if (place.scopes.some((scope) => scope.has(node.name))) return
    const { name, start, end } = node
    references.push({ name, start, end, shorthand, later: place.later, statement: place.statement })
  }
  const inside = (place: Place, own: Iterable<string>, later = place.later): Place => ({
    ...place,
    scopes: [...place.scopes, new Set(own)],
    later,
  })

  const visit = (node: AnyNode, place: Place): void => {
    switch (node.type) {
      case 'Identifier':
        return refer(node, place)
      case 'ImportDeclaration':
      case 'ExportSpecifier':
      case 'MetaProperty':
        return
      case 'FunctionDeclaration':
        if (node.id) refer(node.id, place)
        return visitFunction(node, place)
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        return visitFunction(node, place)
      case 'ClassExpression':
        return each(node, node.id ? inside(place, [node.id.name]) : place)
      case 'BlockStatement':
      case 'StaticBlock':
        return each(node, inside(place, lexicalNames(node.body)))
      case 'SwitchStatement':
        return each(node, inside(place, lexicalNames(node.cases.flatMap((one) => one.consequent))))
      case 'ForStatement':
        return each(node, inside(place, headNames(node.init)))
      case 'ForInStatement':
      case 'ForOfStatement':
        return each(node, inside(place, headNames(node.left)))
      case 'CatchClause':
        return each(node, inside(place, node.param ? patternNames(node.param) : []))
      default:
        return visitPart(node, place)
    }
  }
  /** Nodes with identifiers that are no names. */
  const visitPart = (node: AnyNode, place: Place): void => {
    if (node.type === 'MemberExpression') {
      visit(node.object, place)
      if (node.computed) visit(node.property, place)
      else if (node.property.type === 'Identifier') names.add(node.property.name)
    } else if (node.type === 'Property') {
      visitProperty(node, place)
    } else if (node.type === 'MethodDefinition' || node.type === 'PropertyDefinition') {
      if (node.computed) visit(node.key, place)
      else if (node.key.type === 'Identifier') names.add(node.key.name)
      if (node.value) visit(node.value, { ...place, later: true })
    } else if (node.type === 'LabeledStatement') visit(node.body, place)
    else if (node.type === 'BreakStatement' || node.type === 'ContinueStatement') return
    else {
      if (node.type === 'AssignmentExpression' && node.left.type === 'Identifier' && declared.has(node.left.name))
        writes[place.statement]?.add(node.left.name)
      each(node, place)
    }
  }
  const visitProperty = (node: AnyNode & { type: 'Property' }, place: Place): void => {
    if (!node.shorthand) {
      if (node.computed) visit(node.key, place)
      else if (node.key.type === 'Identifier') names.add(node.key.name)
      return visit(node.value, place)
    }
    // The key and the value, or the value's target before a default, are one and the same text.
    if (node.key.type === 'Identifier') refer(node.key, place, true)
    const value = node.value as AnyNode
    if (value.type === 'AssignmentPattern') visit(value.right, place)
  }
  const visitFunction = (node: AnyNode & { params: Pattern[]; body: AnyNode; id?: unknown }, place: Place): void => {
    const own = node.params.flatMap(patternNames)
    if (node.type === 'FunctionExpression' && node.id) own.push(node.id.name)
    if (node.type !== 'ArrowFunctionExpression') own.push('arguments')
    const body = node.body.type === 'BlockStatement' ? node.body.body : []
    const within = inside(place, [...own, ...varNames(body), ...lexicalNames(body)], true)
    for (const param of node.params) visit(param, within)
    if (node.body.type === 'BlockStatement') for (const statement of body) visit(statement, within)
    else visit(node.body, within)
  }
  const each = (node: AnyNode, place: Place): void => {
    for (const child of childrenOf(node)) visit(child, place)
  }

  for (const [statement, node] of program.body.entries()) {
    const own = declaredBy(node)
    for (const name of own) writes[statement]?.add(name)
    visit(node, { scopes: [], later: false, statement })
  }
  return { declared, references, writes, names }
}

function declaredBy(node: AnyNode): string[] {
  return [...varNames([node]), ...lexicalNames([node])]
}

function childrenOf(node: AnyNode): AnyNode[] {
  return Object.values(node).flatMap((value: unknown) => (Array.isArray(value) ? value : [value]).filter(isNode))
}

function isNode(value: unknown): value is AnyNode {
  return value !== null && typeof value === 'object' && 'type' in value && 'start' in value
}

function headNames(head: AnyNode | null | undefined): string[] {
  return head?.type === 'VariableDeclaration' && head.kind !== 'var' ? lexicalNames([head]) : []
}

/** Names of let, const, class and function among the statements themselves. */
function lexicalNames(statements: readonly AnyNode[]): string[] {
  return statements.flatMap((statement) => {
    const exported = statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration'
    const node = exported ? (statement.declaration as AnyNode | null) : statement
    if (node?.type === 'VariableDeclaration' && node.kind !== 'var')
      return node.declarations.flatMap(({ id }) => patternNames(id))
    if (node?.type === 'FunctionDeclaration' || node?.type === 'ClassDeclaration') return node.id ? [node.id.name] : []
    return []
  })
}

/** Names of `var` in the statements and the blocks below them, functions left out. */
function varNames(statements: readonly AnyNode[]): string[] {
  const found: string[] = []
  const look = (node: AnyNode): void => {
    if (/Function|^Class|^StaticBlock|Expression$/.test(node.type)) return
    if (node.type === 'VariableDeclaration' && node.kind === 'var')
      found.push(...node.declarations.flatMap(({ id }) => patternNames(id)))
    for (const child of childrenOf(node)) look(child)
  }
  for (const statement of statements) look(statement)
  return found
}

function patternNames(pattern: Pattern): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name]
    case 'ObjectPattern':
      return pattern.properties.flatMap((part) => patternNames(part.type === 'Property' ? part.value : part.argument))
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? patternNames(element) : []))
    case 'AssignmentPattern':
      return patternNames(pattern.left)
    case 'RestElement':
      return patternNames(pattern.argument)
    default:
      return []
  }
}
