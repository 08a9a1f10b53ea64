// Rows of a table: an array whose objects are made when they are looked at, since most code looks at few of them, or only
// hands the table on. Up to a hundred thousand they stay, and may be changed like any others; of more, all at once would not
// fit into memory, so they are made anew each time and frozen: a change would be lost. Whatever changes the array itself
// makes it an ordinary one first.
import type { ColumnData, Row } from './columns.ts'

/** What is behind an array that is still lazy. */
export interface LazySource {
  readonly columns: readonly ColumnData[]
  readonly length: number
  /** Rows that a snippet has, and may have changed; undefined where rows do not stay. */
  readonly made?: readonly (Row | undefined)[]
}

interface Source extends LazySource {
  readonly make: (row: number) => Row
  readonly settle: () => void
}

/** Sources of arrays that are still lazy, by the array that a snippet has. */
const sources = new WeakMap<object, Source>()
/** The ordinary arrays behind those that no longer are. */
const settled = new WeakMap<object, Row[]>()

/** Rows of these columns; `areKept`: they stay once they are made, else they are frozen. */
export function lazyRows(columns: readonly ColumnData[], length: number, areKept: boolean): Row[] {
  const make = rowMaker(columns)
  if (!areKept) return lazyArray({ columns, length, make: (row) => Object.freeze(make(row)) })
  const made = new Array<Row | undefined>(length)
  return lazyArray({ columns, length, made, make: (row) => (made[row] ??= make(row)) })
}

/** What is behind rows that are still lazy. */
export function lazySource(rows: unknown): LazySource | undefined {
  return typeof rows === 'object' && rows !== null ? sources.get(rows) : undefined
}

/** Makes all rows, so that the array is an ordinary one from then on, and returns that. */
export function settleRows(rows: readonly Row[]): readonly Row[] {
  sources.get(rows)?.settle()
  return plainRows(rows)
}

/** The array itself, where rows were lazy once: looking at it takes a tenth of the time. */
export function plainRows(rows: readonly Row[]): readonly Row[] {
  return settled.get(rows) ?? rows
}

/** Makes the row of a number. */
export function rowMaker(columns: readonly ColumnData[]): (row: number) => Row {
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
/** Rows that the console shows of an array, unless it is told otherwise. */
const MAX_SHOWN = 100

function lazyArray(facts: Omit<Source, 'settle'>): Row[] {
  const { length, make } = facts
  const target: Row[] = []
  const methods: Record<PropertyKey, unknown> = createMethods(facts)
  const isLazy = (): boolean => sources.has(proxy)
  const settle = (): Row[] => {
    if (!sources.delete(proxy)) return target
    for (let row = 0; row < length; row++) target.push(make(row))
    settled.set(proxy, target)
    return target
  }
  /** Methods that change an array, on the array itself: through the proxy each row would cost ten times as much. */
  const changing = (name: PropertyKey): unknown => {
    const method = Reflect.get(settle(), name) as unknown
    if (typeof method !== 'function') return method
    return (...args: unknown[]) => {
      const result: unknown = Reflect.apply(method, target, args)
      return result === target ? proxy : result
    }
  }
  const indexOf = (key: PropertyKey): number => {
    if (typeof key !== 'string') return -1
    const index = Number(key)
    return index >= 0 && index < length && Number.isInteger(index) && String(index) === key ? index : -1
  }
  const proxy: Row[] = new Proxy(target, {
    get(_, key, receiver) {
      if (CHANGING.has(key)) return changing(key)
      if (!isLazy()) return Reflect.get(target, key, receiver) as unknown
      if (key === 'length') return length
      const index = indexOf(key)
      if (index >= 0) return make(index)
      return Object.hasOwn(methods, key) ? methods[key] : (Reflect.get(target, key, receiver) as unknown)
    },
    set: (_, key, value) => Reflect.set(settle(), key, value),
    deleteProperty: (_, key) => Reflect.deleteProperty(settle(), key),
    defineProperty: (_, key, descriptor) => Reflect.defineProperty(settle(), key, descriptor),
    has: (_, key) => (isLazy() && indexOf(key) >= 0) || Reflect.has(target, key),
    ownKeys: () => Reflect.ownKeys(settle()),
    getOwnPropertyDescriptor(_, key) {
      const index = isLazy() ? indexOf(key) : -1
      if (index >= 0) return { value: make(index), writable: true, enumerable: true, configurable: true }
      if (isLazy() && key === 'length') settle()
      return Reflect.getOwnPropertyDescriptor(target, key)
    },
    preventExtensions: () => Reflect.preventExtensions(settle()),
  })
  // Node's console shows what lies behind a proxy, past its traps.
  Object.defineProperty(target, CUSTOM_INSPECT, {
    value: (_depth: number, { maxArrayLength = MAX_SHOWN }: { maxArrayLength?: number | null } = {}) =>
      isLazy() ? shownRows(facts, maxArrayLength ?? Infinity) : target,
    enumerable: false,
    configurable: true,
  })
  sources.set(proxy, { ...facts, settle })
  return proxy
}

/** An array of which the console shows what it would of one of all rows: the first, and how many more there are. */
function shownRows({ length, make }: Looks, most: number): Row[] {
  const rows: Row[] = []
  for (let row = 0; row < Math.min(length, most); row++) rows.push(make(row))
  rows.length = length
  return rows
}

type Looks = Pick<Source, 'length' | 'make' | 'made'>
type Step<T> = (row: Row, index: number, all: readonly Row[]) => T

/** The methods of arrays that only read: loops over the columns, without a proxy in between. */
function createMethods(source: Looks) {
  return Object.assign(createIterators(source), createSearches(source), createCopies(source))
}

function createIterators({ length, make }: Looks) {
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

function createSearches({ length, make }: Looks) {
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

function createCopies({ length, make, made }: Looks) {
  const stand = { toJSON: (row: string) => make(Number(row)) }
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
    // JSON.stringify asks each object for what stands for it: so there is only one row at a time.
    toJSON: () => (made ? slice() : Array.from({ length }, () => stand)),
  }
}
