// The state of a grid: its rows, what is asked of them, what is on the screen and what is selected.
import { useCallback, useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { HEADER, type GridPlace } from '../../model/tables/grid-selection.ts'
import type { FileVersion } from '../../model/types.ts'
import { useTableWords } from '../../i18n/table-words.ts'
import { useSessionContext } from '../session/use-session-context.ts'
import { useCellCopy, type CellCopy } from './use-cell-copy.ts'
import { columnsInView, useColumnsLayout, type ColumnsLayout } from './use-columns-layout.ts'
import { useGridScroll, type GridScroll } from './use-grid-scroll.ts'
import { useGridSelection, type GridSelecting } from './use-grid-selection.ts'
import { useGridView, type GridView } from './use-grid-view.ts'
import { useTableSource, type LiveTable } from './use-table-source.ts'

export interface TableGridState extends LiveTable {
  readonly id: string
  readonly view: GridView
  readonly scroll: GridScroll
  readonly layout: ColumnsLayout
  /** Columns that are drawn besides the first. */
  readonly from: number
  readonly until: number
  readonly selecting: GridSelecting
  readonly copying: CellCopy
  /** Whether the rows are numbered. */
  readonly hasNumbers: boolean
  readonly hasFilters: boolean
  readonly toggleFilters: () => void
  readonly press: (event: KeyboardEvent) => void
}

/** Width of the rows' numbers, and of a screen that has no space for them. */
const [NUMBER_WIDTH, SMALL_SCREEN] = [60, 560]

export function useTableGrid(file: FileVersion, isFull: boolean): TableGridState {
  const words = useTableWords()
  const { session } = useSessionContext()
  const id = useId()
  const { source, state } = useTableSource(session, file.id, file.card.bytes)
  const view = useGridView(source)
  const [hasFilters, setFilters] = useState(isFull && innerWidth > SMALL_SCREEN)
  const scroll = useGridScroll(state.rows)
  const { viewport, left, seen, reveal, toStart } = scroll
  const hasNumbers = viewport.width > SMALL_SCREEN
  const fixed = hasNumbers ? NUMBER_WIDTH : 0
  const layout = useColumnsLayout(source, state.facts?.columns, words, viewport.width * (hasNumbers ? 0.5 : 0.42))
  const { columns } = layout
  const latest = useRef(columns)
  useEffect(() => void (latest.current = columns))
  const showCell = useCallback(
    ({ row, column }: GridPlace) => {
      const [first, at] = [latest.current[0], latest.current[column]]
      if (!first || !at || column === 0) return reveal(row)
      reveal(row, { from: fixed + at.left, until: fixed + at.left + at.width, fixed: fixed + first.width })
    },
    [reveal, fixed],
  )
  const bounds = { rows: state.rows, columns: columns.length, page: Math.max(1, seen[1] - seen[0] - 2) }
  const selecting = useGridSelection(bounds, showCell)
  const copying = useCellCopy(source, selecting, state, words)
  const [from, until] = seen
  useEffect(() => source.need(from, until), [source, state, from, until])
  useEffect(() => toStart(), [toStart, view.sort, view.sheet, view.filters, view.search])
  return {
    ...{ id, source, state, view, scroll, layout, selecting, copying, hasNumbers, hasFilters },
    ...columnsInView(columns, left, viewport.width - fixed),
    toggleFilters: () => setFilters(!hasFilters),
    press(event) {
      if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return
      if (pressGrid(event, { selecting, copying, view, layout })) event.preventDefault()
    },
  }
}

/** True if the key meant something. */
function pressGrid(
  event: KeyboardEvent,
  { selecting, copying, view, layout }: Pick<TableGridState, 'selecting' | 'copying' | 'view' | 'layout'>,
): boolean {
  const { row, column } = selecting.selection.focus
  const at = layout.columns[column]
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c') {
    void copying.copy(true)
    return true
  }
  if (at && event.altKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
    layout.resize(at, at.width + (event.key === 'ArrowLeft' ? -16 : 16))
    return true
  }
  if (row === HEADER && (event.key === 'Enter' || event.key === ' ')) {
    view.sortBy(column, event.shiftKey)
    return true
  }
  return selecting.press(event)
}
