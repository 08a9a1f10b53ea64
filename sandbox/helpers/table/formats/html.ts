// Reads the tables of web pages, and of the pages that systems export under the name .xls. Lenient, like browsers: end
// tags may be missing, attributes unquoted. Nested tables are tables of their own.
import { gridBuilder, type GridBuilder } from './grid-builder.ts'
import { scanMarkup } from './markup.ts'

export interface PageTable {
  /** Its caption, or the heading before it; '' if it has none. */
  readonly name: string
  readonly builder: GridBuilder
}

interface OpenTable {
  readonly builder: GridBuilder
  name: string
  row: number
  column: number
  /** Columns of later rows that a cell from above covers: column to the first row that it leaves free. */
  readonly covered: Map<number, number>
  cell: { text: string; rows: number; columns: number } | undefined
  caption: string | undefined
}

const MAX_SPAN = 1000
/** Elements that browsers begin on a new line. */
const BLOCKS = new Set(['p', 'div', 'li', 'br', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'tr'])

/** The tables of a page, in the order of their start tags. Scripts, styles and hidden cells are left out. */
export function readPageTables(html: string): PageTable[] {
  const tables: OpenTable[] = []
  const stack: OpenTable[] = []
  let heading: string | undefined
  let lastHeading = ''
  let hidden = 0

  scanMarkup(html, 'html', {
    open(name, attributes) {
      if (name === 'table') {
        const table = newTable(lastHeading)
        tables.push(table)
        stack.push(table)
        return
      }
      if (name === 'span' && (hidden > 0 || /display:\s*none/i.test(attributes))) hidden++
      if (HEADING.test(name)) heading = ''
      const table = stack.at(-1)
      if (table) openElement(table, name, attributes)
    },
    close(name) {
      if (name === 'span' && hidden > 0) hidden--
      if (HEADING.test(name) && heading !== undefined) {
        lastHeading = tidy(heading)
        heading = undefined
      }
      const table = stack.at(-1)
      if (!table) return
      closeElement(table, name)
      if (name !== 'table') return
      stack.pop()
      hidden = 0
    },
    text(text) {
      if (hidden > 0) return
      const table = stack.at(-1)
      if (table?.cell) table.cell.text += text
      else if (table?.caption !== undefined) table.caption += text
      else if (heading !== undefined) heading += text
    },
  })
  for (const table of stack) endRow(table)
  return tables.map(({ name, builder }) => ({ name, builder }))
}

const HEADING = /^h[1-6]$/

function openElement(table: OpenTable, name: string, attributes: string): void {
  if (name === 'tr') endRow(table)
  else if (name === 'td' || name === 'th') {
    endCell(table)
    table.cell = { text: '', rows: span(attributes, 'rowspan'), columns: span(attributes, 'colspan') }
  } else if (name === 'caption') table.caption = ''
  else if (table.cell && BLOCKS.has(name)) table.cell.text += '\n'
  else if (table.cell && name === 'img') table.cell.text += htmlAttribute(attributes, 'alt') ?? ''
}

function closeElement(table: OpenTable, name: string): void {
  if (name === 'td' || name === 'th') endCell(table)
  else if (name === 'tr' || name === 'thead' || name === 'tbody' || name === 'table') endRow(table)
  else if (name === 'caption') {
    table.name = tidy(table.caption ?? '') || table.name
    table.caption = undefined
  }
}

/** Puts the open cell into the first column that no cell from above covers. */
function endCell(table: OpenTable): void {
  const { cell } = table
  if (!cell) return
  table.cell = undefined
  while ((table.covered.get(table.column) ?? 0) > table.row) table.column++
  const { row, column } = table
  table.builder.put(row, column, tidy(cell.text))
  table.builder.merge({ row, column, rows: cell.rows, columns: cell.columns })
  for (let i = 0; i < cell.columns; i++) table.covered.set(column + i, row + cell.rows)
  table.column += cell.columns
}

function endRow(table: OpenTable): void {
  endCell(table)
  if (table.column > 0) table.row++
  table.column = 0
}

function newTable(name: string): OpenTable {
  return { builder: gridBuilder(), name, row: 0, column: 0, covered: new Map(), cell: undefined, caption: undefined }
}

function span(attributes: string, name: string): number {
  const value = Number.parseInt(htmlAttribute(attributes, name) ?? '1', 10)
  return value >= 1 ? Math.min(value, MAX_SPAN) : 1
}

/** The value of an attribute, with or without quotes. */
export function htmlAttribute(attributes: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(attributes)
  return found ? (found[1] ?? found[2] ?? found[3]) : undefined
}

/** White space as a browser shows it; line breaks of the page's own stay. */
function tidy(text: string): string {
  return text
    .replace(/[ \t\r\u00a0]+/g, ' ')
    .replace(/ ?\n[\n ]*/g, ' ')
    .trim()
}
