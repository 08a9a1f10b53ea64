// Rows of one table as the page has them: fetched in windows, one request at a time, and forgotten when they are far
// away. Requests that scrolling or a new view has made useless are cancelled.
import type { TableShape, TableViewShape } from '../../../http/schemas.ts'
import type { TableRequest } from '../../api/client.ts'

export type Cells = TableShape['rows'][number]
export type TableFacts = Omit<TableShape, 'rows' | 'from'>

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
  show(view: TableViewShape, sheet?: string): void
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

/** `isLarge`: its beginning is shown first, as reading all of it takes a while. */
export function createTableSource(
  fetchWindow: (request: TableRequest, signal: AbortSignal) => Promise<TableShape>,
  isLarge: boolean,
): TableSource {
  const listeners = new Set<() => void>()
  let kept = new Map<number, Cells>()
  let state: TableState = { facts: undefined, rows: 0, isReading: false, isOutdated: false, problem: undefined }
  let view: TableViewShape = {}
  let sheet: string | undefined
  let wanted = { from: 0, until: 40 }
  let underWay: { readonly from: number; readonly until: number; readonly leave: AbortController } | undefined
  let isClosed = true

  const set = (changed: Partial<TableState>): void => {
    state = { ...state, ...changed }
    for (const listener of listeners) listener()
  }
  const ask = (request: Omit<TableRequest, 'view' | 'sheet'>, signal: AbortSignal): Promise<TableShape> =>
    retrying(() => fetchWindow({ view, sheet, ...request }, signal), signal)
  const take = ({ rows, from, ...facts }: TableShape, isFirst: boolean): void => {
    if (isFirst) kept = new Map()
    rows.forEach((cells, i) => kept.set(from + i, cells))
    forgetFar(kept, wanted.from)
    const isReading = isFirst && facts.isPart === true && isLarge && !hasWhole
    const columns = sameColumns(state.facts?.columns, facts.columns)
    set({
      facts: { ...facts, columns },
      rows: isReading ? rows.length : facts.matching,
      isReading,
      isOutdated: false,
      problem: undefined,
    })
  }
  let hasWhole = !isLarge
  /** The first rows of the view; of a large file first those of its beginning. */
  const begin = async (signal: AbortSignal): Promise<void> => {
    if (!hasWhole) take(await ask({ from: 0, count: MAX_WINDOW, preview: true }, signal), true)
    const first = await ask({ from: 0, count: MAX_WINDOW }, signal)
    hasWhole = true
    take(first, true)
  }
  const run = (from: number, until: number, work: (signal: AbortSignal) => Promise<void>): void => {
    const leave = new AbortController()
    const mine = (underWay = { from, until, leave })
    work(leave.signal)
      .catch((error: unknown) => {
        if (!leave.signal.aborted) set({ problem: error, isReading: false })
        return 'failed'
      })
      .then((end) => {
        if (underWay !== mine) return
        underWay = undefined
        if (end !== 'failed') fetchNext()
      })
  }
  const fetchNext = (): void => {
    if (isClosed || state.isReading || !state.facts) return
    const from = firstMissing(kept, wanted.from, Math.min(wanted.until, state.rows))
    if (from === undefined) return
    if (underWay) {
      if (from >= underWay.from && from < underWay.until) return
      underWay.leave.abort()
    }
    const start = from === wanted.from ? Math.max(0, firstKept(kept, from)) : from
    const count = Math.min(MAX_WINDOW, wanted.until + MARGIN - start)
    run(start, start + count, async (signal) => {
      const answer = await ask({ from: start, count }, signal)
      if (answer.rows.length === 0) throw new Error('The table has changed.')
      take(answer, false)
    })
  }

  return {
    get state() {
      return state
    },
    open() {
      isClosed = false
      this.show(view, sheet)
    },
    show(next, of) {
      if (isClosed) return
      underWay?.leave.abort()
      view = next
      sheet = of
      wanted = { from: 0, until: 40 }
      set({ isOutdated: state.facts !== undefined, problem: undefined })
      run(0, MAX_WINDOW, begin)
    },
    rowAt: (row) => kept.get(row),
    need(from, until) {
      wanted = { from, until }
      if (!state.isOutdated && state.problem === undefined) fetchNext()
    },
    async collect(from, until) {
      const rows: Cells[] = []
      const { signal } = new AbortController()
      while (from + rows.length < until) {
        const at = from + rows.length
        const known = kept.get(at)
        if (known) rows.push(known)
        else {
          const { rows: more } = await ask({ from: at, count: Math.min(MAX_WINDOW, until - at) }, signal)
          if (more.length === 0) break
          rows.push(...more)
        }
      }
      return rows
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      isClosed = true
      underWay?.leave.abort()
    },
  }
}

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
