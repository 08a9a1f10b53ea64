// Finds the names that a cell declares at its top level, and the names that it imports.
import { runInNewContext } from 'node:vm'
import type { ImportDeclaration, Pattern, Program, VariableDeclaration } from 'acorn'
import { walk, type Node } from './walk.ts'

export interface Binding {
  readonly name: string
  readonly kind: 'const' | 'let'
}

/** Built-ins are never kept as bindings: `let Math` in one cell must not affect the next. */
const builtIns: ReadonlySet<string> = new Set([
  ...(runInNewContext('Object.getOwnPropertyNames(globalThis)') as string[]),
  ...'Buffer URL URLSearchParams TextEncoder TextDecoder console performance structuredClone'.split(' '),
  ...'setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate queueMicrotask'.split(' '),
  ...'atob btoa global __easel $easel $imprt $importmeta $v'.split(' '),
])

/** Top-level declarations, and `var` anywhere outside functions; each name once. */
export function bindingsOf(program: Program): Binding[] {
  const found = new Map<string, Binding['kind']>()
  const add = (name: string, kind: Binding['kind']): void => {
    if (!builtIns.has(name)) found.set(name, kind)
  }
  for (const statement of program.body) {
    const node = 'declaration' in statement && statement.declaration ? statement.declaration : statement
    if (node.type === 'VariableDeclaration') addDeclared(node, add)
    else if ((node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') && node.id)
      add(node.id.name, 'let')
  }
  const isFunction = (node: Node): boolean => /Function|^Class|^StaticBlock|^MethodDefinition/.test(node.type)
  walk(
    program as unknown as Node,
    (node) => {
      if (node.type === 'VariableDeclaration' && (node as unknown as VariableDeclaration).kind === 'var') {
        addDeclared(node as unknown as VariableDeclaration, add)
      }
    },
    (node) => !isFunction(node),
  )
  return [...found].map(([name, kind]) => ({ name, kind }))
}

function addDeclared(node: VariableDeclaration, add: (name: string, kind: Binding['kind']) => void): void {
  for (const { id } of node.declarations) {
    for (const name of patternNames(id)) add(name, node.kind === 'const' ? 'const' : 'let')
  }
}

/** Names that a pattern binds. */
export function patternNames(pattern: Pattern): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name]
    case 'ObjectPattern':
      return pattern.properties.flatMap((p) => patternNames(p.type === 'Property' ? p.value : p.argument))
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

/** The local name and the imported name (`*` for the namespace) of each specifier of an import declaration. */
export function importedNames(node: ImportDeclaration): [local: string, imported: string][] {
  return node.specifiers.map((specifier) => {
    const local = specifier.local.name
    if (specifier.type === 'ImportDefaultSpecifier') return [local, 'default']
    if (specifier.type === 'ImportNamespaceSpecifier') return [local, '*']
    const { imported } = specifier
    return [local, imported.type === 'Identifier' ? imported.name : String(imported.value)]
  })
}
