// console.table, drawn as in Node.
import { inspectSafely } from './inspect.ts'

/** The table's text; undefined if `rows` is not tabular (Node then prints the value). */
export function renderTable(rows: unknown, columns?: readonly string[]): string | undefined {
  if (rows === null || typeof rows !== 'object') return undefined
  const entries: [string, unknown][] =
    rows instanceof Map
      ? [...rows.entries()].map(([key, value], i) => [String(i), { Key: key, Values: value }])
      : rows instanceof Set
        ? [...rows].map((value, i) => [String(i), value])
        : Object.entries(rows)
  const indexName = rows instanceof Map || rows instanceof Set ? '(iteration index)' : '(index)'
  const keys: string[] = columns ? [...columns] : []
  let values = false
  for (const [, row] of entries) {
    if (row === null || typeof row !== 'object') values = true
    else if (!columns) for (const key of Object.keys(row)) if (!keys.includes(key)) keys.push(key)
  }
  const head = [indexName, ...keys, ...(values ? ['Values'] : [])]
  const body = entries.map(([index, row]) => {
    const plain = row === null || typeof row !== 'object'
    const cells = keys.map((key) => (!plain && key in row ? cell((row as Record<string, unknown>)[key]) : ''))
    return [index, ...cells, ...(values ? [plain ? cell(row) : ''] : [])]
  })
  return draw(head, body)
}

function cell(value: unknown): string {
  return inspectSafely(value, { depth: isLarge(value) ? -1 : 0, maxArrayLength: 3, breakLength: Infinity })
}

function isLarge(value: unknown): boolean {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false
  try {
    return Object.keys(value).length > 2
  } catch {
    return true
  }
}

function draw(head: readonly string[], body: readonly (readonly string[])[]): string {
  const widths = head.map((_, i) => Math.max(...[head, ...body].map((row) => width(row[i] ?? ''))) + 2)
  const rule = (left: string, mid: string, right: string): string =>
    left + widths.map((w) => '─'.repeat(w)).join(mid) + right
  const row = (cells: readonly string[]): string =>
    `│${cells.map((text, i) => ` ${text}${' '.repeat((widths[i] ?? 0) - width(text) - 1)}`).join('│')}│`
  return [rule('┌', '┬', '┐'), row(head), rule('├', '┼', '┤'), ...body.map(row), rule('└', '┴', '┘')].join('\n')
}

/** Width in terminal columns: East Asian wide characters take two. */
function width(text: string): number {
  let columns = 0
  for (const char of text) {
    const code = char.codePointAt(0) as number
    const wide =
      code >= 0x1100 &&
      (code <= 0x115f ||
        (code >= 0x2e80 && code <= 0xa4cf) ||
        (code >= 0xac00 && code <= 0xd7a3) ||
        (code >= 0xf900 && code <= 0xfaff) ||
        (code >= 0xfe30 && code <= 0xfe6f) ||
        (code >= 0xff00 && code <= 0xff60) ||
        (code >= 0x1f300 && code <= 0x1faff) ||
        (code >= 0x20000 && code <= 0x3fffd))
    columns += wide ? 2 : 1
  }
  return columns
}
