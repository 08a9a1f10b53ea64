// Lays out a table of styled cells, numbers to the right; if it is too wide, its widest columns are wrapped, and columns
// for which there is no space even so are left out behind an ellipsis.
import { span, widthOf, wrap, type Line } from './spans.ts'
import { columnsOf } from './text-width.ts'

type Align = 'left' | 'right' | 'center' | null

const GAP = 2
const NARROWEST = 6
const LONGEST = 12

/** The first row is the header, with a line below it. */
export function tableLines(rows: readonly (readonly Line[])[], align: readonly Align[], width: number): Line[] {
  const natural = (rows[0] ?? []).map((_, column) =>
    Math.max(1, ...rows.map((row) => Math.max(...wrap(row[column] ?? [], Infinity).map(widthOf)))),
  )
  const least = natural.map((columns, i) => Math.min(columns, longestWord(rows.map((row) => row[i] ?? []))))
  const fitting = countFitting(least, width)
  if (fitting < natural.length) return tableLines(rows.map(cutRow(fitting)), align.slice(0, fitting), width)
  const isNumber = natural.map((_, column) => areNumbers(rows.slice(1).map((row) => row[column] ?? [])))
  const sides = isNumber.map((is, column) => align[column] ?? (is ? 'right' : null))
  const widths = fitWidths({ natural, least, isNumber }, width - GAP * (natural.length - 1))
  const rule = widths.map((columns) => [span('─'.repeat(columns), [2])])
  const [head = [], ...body] = rows.map((row) => rowLines(row, sides, widths))
  return [...head, joinCells(rule), ...body.flat()]
}

/** The longest word of a column, which is not broken if it is of a usual length. */
function longestWord(cells: readonly Line[]): number {
  const words = cells.flatMap((line) => textOf(line).split(/[\s\u2e80-\uffff]+/))
  return Math.max(NARROWEST, Math.min(LONGEST, Math.max(...words.map(columnsOf))))
}

function textOf(line: Line): string {
  return line.map(({ text }) => text).join('')
}

/** How many columns there is space for, however narrow; at least one, beside the ellipsis for the others. */
function countFitting(least: readonly number[], width: number): number {
  const widthOfFirst = (count: number): number =>
    least.slice(0, count).reduce((sum, columns) => sum + columns + GAP, -GAP)
  if (least.length <= 2 || widthOfFirst(least.length) <= width) return least.length
  let count = least.length - 1
  while (count > 1 && widthOfFirst(count) + GAP + 1 > width) count--
  return count
}

/** The first cells of each row, and an ellipsis in the header for the others. */
function cutRow(count: number): (row: readonly Line[], index: number) => readonly Line[] {
  return (row, index) => [...row.slice(0, count), [span(index === 0 ? '…' : '')]]
}

const NUMBER = /^[-+−(]?\s*[$€£¥]?\s*\d[\d,. \u00a0\u202f]*(?:e[-+]?\d+)?\s*[%‰万亿]?\)?$/i
/** What stands for a missing number. */
const MISSING = /^(?:[-–—]|n\/?a|null|nan)?$/i

/** Whether the cells of a column are numbers, apart from missing ones. */
function areNumbers(cells: readonly Line[]): boolean {
  const texts = cells.map((line) =>
    line
      .map(({ text }) => text)
      .join('')
      .trim(),
  )
  return texts.some((text) => NUMBER.test(text)) && texts.every((text) => NUMBER.test(text) || MISSING.test(text))
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

interface Widths {
  readonly natural: readonly number[]
  readonly least: readonly number[]
  readonly isNumber: readonly boolean[]
}

/** Narrows the widest columns until all fit or none may get narrower; numbers last, which are read as a whole. */
function fitWidths({ natural, least, isNumber }: Widths, space: number): number[] {
  const widths = [...natural]
  let over = widths.reduce((sum, one) => sum + one, 0) - space
  const narrowest = natural.map((columns) => Math.min(columns, NARROWEST))
  // At last words are broken too, where two columns have to share few characters.
  for (const [floor, sparesNumbers] of [
    [least, true],
    [least, false],
    [narrowest, false],
  ] as const) {
    for (; over > 0; over--) {
      const widest = widths.reduce((best, one, column) => {
        const mayNarrow = one > floor[column]! && !(sparesNumbers && isNumber[column] === true)
        return mayNarrow && one > (widths[best] ?? 0) ? column : best
      }, -1)
      if (widest < 0) break
      widths[widest]!--
    }
  }
  return widths
}
