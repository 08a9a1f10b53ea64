// The real tables that the gallery of charts is drawn from.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../../node_modules/vega-datasets/data')

export type Row = Readonly<Record<string, string | number | null>>

/** The rows of a table of vega-datasets; numbers as numbers. */
export function table(name: string): readonly Row[] {
  const text = readFileSync(join(folder, name), 'utf8')
  if (name.endsWith('.json')) return JSON.parse(text) as Row[]
  const [head = '', ...lines] = text.trim().split(/\r?\n/)
  const names = head.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return Object.fromEntries(names.map((column, i) => [column, valueOf(cells[i] ?? '')]))
  })
}

function valueOf(cell: string): string | number | null {
  if (cell === '') return null
  return Number.isNaN(Number(cell)) ? cell : Number(cell)
}

/** The gross domestic product of the provinces of China: names in Chinese, 亿元 by year. */
export function provinces(): {
  readonly years: readonly string[]
  readonly rows: readonly { name: string; values: number[] }[]
} {
  const text = readFileSync(new URL('../questions/gdp.csv', import.meta.url), 'utf8')
  const [head = [], ...lines] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','))
  return { years: head.slice(1), rows: lines.map(([name = '', ...cells]) => ({ name, values: cells.map(Number) })) }
}

/** Sums (or counts, without `value`) by the values of a column, largest first. */
export function totals(rows: readonly Row[], by: string, value?: string): [name: string, total: number][] {
  const sums = new Map<string, number>()
  for (const row of rows.filter((one) => one[by] !== null)) {
    const name = String(row[by])
    sums.set(name, (sums.get(name) ?? 0) + (value === undefined ? 1 : Number(row[value] ?? 0)))
  }
  return [...sums].toSorted((a, b) => b[1] - a[1])
}

/** Means by the values of a column. */
export function means(rows: readonly Row[], by: string, value: string): [name: string, mean: number][] {
  const groups = Map.groupBy(
    rows.filter((row) => row[value] !== null),
    (row) => String(row[by]),
  )
  return [...groups].map(([name, list]) => [name, list.reduce((sum, row) => sum + Number(row[value]), 0) / list.length])
}

/** The different values of a column, in their order. */
export function unique(rows: readonly Row[], column: string): string[] {
  return [...new Set(rows.map((row) => String(row[column])))]
}
