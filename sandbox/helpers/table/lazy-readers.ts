// The methods of arrays that only read, for rows that are made when they are looked at: loops without a proxy in between. A
// callback may change the array, which makes it an ordinary one; they go on with that, as Node's do.
import type { Row } from './columns.ts'

/** An array of rows, lazy or by now an ordinary one. */
export interface RowLooks {
  /** Rows that it has now. */
  readonly size: () => number
  /** Whether there is a row of this number. */
  readonly has: (row: number) => boolean
  readonly rowAt: (row: number) => Row
  /** Rows that it had at first. */
  readonly length: number
  readonly make: (row: number) => Row
  /** Unset where rows do not stay. */
  readonly made?: unknown
}

type Step<T> = (row: Row, index: number, all: readonly Row[]) => T

/** The methods by name. */
export function createReaders(looks: RowLooks) {
  return Object.assign(createIterators(looks), createSearches(looks), createCopies(looks))
}

function createIterators({ size, has, rowAt }: RowLooks) {
  function* values(): Generator<Row> {
    for (let i = 0; i < size(); i++) yield rowAt(i)
  }
  function* entries(): Generator<[number, Row]> {
    for (let i = 0; i < size(); i++) yield [i, rowAt(i)]
  }
  return {
    [Symbol.iterator]: values,
    values,
    entries,
    forEach(this: readonly Row[], step: Step<void>, self?: unknown) {
      for (let i = 0, most = size(); i < most; i++) if (has(i)) step.call(self, rowAt(i), i, this)
    },
    map<T>(this: readonly Row[], step: Step<T>, self?: unknown) {
      const results: T[] = []
      for (let i = 0, most = size(); i < most; i++) {
        if (has(i)) results.push(step.call(self, rowAt(i), i, this))
        else results.length++
      }
      return results
    },
    flatMap<T>(this: readonly Row[], step: Step<T | readonly T[]>, self?: unknown) {
      const results: T[] = []
      for (let i = 0, most = size(); i < most; i++) {
        if (!has(i)) continue
        const more = step.call(self, rowAt(i), i, this)
        if (Array.isArray(more)) for (const one of more as readonly T[]) results.push(one)
        else results.push(more as T)
      }
      return results
    },
    reduce(
      this: readonly Row[],
      step: (before: unknown, row: Row, index: number, all: readonly Row[]) => unknown,
      ...start: unknown[]
    ) {
      let result = start.length > 0 ? start[0] : rowAt(0)
      for (let i = start.length > 0 ? 0 : 1, most = size(); i < most; i++)
        if (has(i)) result = step(result, rowAt(i), i, this)
      return result
    },
  }
}

function createSearches({ size, rowAt }: RowLooks) {
  const findIndex = (test: Step<unknown>, all: readonly Row[], self: unknown): number => {
    for (let i = 0, most = size(); i < most; i++) if (test.call(self, rowAt(i), i, all)) return i
    return -1
  }
  return {
    at(index?: number) {
      const whole = Math.trunc(Number(index)) || 0
      const i = whole < 0 ? size() + whole : whole
      return i >= 0 && i < size() ? rowAt(i) : undefined
    },
    find(this: readonly Row[], test: Step<unknown>, self?: unknown) {
      for (let i = 0, most = size(); i < most; i++) {
        const row = rowAt(i)
        if (test.call(self, row, i, this)) return row
      }
      return undefined
    },
    findIndex(this: readonly Row[], test: Step<unknown>, self?: unknown) {
      return findIndex(test, this, self)
    },
    some(this: readonly Row[], test: Step<unknown>, self?: unknown) {
      return findIndex((row, i, rows) => i < size() && test.call(self, row, i, rows), this, undefined) >= 0
    },
    every(this: readonly Row[], test: Step<unknown>, self?: unknown) {
      return findIndex((row, i, rows) => i < size() && !test.call(self, row, i, rows), this, undefined) < 0
    },
  }
}

function createCopies({ size, has, rowAt, length, make, made }: RowLooks) {
  const stand = { toJSON: (row: string) => make(Number(row)) }
  const place = (index: number | undefined, otherwise: number): number => {
    const whole = index === undefined ? otherwise : Math.trunc(Number(index)) || 0
    return whole < 0 ? Math.max(0, size() + whole) : Math.min(whole, size())
  }
  const slice = (start?: number, end?: number): Row[] => {
    const rows: Row[] = []
    for (let i = place(start, 0), last = place(end, size()); i < last; i++) rows.push(rowAt(i))
    return rows
  }
  return {
    slice,
    filter(this: readonly Row[], test: Step<unknown>, self?: unknown) {
      const rows: Row[] = []
      for (let i = 0, most = size(); i < most; i++) {
        if (!has(i)) continue
        const row = rowAt(i)
        if (test.call(self, row, i, this)) rows.push(row)
      }
      return rows
    },
    toSorted: (compare?: (a: Row, b: Row) => number) => slice().sort(compare),
    toReversed: () => slice().reverse(),
    concat: (...more: (Row | readonly Row[])[]) => slice().concat(...more),
    // JSON.stringify asks each object for what stands for it: so there is only one row at a time.
    toJSON: () => (made ? slice() : Array.from({ length }, () => stand)),
  }
}
