// The cell with the focus and the cells selected with it, and how keys move them. Row -1 is the header.

export interface GridPlace {
  readonly row: number
  readonly column: number
}

/** All cells between the two ends. */
export interface GridSelection {
  readonly anchor: GridPlace
  readonly focus: GridPlace
}

export interface GridBounds {
  readonly rows: number
  readonly columns: number
  /** Rows that fit on the screen. */
  readonly page: number
}

interface Key {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
}

/** The header's row. */
export const HEADER = -1

/** The selection after a key; undefined if the key does not move it. */
export function moveSelection(at: GridSelection, key: Key, bounds: GridBounds): GridSelection | undefined {
  const isFar = key.ctrlKey || key.metaKey
  if (isFar && key.key.toLowerCase() === 'a' && bounds.rows > 0) {
    return { anchor: { row: 0, column: 0 }, focus: { row: bounds.rows - 1, column: bounds.columns - 1 } }
  }
  const moved = moveFocus(at.focus, key.key, isFar, bounds)
  if (!moved) return undefined
  const focus = {
    row: clamp(moved.row, HEADER, bounds.rows - 1),
    column: clamp(moved.column, 0, bounds.columns - 1),
  }
  return key.shiftKey && focus.row !== HEADER && at.anchor.row !== HEADER
    ? { anchor: at.anchor, focus }
    : { anchor: focus, focus }
}

function moveFocus({ row, column }: GridPlace, key: string, isFar: boolean, bounds: GridBounds): GridPlace | undefined {
  switch (key) {
    case 'ArrowUp':
      return { row: isFar ? 0 : row - 1, column }
    case 'ArrowDown':
      return { row: isFar ? bounds.rows - 1 : row + 1, column }
    case 'ArrowLeft':
      return { row, column: isFar ? 0 : column - 1 }
    case 'ArrowRight':
      return { row, column: isFar ? bounds.columns - 1 : column + 1 }
    case 'PageUp':
      return { row: row <= 0 ? HEADER : Math.max(0, row - bounds.page), column }
    case 'PageDown':
      return { row: row + bounds.page, column }
    case 'Home':
      return { row: isFar ? 0 : row, column: 0 }
    case 'End':
      return { row: isFar ? bounds.rows - 1 : row, column: bounds.columns - 1 }
    default:
      return undefined
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value))
}

interface GridRange {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

/** The selected cells, both ends included. */
export function rangeOf({ anchor, focus }: GridSelection): GridRange {
  return {
    top: Math.min(anchor.row, focus.row),
    bottom: Math.max(anchor.row, focus.row),
    left: Math.min(anchor.column, focus.column),
    right: Math.max(anchor.column, focus.column),
  }
}

/** Next state of a column's sort order: ascending, descending, none. */
export function nextSort(
  sort: readonly { readonly column: number; readonly descending: boolean }[],
  column: number,
  isAdded: boolean,
): { column: number; descending: boolean }[] {
  const old = sort.find((one) => one.column === column)
  const others = isAdded ? sort.filter((one) => one.column !== column).map((one) => ({ ...one })) : []
  if (!old) return [...others, { column, descending: false }].slice(-3)
  return old.descending ? others : [...others, { column, descending: true }]
}
