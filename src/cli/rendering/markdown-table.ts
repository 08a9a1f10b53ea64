// Lays out a table of styled cells; if it is too wide, its widest columns are wrapped.
import { span, widthOf, wrap, type Line } from './spans.ts'

type Align = 'left' | 'right' | 'center' | null

const GAP = 2
const NARROWEST = 6

/** The first row is the header, with a line below it. */
export function tableLines(rows: readonly (readonly Line[])[], align: readonly Align[], width: number): Line[] {
  const natural = (rows[0] ?? []).map((_, column) =>
    Math.max(1, ...rows.map((row) => Math.max(...wrap(row[column] ?? [], Infinity).map(widthOf)))),
  )
  const widths = fitWidths(natural, width - GAP * (natural.length - 1))
  const rule = widths.map((columns) => [span('─'.repeat(columns), [2])])
  const [head = [], ...body] = rows.map((row) => rowLines(row, align, widths))
  return [...head, joinCells(rule), ...body.flat()]
}

/** Columns of a row, each as many lines as its longest cell needs. */
function rowLines(row: readonly Line[], align: readonly Align[], widths: readonly number[]): Line[] {
  const cells = widths.map((columns, index) => wrap(row[index] ?? [], columns, true))
  const height = Math.max(...cells.map((lines) => lines.length))
  return Array.from({ length: height }, (_, n) =>
    joinCells(widths.map((columns, index) => aligned(cells[index]?.[n] ?? [], columns, align[index] ?? null))),
  )
}

/** Cells with gaps between them. */
function joinCells(cells: readonly Line[]): Line {
  return cells.flatMap((cell, index) => (index === 0 ? cell : [span(' '.repeat(GAP)), ...cell]))
}

function aligned(line: Line, columns: number, align: Align): Line {
  const free = Math.max(0, columns - widthOf(line))
  const before = align === 'right' ? free : align === 'center' ? Math.floor(free / 2) : 0
  return [span(' '.repeat(before)), ...line, span(' '.repeat(free - before))]
}

/** Narrows the widest columns until all fit or none may get narrower. */
function fitWidths(natural: readonly number[], space: number): number[] {
  const widths = [...natural]
  for (let over = widths.reduce((sum, one) => sum + one, 0) - space; over > 0; over--) {
    const widest = widths.indexOf(Math.max(...widths))
    if (widths[widest]! <= NARROWEST) break
    widths[widest]!--
  }
  return widths
}
