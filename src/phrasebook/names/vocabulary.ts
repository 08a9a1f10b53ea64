// The names a request may use: files, columns with their synonyms, words for rows. Built from the file infos and cached
// until they change; beyond a cap, only whole column names count, found by hash.
import type { FileInfo } from '../../../sandbox/protocol.ts'
import { columnIndexOf, type ColumnIndex } from './column-index.ts'
import { bareName, otherNames, plainName, wordsOfFile, type Column } from './column-names.ts'
import { createNameIndex, type NameIndex } from './name-index.ts'
import { flagWords, type RowFlag } from './row-flags.ts'
import { valueNames, type NamedValue } from './value-names.ts'
import type { Token } from '../phrases/lexicon.ts'

export interface Vocabulary {
  readonly files: readonly string[]
  /** Columns of each table whose columns are known by all their synonyms. */
  readonly tables: readonly (readonly Column[])[]
  /** Words for rows, by yes/no column. */
  readonly flags?: ReadonlyMap<string, RowFlag>
  /** Values of text columns, by name. */
  readonly values?: ReadonlyMap<string, NamedValue>
  /** Columns of all tables, if they exceed the caps. */
  readonly others?: ColumnIndex
}

/** Whether there is a table, so that a request may be about one. */
export function hasTables({ tables, others }: Vocabulary): boolean {
  return others !== undefined || tables.some((columns) => columns.length > 0)
}

export interface Name {
  /** Lower case, possibly quoted. */
  readonly text: string
  readonly token: Token
  /** A file name without extension, or a synonym of a column: a phrase of the same length takes precedence. */
  readonly isShort?: boolean
}

/** Caps on columns, and on characters of their names, that are known by all their synonyms. */
const MAX_COLUMNS = 1000
const MAX_CHARACTERS = 50_000
/** Caps on words for rows, and on names of values. */
const MAX_FLAGS = 1000
const MAX_VALUES = 3000
/** Names processed between two yields. */
const SLICE = 200
/** Vocabularies of the most recently active sessions. */
const MAX_KEPT = 8
const kept: { readonly cards: readonly [string, FileInfo][]; readonly vocabulary: Vocabulary }[] = []

/** The vocabulary of these files. */
export function vocabularyOf(files: ReadonlyMap<string, FileInfo>): Vocabulary {
  const steps = prepareVocabulary(files)
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value
}

/** As `vocabularyOf`, yielding between slices of work. */
export function* prepareVocabulary(files: ReadonlyMap<string, FileInfo>): Generator<void, Vocabulary> {
  const cards = [...files]
  const at = kept.findIndex((one) => isSame(one.cards, cards))
  const known = at < 0 ? { cards, vocabulary: yield* vocabularyFor(cards) } : kept.splice(at, 1)[0]!
  kept.unshift(known)
  kept.length = Math.min(kept.length, MAX_KEPT)
  return known.vocabulary
}

function isSame(some: readonly [string, FileInfo][], others: readonly [string, FileInfo][]): boolean {
  return (
    some.length === others.length &&
    some.every(([name, card], at) => name === others[at]![0] && card === others[at]![1])
  )
}

function* vocabularyFor(cards: readonly [string, FileInfo][]): Generator<void, Vocabulary> {
  const files = cards.map(([name]) => name)
  const withColumns = cards.flatMap(([, card]) => (card.columns ? [card] : []))
  const full = withinCaps(withColumns)
  const flags = new Map<string, RowFlag>()
  const values = new Map<string, NamedValue>()
  const tables: (readonly Column[])[] = []
  for (const card of full) {
    for (const [name, value] of valueNames(card))
      if (values.size < MAX_VALUES && !values.has(name)) values.set(name, value)
    for (const [word, flag] of flagWords(card)) if (flags.size < MAX_FLAGS) flags.set(word, flag)
    const columns = card.columns ?? []
    otherNames(columns)
    tables.push(columns)
    yield
  }
  const vocabulary: Vocabulary = { files, tables, flags, values }
  yield* indexing(vocabulary)
  if (full.length === withColumns.length) return vocabulary
  const others = yield* columnIndexOf(withColumns.map(({ columns }) => columns ?? []))
  const beyond = { ...vocabulary, others }
  indexes.set(beyond, namesOf(vocabulary))
  return beyond
}

