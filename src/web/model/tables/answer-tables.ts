// Tables in a text: which of their columns are numbers, and their cells as files.

/** The parts of a tree of HTML that are used here. */
interface HtmlNode {
  readonly type: string
  readonly tagName?: string
  readonly value?: string
  properties?: Record<string, unknown>
  readonly children?: readonly HtmlNode[]
}

/** Marks the cells of number columns for which the text names no side. */
export function markNumberColumns(tree: HtmlNode): void {
  for (const node of tree.children ?? []) {
    if (node.tagName === 'table') markTable(node)
    else markNumberColumns(node)
  }
}

function markTable(table: HtmlNode): void {
  const rows = find(table, 'tr').map((row) =>
    (row.children ?? []).filter(({ tagName }) => tagName === 'td' || tagName === 'th'),
  )
  const body = rows.filter((cells) => cells.some(({ tagName }) => tagName === 'td'))
  const isNumber = (rows[0] ?? []).map((_, column) => areNumbers(body.map((cells) => textOf(cells[column]))))
  for (const cells of rows)
    cells.forEach((cell, column) => {
      if (isNumber[column] === true && cell.properties?.['align'] === undefined)
        cell.properties = { ...cell.properties, className: ['number'] }
    })
}

function find(node: HtmlNode, tag: string): readonly HtmlNode[] {
  return (node.children ?? []).flatMap((child) => (child.tagName === tag ? [child] : find(child, tag)))
}

function textOf(node: HtmlNode | undefined): string {
  return node?.value ?? (node?.children ?? []).map(textOf).join('')
}

const MISSING = /^(?:[-–—]|n\/?a|null|nan)?$/i

/** Whether the cells of a column are numbers, apart from missing ones. */
export function areNumbers(cells: readonly string[]): boolean {
  const texts = cells.map((text) => text.trim())
  return texts.some(isNumeric) && texts.every((text) => isNumeric(text) || MISSING.test(text))
}

function isNumeric(text: string): boolean {
  return /^[-+−(]?\s*[$€£¥]?\s*\d[\d,.\s]*(?:e[-+]?\d+)?\s*[%‰万亿]?\)?$/i.test(text)
}

/** A plain number, perhaps with thousands separators or a percent sign; undefined for anything else. */
export function numberOf(text: string): { readonly value: number; readonly isPercent: boolean } | undefined {
  const [, sign = '', digits = '', percent = ''] =
    /^([-+−]?)(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(%?)$/.exec(text.trim()) ?? []
  // Leading zeros, and more digits than a number keeps, are those of names.
  if (digits === '' || /^0\d/.test(digits) || digits.replaceAll(/\D/g, '').length > 15) return undefined
  const value = Number(digits.replaceAll(',', '')) * (sign === '-' || sign === '−' ? -1 : 1)
  return { value: percent === '' ? value : value / 100, isPercent: percent !== '' }
}

/** CSV as RFC 4180 says, with a mark by which Excel knows UTF-8. Numbers have no thousands separators. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => {
    const plain = numberOf(text)?.isPercent === false ? text.trim().replaceAll(',', '').replace('−', '-') : text
    return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
  }
  return `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}
