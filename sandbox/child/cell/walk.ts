// Walks acorn's syntax tree without recursion, so that deeply nested code cannot overflow the stack.

export interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly loc?: { readonly start: { readonly line: number; readonly column: number } }
}

/** Visits every node; where `into` returns false, the node's children are skipped. */
export function walk(
  root: Node,
  visit: (node: Node) => void,
  shouldDescend: (node: Node) => boolean = () => true,
): void {
  const waiting: Node[] = [root]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    visit(node)
    if (node !== root && !shouldDescend(node)) continue
    for (const value of Object.values(node)) {
      if (Array.isArray(value)) for (const item of value) push(waiting, item)
      else push(waiting, value)
    }
  }
}

function push(waiting: Node[], value: unknown): void {
  if (value !== null && typeof value === 'object' && 'type' in value && 'start' in value) waiting.push(value as Node)
}