/** The newest tables that fit into the caps, in order of arrival. */
function withinCaps(cards: readonly FileInfo[]): FileInfo[] {
  let [columns, characters] = [0, 0]
  const over = cards.findLastIndex((card) => {
    for (const { name } of card.columns ?? []) characters += name.length
    columns += card.columns?.length ?? 0
    return columns > MAX_COLUMNS || characters > MAX_CHARACTERS
  })
  return cards.slice(over + 1)
}

const indexes = new WeakMap<Vocabulary, NameIndex<Name>>()

/** All names of the vocabulary except those of `others`; cached. */
export function namesOf(vocabulary: Vocabulary): NameIndex<Name> {
  const steps = indexing(vocabulary)
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value
}

function* indexing(vocabulary: Vocabulary): Generator<void, NameIndex<Name>> {
  const known = indexes.get(vocabulary)
  if (known) return known
  const made = createNameIndex<Name>()
  let added = 0
  for (const name of nameTokens(vocabulary)) {
    made.add(name)
    if (++added % SLICE === 0) yield
  }
  indexes.set(vocabulary, made)
  yield
  return made
}

/** Each name, quoted and unquoted; a file also without its extension. */
function* nameTokens({ files, tables, flags = new Map(), values = new Map() }: Vocabulary): Generator<Name> {
  for (const name of files) {
    const token: Token = { type: 'file', name, text: '' }
    yield* both(name, token)
    const stem = plainName(name.slice(name.lastIndexOf('/') + 1).replace(/\.[^.]*$/, ''))
    if (stem.length > 2) yield { text: stem, token, isShort: true }
  }
  for (const name of new Set(tables.flatMap((columns) => columns.map((column) => column.name))))
    yield* columnNames(name)
  for (const [text, flag] of flags) yield { text, token: { type: 'argument', args: { flag }, text: '' } }
  for (const [text, { column, value }] of values) {
    const token: Token = { type: 'argument', args: { where: [{ column, is: [value] }] }, text: '' }
    yield { text, token, isShort: true }
    for (const quote of ['"', "'"]) yield { text: quote + text + quote, token }
  }
  for (const table of tables)
    for (const [text, column] of otherNames(table))
      yield { text, token: { type: 'argument', args: { fields: [column] }, text: '' }, isShort: true }
  for (const word of files.flatMap(wordsOfFile))
    yield { text: word, token: { type: 'argument', args: { measure: word }, text: '' }, isShort: true }
}

/** A column's own name, also without its bracketed part; a year column also by its number. */
export function columnNames(name: string): Name[] {
  const token: Token = { type: 'argument', args: { fields: [name] }, text: '' }
  const isLong = name.length > 1 || /[^a-z\d]/i.test(name)
  const own = isLong ? both(name, token) : [{ text: `"${name.toLowerCase()}"`, token }]
  const year = /^(\d{4})年$/.exec(name)?.[1]
  const bare = bareName(name) ?? year
  return [...own, ...(bare && bare.length > 1 ? both(bare, token) : []), ...(year ? both(`${year} 年`, token) : [])]
}

/** Words that may be values in a table. */
export function rowNames(rows: readonly string[]): Name[] {
  return rows.flatMap((name) => both(name, { type: 'argument', args: { names: [name] }, text: '' }))
}

function both(name: string, token: Token): Name[] {
  const text = plainName(name)
  return text === '' ? [] : [text, `"${text}"`, `'${text}'`].map((written) => ({ text: written, token }))
}
