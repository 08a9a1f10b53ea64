// Writes tables as JSON, JSON lines, Markdown and HTML.
import { displayWidth } from './display-width.ts'
import type { Cell, SheetColumn, SheetData } from './sheet-data.ts'
import { escapeMarkup } from './zip-file.ts'

/** Rows that make one piece. */
const ROWS = 20_000

/** An array of row objects, a row a line. */
export function jsonPieces(sheet: SheetData): Generator<Uint8Array> {
  return piecesOf(sheet.rows, '[\n', (row) => `  ${rowJson(sheet, row)}`, ',\n', '\n]\n')
}

/** A row object a line. */
export function jsonLinesPieces(sheet: SheetData): Generator<Uint8Array> {
  return piecesOf(sheet.rows, '', (row) => rowJson(sheet, row), '\n', sheet.rows > 0 ? '\n' : '')
}

function rowJson({ columns }: SheetData, row: number): string {
  return `{${columns.map(({ name, get }) => `${JSON.stringify(name)}:${JSON.stringify(get(row))}`).join(',')}}`
}

/** Markdown tables with aligned columns, under the names of the sheets where there are several. */
export function markdownText(sheets: readonly SheetData[]): string {
  return sheets.map((sheet) => (sheets.length > 1 ? `## ${sheet.name}\n\n` : '') + markdownTable(sheet)).join('\n')
}

function markdownTable({ columns, rows }: SheetData): string {
  const texts = columns.map(({ name, get }) => [
    escapeCell(name),
    ...Array.from({ length: rows }, (_, row) => escapeCell(textOf(get(row)))),
  ])
  const rights = columns.map(isNumeric)
  const widths = texts.map((column) => Math.max(3, ...column.map(displayWidth)))
  const line = (row: number): string => {
    const cells = texts.map((column, i) => padded(column[row]!, widths[i]!, rights[i]!))
    return `| ${cells.join(' | ')} |\n`
  }
  const dashes = widths.map((width, i) => (rights[i] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)))
  return `${line(0)}| ${dashes.join(' | ')} |\n${Array.from({ length: rows }, (_, row) => line(row + 1)).join('')}`
}

function padded(text: string, width: number, isRight: boolean): string {
  const spaces = ' '.repeat(Math.max(0, width - displayWidth(text)))
  return isRight ? spaces + text : text + spaces
}

/** What Markdown would take for marks is escaped. */
function escapeCell(text: string): string {
  return text.replace(/[\\|`*_[\]<>~]/g, '\\$&').replace(/\r\n?|\n/g, '<br>')
}

/** A page with the tables; it needs no other file. */
export function* htmlPieces(sheets: readonly SheetData[], title: string): Generator<Uint8Array> {
  const encoder = new TextEncoder()
  const language = sheets.some(({ columns }) => columns.some(({ name }) => /[\u3400-\u9fff]/.test(name))) ? 'zh' : 'en'
  yield encoder.encode(
    `<!DOCTYPE html>\n<html lang="${language}">\n<head>\n<meta charset="utf-8">\n<title>${escapeMarkup(title)}</title>\n<style>\n${STYLE}</style>\n</head>\n<body>\n`,
  )
  for (const sheet of sheets) {
    const { columns, name, rows } = sheet
    const rights = columns.map((column) => (isNumeric(column) ? ' class="n"' : ''))
    const heads = columns.map((column, i) => `<th${rights[i]}>${escapeMarkup(column.name)}</th>`)
    const caption = sheets.length > 1 ? `<caption>${escapeMarkup(name)}</caption>\n` : ''
    const line = (row: number): string => {
      const cells = columns.map(({ get }, i) => `<td${rights[i]}>${markupOf(get(row))}</td>`)
      return `<tr>${cells.join('')}</tr>`
    }
    const start = `<table>\n${caption}<thead>\n<tr>${heads.join('')}</tr>\n</thead>\n<tbody>\n`
    yield* piecesOf(rows, start, line, '\n', '\n</tbody>\n</table>\n')
  }
  yield encoder.encode('</body>\n</html>\n')
}

function markupOf(value: Cell): string {
  return escapeMarkup(textOf(value)).replace(/\r\n?|\n/g, '<br>')
}

const STYLE = `body { font: 14px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; margin: 2em; }
table { border-collapse: collapse; margin-bottom: 2em; }
caption { font-weight: 600; text-align: left; padding: 0.4em 0; }
th, td { padding: 0.3em 0.8em; border-bottom: 1px solid #d5dce6; text-align: left; }
th { background: #e7edf5; position: sticky; top: 0; }
.n { text-align: right; font-variant-numeric: tabular-nums; }
`

/** Text of a value as it is read again. */
export function textOf(value: Cell): string {
  return value === null ? '' : String(value)
}

function isNumeric({ type, length, get }: SheetColumn): boolean {
  if (type !== undefined) return type === 'number'
  let found = false
  for (let row = 0; row < length; row++) {
    const value = get(row)
    if (value === null) continue
    if (typeof value !== 'number') return false
    found = true
  }
  return found
}

function* piecesOf(
  rows: number,
  start: string,
  line: (row: number) => string,
  between: string,
  end: string,
): Generator<Uint8Array> {
  const encoder = new TextEncoder()
  let text = start
  for (let row = 0; row < rows; row++) {
    text += line(row) + (row + 1 < rows ? between : '')
    if (row % ROWS === ROWS - 1) {
      yield encoder.encode(text)
      text = ''
    }
  }
  yield encoder.encode(text + end)
}
