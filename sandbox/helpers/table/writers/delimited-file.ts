// Writes CSV and TSV (RFC 4180) in pieces, so that a million rows need no more memory than a few thousand.
import type { SheetData } from './sheet-data.ts'

/** Rows that make one piece. */
const ROWS = 20_000

export interface DelimitedOptions {
  readonly delimiter: string
  /** A byte order mark, by which Excel knows UTF-8; undefined: where a character is not ASCII. */
  readonly bom: boolean | undefined
}

/** The file in pieces. Lines end with CR LF; missing values are empty. */
export function* delimitedPieces(sheet: SheetData, { delimiter, bom }: DelimitedOptions): Generator<Uint8Array> {
  const encoder = new TextEncoder()
  const { columns, rows } = sheet
  const special = new RegExp(`["\\r\\n${delimiter === '\t' ? '\\t' : `\\${delimiter}`}]|^\\s|\\s$`)
  const quoted = (text: string): string => (special.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  // A line with one empty cell would be taken for no row at all.
  const empty = columns.length === 1 ? '""' : ''
  const hasMark = bom ?? !isAscii(sheet)
  let lines: string[] = [(hasMark ? '\ufeff' : '') + columns.map(({ name }) => quoted(name)).join(delimiter)]
  for (let row = 0; row < rows; row++) {
    let line = ''
    for (let i = 0; i < columns.length; i++) {
      const value = columns[i]!.get(row)
      if (i > 0) line += delimiter
      line += value === null ? empty : typeof value === 'string' ? quoted(value) : String(value)
    }
    lines.push(line)
    if (lines.length >= ROWS) {
      yield encoder.encode(`${lines.join('\r\n')}\r\n`)
      lines = []
    }
  }
  if (lines.length > 0) yield encoder.encode(`${lines.join('\r\n')}\r\n`)
}

function isAscii({ columns, rows }: SheetData): boolean {
  // eslint-disable-next-line no-control-regex
  const other = /[^\u0000-\u007f]/
  if (columns.some(({ name }) => other.test(name))) return false
  return columns.every(({ type, get }) => {
    if (type !== undefined && type !== 'text') return true
    for (let row = 0; row < rows; row++) {
      const value = get(row)
      if (typeof value === 'string' && other.test(value)) return false
    }
    return true
  })
}
