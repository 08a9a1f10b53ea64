// The names that statements bind: what is visible in a block, and the `var` declarations hoisted out of it.
import type { AnyNode } from 'acorn'
import { patternNames } from '../../sandbox/child/cell/names.ts'

/** Every name that a top-level statement binds. */
export function declaredBy(node: AnyNode): string[] {
  return [...varNames([node]), ...lexicalNames([node])]
}

/** The direct child nodes. */
export function childrenOf(node: AnyNode): AnyNode[] {
  return Object.values(node).flatMap((value: unknown) => (Array.isArray(value) ? value : [value]).filter(isNode))
}

function isNode(value: unknown): value is AnyNode {
  return value !== null && typeof value === 'object' && 'type' in value && 'start' in value
}

/** Names that the head of a loop binds for each iteration. */
export function headNames(head: AnyNode | null | undefined): string[] {
  return head?.type === 'VariableDeclaration' && head.kind !== 'var' ? lexicalNames([head]) : []
}

/** Names of let, const, class and function among the statements themselves. */
export function lexicalNames(statements: readonly AnyNode[]): string[] {
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
export function varNames(statements: readonly AnyNode[]): string[] {
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
