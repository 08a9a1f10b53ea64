// Rows of a large table: an array whose objects are made when they are looked at, since a million of them at once would
// not fit into memory. The objects are frozen: a change to one would be lost. Whatever changes the array itself makes it
// an ordinary one first.
import type { ColumnData, Row } from './columns.ts'
import { rememberColumns } from './known-columns.ts'

/** Tables with more rows are read lazily. */
export const MAX_EAGER_ROWS = 100_000

interface Source {
  readonly columns: readonly ColumnData[]
  readonly length: number
  readonly make: (row: number) => Row
}

/** Sources of arrays that are still lazy, by the array that a snippet has. */
const sources = new WeakMap<object, Source>()

/** Rows of these columns: plain objects up to `MAX_EAGER_ROWS`, else a lazy array of frozen ones. */
export function rowsOfColumns(columns: readonly ColumnData[], length: number): Row[] {
  const make = rowMaker(columns)
  if (length <= MAX_EAGER_ROWS) {
    const rows = Array.from({ length }, (_, row) => make(row))
    rememberColumns(rows, columns)
    return rows
  }
  return lazyArray({ columns, length, make: (row) => Object.freeze(make(row)) })
}

/** The columns behind rows that are still lazy. */
export function columnsOfLazyRows(rows: unknown): readonly ColumnData[] | undefined {
  return typeof rows === 'object' && rows !== null ? sources.get(rows)?.columns : undefined
}

function rowMaker(columns: readonly ColumnData[]): (row: number) => Row {
  const names = columns.map(({ name }) => name)
  if (names.includes('__proto__'))
    return (row) => Object.fromEntries(columns.map((column) => [column.name, column.get(row)]))
  const getters = columns.map(({ get }) => get)
  // Copying an object and writing to its fields is faster than adding them one by one.
  const template: Row = {}
  for (const name of names) template[name] = null
  return (row) => {
    const made = { ...template }
    for (let i = 0; i < names.length; i++) made[names[i]!] = getters[i]!(row)
    return made
  }
}

/** Names of the methods that change an array. */
const CHANGING: ReadonlySet<PropertyKey> = new Set([
  'push',
  'pop',
  'shift',
  'unshift',
  'splice',
  'sort',
  'reverse',
  'fill',
  'copyWithin',
])
const CUSTOM_INSPECT = Symbol.for('nodejs.util.inspect.custom')
/** Rows that the console shows: with the line that says how many there are, the hundred that Node shows of an array. */
const MAX_SHOWN = 99

function lazyArray(source: Source): Row[] {
  const target: Row[] = []
  let isLazy = true
  const methods: Record<PropertyKey, unknown> = createMethods(source)
  const settle = (): Row[] => {
    if (!isLazy) return target
    isLazy = false
    sources.delete(proxy)
    for (let row = 0; row < source.length; row++) target.push(source.make(row))
    return target
  }
  const indexOf = (key: PropertyKey): number => {
    if (typeof key !== 'string') return -1
    const index = Number(key)
    return index >= 0 && index < source.length && Number.isInteger(index) && String(index) === key ? index : -1
  }
  const proxy: Row[] = new Proxy(target, {
    get(_, key, receiver) {
      if (isLazy) {
        if (key === 'length') return source.length
        const index = indexOf(key)
        if (index >= 0) return source.make(index)
        if (Object.hasOwn(methods, key)) return methods[key]
        if (CHANGING.has(key)) settle()
      }
      return Reflect.get(target, key, receiver) as unknown
    },
    set: (_, key, value) => Reflect.set(settle(), key, value),
    deleteProperty: (_, key) => Reflect.deleteProperty(settle(), key),
    defineProperty: (_, key, descriptor) => Reflect.defineProperty(settle(), key, descriptor),
    has: (_, key) => (isLazy && indexOf(key) >= 0) || Reflect.has(target, key),
    ownKeys: () => Reflect.ownKeys(settle()),
    getOwnPropertyDescriptor(_, key) {
      const index = isLazy ? indexOf(key) : -1
      if (index >= 0) return { value: source.make(index), writable: true, enumerable: true, configurable: true }
      if (isLazy && key === 'length') settle()
      return Reflect.getOwnPropertyDescriptor(target, key)
    },
    preventExtensions: () => Reflect.preventExtensions(settle()),
  })
  // Node's console shows what lies behind a proxy, past its traps.
  Object.defineProperty(target, CUSTOM_INSPECT, {
    value: () =>
      isLazy ? [...createMethods(source).slice(0, MAX_SHOWN), `… ${source.length - MAX_SHOWN} more rows`] : target,
    enumerable: false,
    configurable: true,
  })
  sources.set(proxy, source)
  return proxy
}

