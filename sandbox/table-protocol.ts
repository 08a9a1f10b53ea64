// What the page asks of a table and what it gets: a window of rows, sorted and filtered. To the near side every answer is
// hostile input, so all of it is bounded.
import * as z from 'zod/mini'

const count = z.int().check(z.minimum(0))
const text = (max: number) => z.string().check(z.maxLength(max))

/** Rows of one window. */
const MAX_WINDOW_ROWS = 200
/** Columns that are shown of a table. */
export const MAX_SHOWN_COLUMNS = 500
/** Cells of one window: what a frame may hold. */
export const MAX_WINDOW_CELLS = 20_000
/** Characters of one cell; the rest is cut off. */
export const MAX_CELL_TEXT = 400
/** Columns that can be sorted by at once. */
const MAX_SORTS = 3

/** Which rows of a table, in which order. Columns count from 0. */
const tableView = z.object({
  /** The first is the most important. */
  sort: z.optional(z.array(z.object({ column: count, descending: z.boolean() })).check(z.maxLength(MAX_SORTS))),
  /** As people write them: `>1000`, `10..20`, `=` for missing, `abc` for what contains it. All must hold. */
  filters: z.optional(z.array(z.object({ column: count, text: text(200) })).check(z.maxLength(50))),
  /** Text that any column contains. */
  search: z.optional(text(200)),
})
export type TableView = z.infer<typeof tableView>

/** A window of a view: `count` rows from row `from`. */
export const tableQuery = z.object({
  view: tableView,
  from: count,
  count: count.check(z.maximum(MAX_WINDOW_ROWS)),
  /** Reads only the beginning of the file, which is quick, however large it is. */
  preview: z.optional(z.boolean()),
  /** The sheet of a workbook, or the list of rows in a JSON file. */
  sheet: z.optional(text(200)),
})
export type TableQuery = z.infer<typeof tableQuery>

const shownColumn = z.object({
  name: text(200),
  type: z.enum(['number', 'text', 'date', 'boolean', 'empty']),
  unit: z.optional(text(40)),
  /** Numbers: digits after the point that all are shown with; unset where they differ too much. */
  decimals: z.optional(z.int().check(z.minimum(0), z.maximum(6))),
  /** Numbers that are names, as years and ids are: shown without thousands separators. */
  plain: z.optional(z.literal(true)),
})
export type ShownColumn = z.infer<typeof shownColumn>

const cell = z.union([z.null(), z.boolean(), z.number(), text(MAX_CELL_TEXT)])
export type ShownCell = z.infer<typeof cell>

export const tableWindow = z.object({
  /** Rows of the table, and those that the view has. */
  total: count,
  matching: count,
  /** Row of the view that the first one of `rows` is. */
  from: count,
  columns: z.array(shownColumn).check(z.maxLength(MAX_SHOWN_COLUMNS)),
  /** Columns of the table, where not all are shown. */
  allColumns: z.optional(count),
  rows: z.array(z.array(cell).check(z.maxLength(MAX_SHOWN_COLUMNS))).check(z.maxLength(MAX_WINDOW_ROWS)),
  /** What was decided when the file was read. */
  notes: z.array(text(MAX_CELL_TEXT)).check(z.maxLength(30)),
  /** Columns whose filter is not understood; it is not applied. */
  refused: z.optional(z.array(count).check(z.maxLength(50))),
  /** Only the beginning of the file was read, so there are more rows. */
  isPart: z.optional(z.literal(true)),
  /** The sheets or lists that the file has. */
  sheets: z.optional(z.array(text(200)).check(z.maxLength(100))),
})
export type TableWindow = z.infer<typeof tableWindow>
