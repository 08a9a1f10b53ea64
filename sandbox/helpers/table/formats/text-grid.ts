// Tables in files of text that are no delimited text: pages, Markdown, SpreadsheetML.
import { decode } from '../encoding.ts'
import type { SheetChoice, Wanted } from './choose-sheet.ts'
import { formatValue } from '../../argument.ts'
import { counted } from './grid-builder.ts'
import type { Grid, SheetInfo } from './grid.ts'
import { htmlAttribute, readPageTables, type PageTable } from './html.ts'
import { hasMarkdownTable, readMarkdownTables } from './markdown-tables.ts'
import { readSpreadsheetXml } from './spreadsheet-xml.ts'

/** Bytes that tell what a text is. */
const HEAD = 4096
const MAX_LISTED = 10

/** The table of a text file with markup; undefined for any other, such as CSV. */
export async function readTextGrid(
  what: string,
  name: string,
  bytes: Uint8Array,
  wanted: Wanted,
): Promise<Grid | undefined> {
  const head = headOf(bytes)
  const isMarkdown = /\.(?:md|markdown)$/i.test(name)
  const isXml = /^\s*(?:<\?xml[^]{0,400}?)?(?:<\?mso-application[^>]*>\s*)?<(?:\w+:)?Workbook[\s>]/.test(head)
  const isPage = /\.(?:html?|xhtml|mht)$/i.test(name) || PAGE.test(head)
  if (!isMarkdown && !isXml && !isPage) return undefined
  const { text, notes } = await decode(bytes, encodingOf(head))
  if (isXml) {
    const grid = await readSpreadsheetXml(what, text, wanted)
    return { ...grid, notes: [...notes, ...grid.notes] }
  }
  if (isPage && !isMarkdown && (PAGE.test(head) || /<table[\s>]/i.test(text)))
    return chooseTable(what, 'html', readPageTables(text), wanted.sheet, notes)
  if (!isMarkdown || !hasMarkdownTable(text)) return undefined
  return chooseTable(what, 'markdown', readMarkdownTables(text), wanted.sheet, notes)
}

const PAGE =
  /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)*<(?:!doctype\s+html|html|head|meta|style|body|table|div|center)\b/i

function headOf(bytes: Uint8Array): string {
  const head = bytes.subarray(0, HEAD)
  const wide =
    head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : ''
  if (wide !== '') return new TextDecoder(wide).decode(head)
  return String.fromCharCode(...head).replace(/^\u00ef\u00bb\u00bf/, '')
}

/** The encoding that a page or an XML declaration names, if it is a known one. */
function encodingOf(head: string): string | undefined {
  if (head.startsWith('\ufeff')) return undefined
  const declared = /<\?xml[^>]*encoding=["']([\w-]+)["']/i.exec(head)?.[1]
  const meta = /<meta\s([^>]*charset[^>]*)>/i.exec(head)?.[1]
  const charset =
    meta === undefined ? undefined : (htmlAttribute(meta, 'charset') ?? /charset=([\w-]+)/i.exec(meta)?.[1])
  const named = declared ?? charset
  // A page that says UTF-16 in ASCII letters is none.
  if (named === undefined || /^(?:utf-?8|utf-?16.*|unicode)$/i.test(named)) return undefined
  try {
    return new TextDecoder(named).encoding
  } catch {
    return undefined
  }
}

/** The largest table, or the one of the given number or name. */
function chooseTable(
  what: string,
  format: 'html' | 'markdown',
  tables: readonly PageTable[],
  choice: SheetChoice,
  notes: readonly string[],
): Grid {
  const sizes = tables.map(({ builder }) => builder.size())
  if (tables.length === 0) throw new Error(`readTable: ${what} is a page without tables`)
  const index = choice === undefined ? largest(sizes) : findTable(what, tables, choice)
  const grid = tables[index]!.builder.finish(what)
  if (grid.cells.length === 0) throw new Error(`readTable: the table of ${what} is empty`)
  const sheets: SheetInfo[] = tables.map(({ name }, i) => ({ name, hidden: false, ...sizes[i]! }))
  const sized = sizes.slice(0, MAX_LISTED).map(({ rows, columns }) => `${rows} x ${columns}`)
  const listed = `${sized.join(', ')}${sizes.length > MAX_LISTED ? ' …' : ''}`
  const chosen =
    choice === undefined && tables.length > 1
      ? [
          `read the largest of ${counted(tables.length, 'table')}, number ${index} (rows x columns: ${listed}; pass { sheet: n }, from 0)`,
        ]
      : []
  return { ...grid, format, sheet: tables[index]!.name, sheets, notes: [...notes, ...chosen, ...grid.notes] }
}

function largest(sizes: readonly { readonly rows: number; readonly columns: number }[]): number {
  const areas = sizes.map(({ rows, columns }) => rows * columns)
  return areas.indexOf(Math.max(...areas))
}

function findTable(what: string, tables: readonly PageTable[], choice: string | number): number {
  const index = typeof choice === 'number' ? choice : tables.findIndex(({ name }) => name === choice)
  if (tables[index]) return index
  const names = tables.slice(0, MAX_LISTED).map(({ name }, i) => `${i}${name === '' ? '' : ` '${name}'`}`)
  throw new Error(
    `readTable: ${what} has no table ${formatValue(choice)}; its tables, from 0: ${names.join(', ')}${tables.length > MAX_LISTED ? ' …' : ''}`,
  )
}
