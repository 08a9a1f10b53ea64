// A question about a table as one small structure: which rows, what of them, in which order, and how it is told.
import type { Source } from '../job.ts'
import type { Language } from '../../parsing/language.ts'
import type { Aggregate, Condition, TableFormat } from '../../parsing/intent.ts'

/** A row filter: by a value in one of the columns, by a yes/no column, by conditions on columns; or several of them. */
export type RowFilter =
  | { readonly type: 'all'; readonly filters: readonly RowFilter[] }
  | { readonly type: 'where'; readonly conditions: readonly (Condition & { readonly column: string })[] }
  | { readonly type: 'names'; readonly names: readonly string[]; readonly among: readonly string[] }
  | { readonly type: 'flag'; readonly column: string; readonly holds: boolean }
/** Years by a time column, which holds numbers, or dates; `years`, if set: only these. */
export interface Span {
  readonly time: string
  readonly isNumber: boolean
  readonly from: number
  readonly to: number
  readonly years?: readonly number[]
}
/** One number of rows: an aggregate of a column, or their count. `label`: its name in the result. */
export interface Measure {
  readonly column?: string
  readonly aggregate: Aggregate
  readonly label: string
}
/** A column to group by; dates by year or month. `label`: its name in the result. */
export interface GroupKey {
  readonly column: string
  readonly label: string
  readonly unit?: 'year' | 'month'
  /** Its values have an order of their own: times, numbers. */
  readonly isOrdered?: boolean
}
/** Two times whose numbers are compared: columns of a wide table, else years of the time column. */
export interface Times {
  readonly from: string
  readonly to: string
  readonly span: number
}
/** What the rows of a result are. */
export type QueryShape =
  /** The table's own rows, with these columns; undefined: all. */
  | { readonly type: 'rows'; readonly columns?: readonly string[] }
  /** Numbers of all rows together. */
  | { readonly type: 'whole'; readonly measures: readonly Measure[] }
  /** One row per group. */
  | { readonly type: 'groups'; readonly keys: readonly GroupKey[]; readonly measures: readonly Measure[] }
  /** One row per year column: one number of all rows, or the cell of each of these rows. */
  | { readonly type: 'years'; readonly years: readonly string[]; readonly measure?: Measure; readonly name: string }
  /** Two times side by side, per row of a wide table or per group, with the change. */
  | {
      readonly type: 'change'
      readonly key?: GroupKey
      readonly times: Times
      readonly measure: Measure
      /** The time column of a long table. */
      readonly time?: GroupKey
      readonly annual: boolean
    }
  /** One row per value of `row`, one column per value of `across`. */
  | { readonly type: 'pivot'; readonly row: GroupKey; readonly across: GroupKey; readonly measure: Measure }
  /** Each value of a column, with its number of rows. */
  | { readonly type: 'distinct'; readonly column: string }
  /** Pearson's correlation of columns, two by two. */
  | { readonly type: 'relation'; readonly columns: readonly string[] }
/** A question about a table, answered in words, as a table, as a chart, or as a file. */
export interface QueryJob {
  readonly kind: 'query'
  readonly language: Language
  readonly table: Source
  readonly choice?: RowFilter
  readonly span?: Span
  readonly shape: QueryShape
  /** What the result shows, as a heading. */
  readonly caption: string
  /** Adds the share of the total; `of`: only the share of this value is asked for. */
  readonly share?: { readonly of?: string }
  /** Adds the growth from row to row. */
  readonly growth: boolean
  /** Conditions on the result's rows. */
  readonly having: readonly (Condition & { readonly column: string })[]
  /** A column of the result to sort by. */
  readonly sort?: { readonly by: string; readonly descending: boolean; readonly isText: boolean }
  readonly top?: number
  /** So many from the end. */
  readonly tail?: number
  /** `value`: the number in a sentence; `best`: the first row in a sentence. */
  readonly answer: 'table' | 'value' | 'best'
  readonly chart?: { readonly type: 'bar' | 'line' | 'pie'; readonly title: string; readonly values: readonly string[] }
  /** The name of the file, if one is to be made. */
  readonly output?: string
  readonly format?: TableFormat
}
/** The spread of columns, or of one column in each group, as boxes with whiskers. */
export interface BoxJob {
  readonly kind: 'box'
  readonly language: Language
  readonly table: Source
  readonly choice?: RowFilter
  readonly span?: Span
  readonly columns: readonly string[]
  readonly by?: string
  readonly title: string
  readonly output: string
}
