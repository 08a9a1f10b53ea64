// Rows of one table as the page has them: fetched in windows, one request at a time, and forgotten when they are far
// away. Requests that scrolling or a new view has made useless are cancelled.
import type { TableShape, TableViewShape } from '../../../http/schemas.ts'
import type { TableRequest } from '../../api/client.ts'
import { createLatestRequest, type RowRange } from './latest-request.ts'

export type Cells = TableShape['rows'][number]
type TableFacts = Omit<TableShape, 'rows' | 'from'>

export interface TableState {
  /** Undefined until the first rows are there. */
  readonly facts: TableFacts | undefined
  /** Rows that can be scrolled to. */
  readonly rows: number
  /** Only the beginning is shown, as the file is still being read. */
  readonly isReading: boolean
  /** The rows are those of the view before. */
  readonly isOutdated: boolean
  readonly problem: unknown
}

export interface TableSource {
  readonly state: TableState
  /** Begins to read. */
  open(): void
  /** Shows the rows of another view from its first row on. */
  show(view: TableViewShape, sheet: string | undefined): void
  rowAt(row: number): Cells | undefined
  /** The rows that are on the screen now. */
  need(from: number, until: number): void
  /** Rows to be copied, also those that are not on the screen. */
  collect(from: number, until: number): Promise<readonly Cells[]>
  subscribe(listener: () => void): () => void
  close(): void
}

/** Rows of one request. */
const MAX_WINDOW = 200
/** Rows kept, around those on the screen. */
const MAX_KEPT = 20_000
/** Rows fetched beyond the screen, so that a little scrolling needs no request. */
const MARGIN = 60
/** Pauses before a busy server is asked again. */
const RETRY_DELAYS_MS = [1500, 3000, 6000, 12_000]

/** Fetches rows of a view. */
type Ask = (request: Omit<TableRequest, 'view' | 'sheet'>, signal: AbortSignal) => Promise<TableShape>

/** `isLarge`: its beginning is shown first, as reading all of it takes a while. */
export function createTableSource(
  fetchWindow: (request: TableRequest, signal: AbortSignal) => Promise<TableShape>,
  isLarge: boolean,
): TableSource {
  const shown = createShownRows()
  let view: TableViewShape = {}
  let sheet: string | undefined
  let isClosed = true
  let hasWhole = !isLarge
  const ask: Ask = (request, signal) => retrying(() => fetchWindow({ view, sheet, ...request }, signal), signal)
  /** The first rows of the view; of a large file first those of its beginning. */
  const begin = async (signal: AbortSignal): Promise<void> => {
    const first = { from: 0, count: MAX_WINDOW }
    if (!hasWhole) shown.restart(await ask({ ...first, preview: true }, signal), true)
    shown.restart(await ask(first, signal), false)
    hasWhole = true
  }
  const latest = createLatestRequest(
    (problem) => shown.set({ problem, isReading: false }),
    () => fetchNext(),
  )
  const fetchNext = (): void => {
    const range = isClosed || shown.state.isReading || !shown.state.facts ? undefined : shown.missing()
    if (!range || latest.covers(range.from)) return
    const { from, count } = range
    latest.run(range, async (signal) => {
      const answer = await ask({ from, count }, signal)
      if (answer.rows.length === 0) throw new Error('The table has changed.')
      shown.add(answer)
    })
  }
  const show = (next: TableViewShape, of: string | undefined): void => {
    if (isClosed) return
    view = next
    sheet = of
    shown.outdate()
    latest.run({ from: 0, count: MAX_WINDOW }, begin)
  }

  return {
    get state() {
      return shown.state
    },
    open() {
      isClosed = false
      show(view, sheet)
    },
    show,
    rowAt: (row) => shown.rowAt(row),
    need(from, until) {
      shown.want(from, until)
      if (!shown.state.isOutdated && shown.state.problem === undefined) fetchNext()
    },
    collect: (from, until) => collect(shown.rowAt, ask, from, until),
    subscribe: (listener) => shown.subscribe(listener),
    close() {
      isClosed = true
      latest.cancel()
    },
  }
}

