// Rows of a table: an array whose objects are made when they are looked at, since most code looks at few of them, or only
// hands the table on. Up to a hundred thousand they stay, and may be changed like any others; of more, all at once would not
// fit into memory, so they are made anew each time and frozen: a change would be lost. Whatever changes the array itself
// makes it an ordinary one first.
import type { ColumnData, Row } from './columns.ts'
import { createReaders } from './lazy-readers.ts'

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
const CHANGING = ['push', 'pop', 'shift', 'unshift', 'splice', 'sort', 'reverse', 'fill', 'copyWithin'] as const
const CUSTOM_INSPECT = Symbol.for('nodejs.util.inspect.custom')
/** Rows that the console shows of an array, unless it is told otherwise. */
const MAX_SHOWN = 100

function lazyArray(facts: Omit<Source, 'settle'>): Row[] {
  const { length, make } = facts
  const target: Row[] = []
  let isLazy = true
  const methods: Record<PropertyKey, unknown> = createReaders({
    ...facts,
    size: () => (isLazy ? length : target.length),
    has: (row) => isLazy || row in target,
    rowAt: (row) => (isLazy ? make(row) : (target[row] as Row)),
  })
  const settle = (): Row[] => {
    if (!isLazy) return target
    for (let row = 0; row < length; row++) target.push(make(row))
    isLazy = false
    sources.delete(proxy)
    settled.set(proxy, target)
    return target
  }
  const changers = createChangers(
    target,
    (self) => (self === proxy ? settle() : self),
    () => proxy,
  )
  const indexOf = (key: PropertyKey): number => {
    if (typeof key !== 'string') return -1
    const index = Number(key)
    return index >= 0 && index < length && Number.isInteger(index) && String(index) === key ? index : -1
  }
  const proxy: Row[] = new Proxy(target, {
    get(_, key, receiver) {
      const change = changers.get(key)
      // Libraries put methods of their own over them.
      if (change && !Object.hasOwn(target, key)) return change
      if (!isLazy) return Reflect.get(target, key, receiver) as unknown
      if (key === 'length') return length
      const index = indexOf(key)
      if (index >= 0) return make(index)
      return Object.hasOwn(methods, key) ? methods[key] : (Reflect.get(target, key, receiver) as unknown)
    },
    set: (_, key, value) => Reflect.set(settle(), key, value),
    deleteProperty: (_, key) => Reflect.deleteProperty(settle(), key),
    defineProperty: (_, key, descriptor) => Reflect.defineProperty(settle(), key, descriptor),
    has: (_, key) => (isLazy && indexOf(key) >= 0) || Reflect.has(target, key),
    ownKeys: () => Reflect.ownKeys(settle()),
    getOwnPropertyDescriptor(_, key) {
      const index = isLazy ? indexOf(key) : -1
      if (index >= 0) return { value: make(index), writable: true, enumerable: true, configurable: true }
      if (isLazy && key === 'length') settle()
      return Reflect.getOwnPropertyDescriptor(target, key)
    },
    preventExtensions: () => Reflect.preventExtensions(settle()),
  })
  // Node's console shows what lies behind a proxy, past its traps.
  Object.defineProperty(target, CUSTOM_INSPECT, {
    value: (_depth: number, { maxArrayLength = MAX_SHOWN }: { maxArrayLength?: number | null } = {}) =>
      isLazy ? shownRows(facts, maxArrayLength ?? Infinity) : target,
    enumerable: false,
    configurable: true,
  })
  sources.set(proxy, { ...facts, settle })
  return proxy
}

/** Methods that change an array, on the array itself: through the proxy each row would cost ten times as much. */
function createChangers(
  target: Row[],
  arrayOf: (self: unknown) => unknown,
  proxy: () => Row[],
): Map<PropertyKey, unknown> {
  const wrap = (name: (typeof CHANGING)[number]) => {
    const method = target[name] as (this: unknown, ...args: unknown[]) => unknown
    return function (this: unknown, ...args: unknown[]): unknown {
      const result = Reflect.apply(method, arrayOf(this), args)
      return result === target ? proxy() : result
    }
  }
  return new Map(CHANGING.map((name) => [name, wrap(name)]))
}

/** An array of which the console shows what it would of one of all rows: the first, and how many more there are. */
function shownRows({ length, make }: Pick<Source, 'length' | 'make'>, most: number): Row[] {
  const rows: Row[] = []
  for (let row = 0; row < Math.min(length, most); row++) rows.push(make(row))
  rows.length = length
  return rows
}
