// The selected cells of a grid: chosen with the pointer or the keys, copied as text for spreadsheets.
import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import {
  HEADER,
  moveSelection,
  rangeOf,
  type GridBounds,
  type GridPlace,
  type GridSelection,
} from '../../model/tables/grid-selection.ts'

export interface GridSelecting {
  readonly selection: GridSelection
  /** Whether more than the cell with the focus is selected. */
  readonly isMany: boolean
  readonly select: (selection: GridSelection) => void
  readonly onPointerDown: (event: PointerEvent) => void
  readonly onPointerMove: (event: PointerEvent) => void
  /** True if the key has moved the selection. */
  readonly press: (event: KeyboardEvent) => boolean
}

const START: GridSelection = { anchor: { row: 0, column: 0 }, focus: { row: 0, column: 0 } }

/** `onMove` shows the cell that has the focus now. */
export function useGridSelection(bounds: GridBounds, onMove: (place: GridPlace) => void): GridSelecting {
  const [selection, setSelection] = useState(START)
  const isDragging = useRef(false)
  const select = useCallback((next: GridSelection) => setSelection(next), [])
  useEffect(() => {
    const stop = (): void => void (isDragging.current = false)
    globalThis.addEventListener('pointerup', stop)
    globalThis.addEventListener('pointercancel', stop)
    return () => {
      globalThis.removeEventListener('pointerup', stop)
      globalThis.removeEventListener('pointercancel', stop)
    }
  }, [])
  const { top, bottom, left, right } = rangeOf(selection)
  return {
    selection,
    isMany: top !== HEADER && (top !== bottom || left !== right),
    select,
    onPointerDown(event) {
      const place = placeOf(event.target)
      if (!place || event.button !== 0) return
      const last = bounds.columns - 1
      const [from, to] = place.isWholeRow ? [0, last] : [place.column, place.column]
      const anchor = event.shiftKey
        ? { ...selection.anchor, ...(place.isWholeRow && { column: 0 }) }
        : { row: place.row, column: from }
      setSelection({ anchor, focus: { row: place.row, column: to } })
      // A finger scrolls.
      isDragging.current = event.pointerType === 'mouse' && !place.isWholeRow
    },
    onPointerMove(event) {
      const place = isDragging.current ? placeOf(document.elementFromPoint(event.clientX, event.clientY)) : undefined
      if (!place || place.isWholeRow) return
      const { row, column } = place
      setSelection((old) =>
        old.focus.row === row && old.focus.column === column ? old : { ...old, focus: { row, column } },
      )
    },
    press(event) {
      const next = moveSelection(selection, event, bounds)
      if (!next) return false
      setSelection(next)
      if (event.key.toLowerCase() !== 'a') onMove(next.focus)
      return true
    },
  }
}

interface PointedPlace extends GridPlace {
  /** The row's number is pointed at. */
  readonly isWholeRow: boolean
}

/** The cell that an element is in. */
function placeOf(target: EventTarget | null): PointedPlace | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-column]') : null
  const row = cell?.parentElement?.dataset['row']
  if (!cell || row === undefined) return undefined
  const column = Number(cell.dataset['column'])
  return { row: Number(row), column: Math.max(0, column), isWholeRow: column < 0 }
}
