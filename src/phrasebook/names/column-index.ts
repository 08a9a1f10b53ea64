// An index of columns for more tables than the vocabulary takes: finds each column by a hash of its whole name, and of
// its name without a bracketed part. Stores two numbers per column.
import { bareName, plainName, type Column } from './column-names.ts'
import { hashedText, hashOf } from './name-index.ts'

export interface ColumnIndex {
  /** Names of columns that occur in the text. */
  mentionedIn(text: string): readonly string[]
}

/** More than a request names. */
const MAX_MENTIONED = 100
/** Columns indexed per table; a file info has no more. */
const MAX_COLUMNS = 500
/** Columns processed between two yields. */
const SLICE = 200

interface Growing extends ColumnIndex {
  readonly tables: (readonly Column[])[]
  add(table: readonly Column[]): Generator<void>
}

/** Indexes of the most recently active sessions. */
const MAX_KEPT = 4
const kept: Growing[] = []

/** The index of these tables, updated with new ones; yields between slices of work. */
export function* columnIndexOf(tables: readonly (readonly Column[])[]): Generator<void, ColumnIndex> {
  const at = kept.findIndex((one) => one.tables.every((table, place) => table === tables[place]))
  const index = at < 0 ? createColumnIndex() : kept.splice(at, 1)[0]!
  kept.unshift(index)
  kept.length = Math.min(kept.length, MAX_KEPT)
  while (index.tables.length < tables.length) yield* index.add(tables[index.tables.length]!)
  return index
}

function createColumnIndex(): Growing {
  const tables: (readonly Column[])[] = []
  /** Table and column packed into one small integer, by hash. */
  const places = new Map<number, number>()
  const lengths = new Set<number>()
  let last: { readonly text: string; readonly names: readonly string[] } = { text: '', names: [] }
  const add = (text: string, table: number, column: number): void => {
    const hash = hashOf(text)
    if (text === '' || places.has(hash)) return
    places.set(hash, table * MAX_COLUMNS + column)
    lengths.add(text.length)
  }
  return {
    tables,
    *add(table) {
      const place = tables.length
      tables.push(table)
      last = { text: '', names: [] }
      for (const [column, { name }] of table.slice(0, MAX_COLUMNS).entries()) {
        add(plainName(name), place, column)
        const bare = bareName(name)
        if (bare !== undefined) add(plainName(bare), place, column)
        if (column % SLICE === SLICE - 1) yield
      }
      yield
    },
    mentionedIn(text) {
      if (text === last.text) return last.names
      const hashed = hashedText(text)
      const found = new Set<string>()
      for (let at = 0; at < text.length && found.size < MAX_MENTIONED; at++)
        for (const length of lengths) {
          const place = at + length > text.length ? undefined : places.get(hashed.hashOf(at, length))
          const name =
            place === undefined ? undefined : tables[Math.floor(place / MAX_COLUMNS)]?.[place % MAX_COLUMNS]?.name
          if (name === undefined) continue
          const said = text.slice(at, at + length)
          if (plainName(name) === said || plainName(bareName(name) ?? '') === said) found.add(name)
        }
      last = { text, names: [...found] }
      return last.names
    },
  }
}