type Step<T> = (row: Row, index: number, all: readonly Row[]) => T

/** The methods of arrays that only read: loops over the columns, without a proxy in between. */
function createMethods(source: Source) {
  return Object.assign(createIterators(source), createSearches(source), createCopies(source))
}

function createIterators({ length, make }: Source) {
  function* values(): Generator<Row> {
    for (let i = 0; i < length; i++) yield make(i)
  }
  function* entries(): Generator<[number, Row]> {
    for (let i = 0; i < length; i++) yield [i, make(i)]
  }
  return {
    [Symbol.iterator]: values,
    values,
    entries,
    forEach(this: readonly Row[], step: Step<void>, self?: unknown) {
      for (let i = 0; i < length; i++) step.call(self, make(i), i, this)
    },
    map<T>(this: readonly Row[], step: Step<T>, self?: unknown) {
      const results: T[] = []
      for (let i = 0; i < length; i++) results.push(step.call(self, make(i), i, this))
      return results
    },
    flatMap<T>(this: readonly Row[], step: Step<T | readonly T[]>, self?: unknown) {
      const results: T[] = []
      for (let i = 0; i < length; i++) {
        const more = step.call(self, make(i), i, this)
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
      let result = start.length > 0 ? start[0] : make(0)
      for (let i = start.length > 0 ? 0 : 1; i < length; i++) result = step(result, make(i), i, this)
      return result
    },
  }
}

function createSearches({ length, make }: Source) {
  const findIndex = (test: Step<unknown>, all: readonly Row[], self: unknown): number => {
    for (let i = 0; i < length; i++) if (test.call(self, make(i), i, all)) return i
    return -1
  }
  return {
    at(index: number) {
      const i = index < 0 ? length + Math.trunc(index) : Math.trunc(index)
      return i >= 0 && i < length ? make(i) : undefined
    },
    find(this: readonly Row[], test: Step<unknown>, self?: unknown) {
      const i = findIndex(test, this, self)
      return i < 0 ? undefined : make(i)
    },
    findIndex(this: readonly Row[], test: Step<unknown>, self?: unknown) {
      return findIndex(test, this, self)
    },
    some(this: readonly Row[], test: Step<unknown>, self?: unknown) {
      return findIndex(test, this, self) >= 0
    },
    every(this: readonly Row[], test: Step<unknown>, self?: unknown) {
      return findIndex((row, i, rows) => !test.call(self, row, i, rows), this, undefined) < 0
    },
  }
}

function createCopies({ length, make }: Source) {
  const place = (index: number | undefined, otherwise: number): number => {
    const whole = Math.trunc(index ?? otherwise)
    return whole < 0 ? Math.max(0, length + whole) : Math.min(whole, length)
  }
  const slice = (start?: number, end?: number): Row[] => {
    const rows: Row[] = []
    for (let i = place(start, 0), last = place(end, length); i < last; i++) rows.push(make(i))
    return rows
  }
  return {
    slice,
    filter(this: readonly Row[], test: Step<unknown>, self?: unknown) {
      const rows: Row[] = []
      for (let i = 0; i < length; i++) {
        const row = make(i)
        if (test.call(self, row, i, this)) rows.push(row)
      }
      return rows
    },
    toSorted: (compare?: (a: Row, b: Row) => number) => slice().sort(compare),
    toReversed: () => slice().reverse(),
    concat: (...more: (Row | readonly Row[])[]) => slice().concat(...more),
    // JSON.stringify would ask the proxy for each row.
    toJSON: () => slice(),
  }
}
