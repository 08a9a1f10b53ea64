// Counts how often two labels come together: the table behind a test of independence.
import { unequalLengths } from './numbers.ts'

/** A category: text, or true and false. */
export type Label = string | boolean

/** More of them are no categories. */
const MAX_LABELS = 1000

/** Whether a list holds labels: the first that is present is text or a truth value. */
export function isLabels(list: ArrayLike<unknown>): boolean {
  const first = Array.prototype.find.call(list, isPresent)
  return typeof first === 'string' || typeof first === 'boolean'
}

/** The table of counts of pairs of labels, in the order in which labels first occur; pairs that lack one are left out. */
export function crosstab(
  where: string,
  xs: ArrayLike<unknown>,
  ys: ArrayLike<unknown>,
): { observed: number[][]; rows: Label[]; columns: Label[] } {
  if (xs.length !== ys.length) throw unequalLengths(where, xs.length, ys.length)
  const rows = new Map<unknown, number>()
  const columns = new Map<unknown, number>()
  const observed: number[][] = []
  for (let i = 0; i < xs.length; i++) {
    if (!isPresent(xs[i]) || !isPresent(ys[i])) continue
    const counts = (observed[indexOf(where, rows, xs[i])] ??= [])
    const column = indexOf(where, columns, ys[i])
    counts[column] = (counts[column] ?? 0) + 1
  }
  if (observed.length === 0)
    throw new TypeError(`${where}: expected pairs of labels, received ${xs.length} that all lack one`)
  const full = observed.map((row) => Array.from({ length: columns.size }, (_, j) => row[j] ?? 0))
  return { observed: full, rows: [...rows.keys()] as Label[], columns: [...columns.keys()] as Label[] }
}

function indexOf(where: string, labels: Map<unknown, number>, label: unknown): number {
  const known = labels.get(label)
  if (known !== undefined) return known
  if (labels.size === MAX_LABELS)
    throw new TypeError(`${where}: expected at most ${MAX_LABELS} different labels, received more; group them first`)
  labels.set(label, labels.size)
  return labels.size - 1
}

function isPresent(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '' && value === value
}
