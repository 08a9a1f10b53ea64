// The data of a race: each label's value at each time, from a wide or a long table.
import { argumentError } from '../argument.ts'
import { melt } from '../table/melt.ts'
import { rowsOf, type Row, type Value } from '../table/columns.ts'
import type { Table } from '../table/read-table.ts'

/** `values[label][t]` belongs to `times[t]`; null if missing. */
export interface Series {
  readonly times: readonly string[]
  readonly values: ReadonlyMap<string, readonly (number | null)[]>
}

export interface SeriesOptions {
  /** The column with the names of the bars; default: the first text column. */
  label?: string
  /** Long tables: the column with the times. Omit it for wide tables (one column per time). */
  time?: string
  /** Long tables: the column with the values. */
  value?: string
  /** The first and last time to show, compared by the number in it: 2003 matches '2003年'. */
  from?: string | number
  to?: string | number
}

/**
 * Reads a wide table (one numeric column per time; only those with a year in the name if any have one) or a long one.
 */
export function seriesOf(table: Table | readonly Row[], options: SeriesOptions): Series {
  const rows = rowsOf('barRace', table)
  if (rows.length === 0) throw new TypeError('barRace: the table has no rows')
  const names =
    'columns' in table ? table.columns.map(({ name }) => name) : [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const { time, value } = options
  for (const [option, name] of Object.entries({ label: options.label, time, value })) {
    if (name !== undefined && !names.includes(name))
      throw argumentError('barRace', option, `a column of the table (${names.join(', ')})`, name)
  }
  const label =
    options.label ?? names.find((name) => name !== time && rows.some((row) => typeof row[name] === 'string'))
  if (label === undefined)
    throw new TypeError('barRace: the table has no text column for the bars; name one with { label }')
  if ((time === undefined) !== (value === undefined))
    throw new TypeError('barRace: long tables need both time and value')
  if (time !== undefined && value !== undefined) return collect(rows, label, time, value, timesOf(rows, time), options)
  const columns = timeColumns(rows, names, label)
  return collect(
    melt(rows, { id: label, columns, name: '\0time', value: '\0value' }),
    label,
    '\0time',
    '\0value',
    columns,
    options,
  )
}

/** The number in a time: 2003 for '2003年', NaN if there is none. */
function timeNumber(time: string | number): number {
  return typeof time === 'number' ? time : Number(/\d+(?:\.\d+)?/.exec(time)?.[0] ?? Number.NaN)
}

function collect(
  rows: readonly Row[],
  label: string,
  time: string,
  value: string,
  all: readonly string[],
  options: SeriesOptions,
): Series {
  const { from, to } = options
  const times = all.filter(
    (at) =>
      (from === undefined || !(timeNumber(at) < timeNumber(from))) &&
      (to === undefined || !(timeNumber(at) > timeNumber(to))),
  )
  if (times.length === 0)
    throw new TypeError(
      `barRace: no time from ${from ?? 'the first'} to ${to ?? 'the last'}; the table has ${all.join(', ')}`,
    )
  const values = new Map<string, (number | null)[]>()
  for (const row of rows) {
    const name = String(row[label] ?? '').trim()
    const at = times.indexOf(String(row[time] ?? ''))
    const number = row[value]
    if (name === '' || at < 0 || typeof number !== 'number') continue
    const line = values.get(name) ?? times.map(() => null)
    line[at] = (line[at] ?? 0) + number
    values.set(name, line)
  }
  if (values.size === 0) throw new TypeError(`barRace: column '${value.replace('\0', '')}' has no numbers`)
  return { times, values }
}

function timeColumns(rows: readonly Row[], names: readonly string[], label: string): string[] {
  const numeric = names.filter((name) => name !== label && rows.some((row) => typeof row[name] === 'number'))
  const years = numeric.filter((name) => /(?:^|\D)(?:1[5-9]|20|21)\d\d(?:\D|$)/.test(name))
  const columns = years.length > 1 ? years : numeric
  if (columns.length === 0)
    throw new TypeError(
      'barRace: a wide table needs numeric columns, one per time; for a long table, set time and value',
    )
  return sorted(columns)
}

function timesOf(rows: readonly Row[], time: string): string[] {
  return sorted([
    ...new Set(
      rows
        .map((row) => row[time] as Value)
        .filter((at) => at !== null)
        .map(String),
    ),
  ])
}

/** Sorted by number if each time has a distinct one (ISO dates as text), otherwise in the given order. */
function sorted(times: readonly string[]): string[] {
  if (times.every((time) => /^\d{4}-\d\d/.test(time))) return [...times].sort()
  const numbers = times.map(timeNumber)
  if (numbers.some(Number.isNaN) || new Set(numbers).size < times.length) return [...times]
  return [...times].sort((a, b) => timeNumber(a) - timeNumber(b))
}
