// One row of the grid. It is drawn again only if something of it has changed.
import { memo } from 'react'
import type { GridColumn } from '../../hooks/tables/use-columns-layout.ts'
import { ROW_HEIGHT } from '../../hooks/tables/use-grid-scroll.ts'
import type { Cells } from '../../model/tables/table-source.ts'

export interface GridRowProps {
  readonly id: string
  readonly row: number
  /** Rows above it for a screen reader: those of the header. */
  readonly headRows: number
  /** Undefined while they are fetched. */
  readonly cells: Cells | undefined
  readonly y: number
  readonly columns: readonly GridColumn[]
  readonly from: number
  readonly until: number
  /** The row's number as shown; undefined where there is no space for it. */
  readonly number: string | undefined
  /** The first and last selected column; undefined if none is in this row. */
  readonly selectedFrom: number | undefined
  readonly selectedUntil: number | undefined
  /** The column with the focus. */
  readonly focus: number | undefined
  readonly missing: string
}

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { id, row, headRows, cells, y, columns, from, until, number } = props
  const [first] = columns
  const shown = columns.slice(from, until)
  const gap = (columns[from]?.left ?? 0) - (first?.width ?? 0)
  return (
    <div
      role="row"
      aria-rowindex={row + headRows + 1}
      className={cells ? 'grid-row' : 'grid-row pending'}
      data-row={row}
      style={{ top: y, height: ROW_HEIGHT }}
    >
      {number !== undefined && (
        <div role="rowheader" className="grid-number" data-column={-1} aria-colindex={1}>
          {number}
        </div>
      )}
      {first && <GridCell {...props} id={`${id}-${row}-0`} column={first} cells={cells} />}
      {gap > 0 && <div className="grid-gap" style={{ width: gap }} role="none" />}
      {shown.map((column) => (
        <GridCell key={column.index} {...props} id={`${id}-${row}-${column.index}`} column={column} cells={cells} />
      ))}
    </div>
  )
})

interface GridCellProps extends Omit<GridRowProps, 'id' | 'row' | 'headRows' | 'y' | 'columns' | 'from' | 'until'> {
  readonly id: string
  readonly column: GridColumn
}

function GridCell({ id, column, cells, number, selectedFrom, selectedUntil, focus, missing }: GridCellProps) {
  const { index } = column
  const value = cells?.[index] ?? null
  const isSelected = selectedFrom !== undefined && index >= selectedFrom && index <= (selectedUntil ?? -1)
  const isMissing = value === null && cells !== undefined
  // Nothing but text changes when a row is used again, which is what browsers do fastest.
  const text = isMissing ? '–' : value === null ? '' : column.format(value)
  return (
    <div
      role="gridcell"
      id={id}
      className={`grid-cell${column.isNumber ? ' number' : ''}${index === 0 ? ' first' : ''}${isMissing ? ' missing' : ''}`}
      style={{ width: column.width }}
      data-column={index}
      data-focus={focus === index}
      aria-colindex={index + (number === undefined ? 1 : 2)}
      aria-selected={isSelected}
      aria-label={isMissing ? missing : undefined}
      title={text.length > 24 ? text : undefined}
    >
      {text}
    </div>
  )
}