async function collect(
  rowAt: (row: number) => Cells | undefined,
  ask: Ask,
  from: number,
  until: number,
): Promise<readonly Cells[]> {
  const rows: Cells[] = []
  const { signal } = new AbortController()
  while (from + rows.length < until) {
    const at = from + rows.length
    const known = rowAt(at)
    if (known) rows.push(known)
    else {
      const { rows: more } = await ask({ from: at, count: Math.min(MAX_WINDOW, until - at) }, signal)
      if (more.length === 0) break
      rows.push(...more)
    }
  }
  return rows
}

/** The rows that have come, and what is known of the table. */
function createShownRows() {
  const listeners = new Set<() => void>()
  let kept = new Map<number, Cells>()
  let state: TableState = { facts: undefined, rows: 0, isReading: false, isOutdated: false, problem: undefined }
  let wanted = FIRST
  const set = (changed: Partial<TableState>): void => {
    state = { ...state, ...changed }
    for (const listener of listeners) listener()
  }
  const add = ({ rows, from, ...facts }: TableShape, isReading = false): void => {
    rows.forEach((cells, i) => kept.set(from + i, cells))
    forgetFar(kept, wanted.from)
    const columns = sameColumns(state.facts?.columns, facts.columns)
    const count = isReading ? rows.length : facts.matching
    set({ facts: { ...facts, columns }, rows: count, isReading, isOutdated: false, problem: undefined })
  }
  return {
    get state() {
      return state
    },
    set,
    add,
    /** Rows of another view, or of more of the file; `isReading`: there will be more than these. */
    restart(answer: TableShape, isReading: boolean): void {
      kept = new Map()
      add(answer, isReading && answer.isPart === true)
    },
    outdate(): void {
      wanted = FIRST
      set({ isOutdated: state.facts !== undefined, problem: undefined })
    },
    want: (from: number, until: number): void => void (wanted = { from, until }),
    rowAt: (row: number): Cells | undefined => kept.get(row),
    /** What to fetch next, so that no row on the screen is missing; some more beside them. */
    missing(): RowRange | undefined {
      const row = firstMissing(kept, wanted.from, Math.min(wanted.until, state.rows))
      if (row === undefined) return undefined
      const from = row === wanted.from ? firstKept(kept, row) : row
      return { from, count: Math.min(MAX_WINDOW, wanted.until + MARGIN - from) }
    },
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** About as many rows as a screen shows. */
const FIRST = { from: 0, until: 40 }

/** The columns known before if they are the same, so that nothing is laid out again. */
function sameColumns(known: TableShape['columns'] | undefined, columns: TableShape['columns']): TableShape['columns'] {
  return known && JSON.stringify(known) === JSON.stringify(columns) ? known : columns
}

function firstMissing(kept: ReadonlyMap<number, Cells>, from: number, until: number): number | undefined {
  for (let row = from; row < until; row++) if (!kept.has(row)) return row
  return undefined
}

/** Where a request begins: some rows above the first missing one, if they are missing too. */
function firstKept(kept: ReadonlyMap<number, Cells>, row: number): number {
  let start = row
  while (start > 0 && row - start < MARGIN && !kept.has(start - 1)) start--
  return start
}

function forgetFar(kept: Map<number, Cells>, near: number): void {
  if (kept.size <= MAX_KEPT) return
  const far = [...kept.keys()].toSorted((a, b) => Math.abs(b - near) - Math.abs(a - near))
  for (const row of far.slice(0, MAX_KEPT / 2)) kept.delete(row)
}

async function retrying<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (const delay of RETRY_DELAYS_MS) {
    try {
      return await work()
    } catch (error) {
      signal.throwIfAborted()
      if ((error as { status?: unknown }).status !== 503) throw error
      await new Promise((resolve) => setTimeout(resolve, delay))
      signal.throwIfAborted()
    }
  }
  return work()
}
