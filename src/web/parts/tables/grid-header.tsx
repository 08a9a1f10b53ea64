// The header of the grid: names, which sort on a click, handles that change widths, and a row of filters.
import { ChevronDownIcon, ChevronUpIcon } from '@primer/octicons-react'
import { useRef, type PointerEvent } from 'react'
import type { ColumnsLayout, GridColumn } from '../../hooks/tables/use-columns-layout.ts'
import type { GridView } from '../../hooks/tables/use-grid-view.ts'
import { useTableWords } from '../../i18n/table-words.ts'
import { ColumnFilter } from './column-filter.tsx'

interface Props {
  readonly id: string
  readonly layout: ColumnsLayout
  readonly view: GridView
  readonly from: number
  readonly until: number
  readonly hasNumbers: boolean
  readonly hasFilters: boolean
  readonly refused: readonly number[]
  /** The column whose header has the focus. */
  readonly focus: number | undefined
}

export function GridHeader(props: Props) {
  const { layout, from, until, hasNumbers, hasFilters } = props
  const words = useTableWords()
  const [first] = layout.columns
  const shown = layout.columns.slice(from, until)
  const gap = (layout.columns[from]?.left ?? 0) - (first?.width ?? 0)
  const all = first ? [first, ...shown] : shown
  const space = (place: number) =>
    place === 1 && gap > 0 ? <div className="grid-gap" style={{ width: gap }} role="none" /> : null
  return (
    <>
      <div role="row" aria-rowindex={1} className="grid-names">
        {hasNumbers && (
          <div role="columnheader" className="grid-number" aria-colindex={1}>
            <span className="unseen">{words.tables.rowNumbers}</span>
          </div>
        )}
        {first && <ColumnName {...props} column={first} />}
        {space(1)}
        {shown.map((column) => (
          <ColumnName key={column.index} {...props} column={column} />
        ))}
      </div>
      {hasFilters && (
        <div role="row" aria-rowindex={2} className="grid-filters">
          {hasNumbers && <div role="gridcell" className="grid-number" aria-colindex={1} />}
          {all.map((column, place) => (
            <ColumnFilter key={column.index} {...props} column={column} before={space(place)} />
          ))}
        </div>
      )}
    </>
  )
}

const SORTS = { ascending: 'ascending', descending: 'descending' } as const

function ColumnName({ id, layout, view, column, hasNumbers, focus }: Props & { readonly column: GridColumn }) {
  const words = useTableWords()
  const { index, isNumber } = column
  const { name, unit, type } = column.column
  const place = view.sort.findIndex((one) => one.column === index)
  const sort = view.sort[place]
  const order = sort === undefined ? undefined : sort.descending ? SORTS.descending : SORTS.ascending
  const Sign = order === 'descending' ? ChevronDownIcon : ChevronUpIcon
  return (
    <div
      role="columnheader"
      id={`${id}-head-${index}`}
      className={`grid-name${isNumber ? ' number' : ''}${index === 0 ? ' first' : ''}`}
      style={{ width: column.width }}
      data-focus={focus === index}
      aria-colindex={index + (hasNumbers ? 2 : 1)}
      aria-sort={order ?? 'none'}
    >
      <button
        type="button"
        tabIndex={-1}
        title={words.tables.column(name, words.tables.types[type] ?? type)}
        onClick={(event) => view.sortBy(index, event.shiftKey)}
      >
        <span className="name">{name}</span>
        {unit !== undefined && <span className="unit">{unit}</span>}
        {order !== undefined && (
          <span className="sort">
            <Sign size={12} />
            {view.sort.length > 1 && place + 1}
          </span>
        )}
      </button>
      <ResizeHandle column={column} layout={layout} />
    </div>
  )
}

function ResizeHandle({ column, layout }: { readonly column: GridColumn; readonly layout: ColumnsLayout }) {
  const drag = useRef<{ readonly x: number; readonly width: number } | undefined>(undefined)
  const move = ({ clientX }: PointerEvent): void => {
    const { current } = drag
    if (current) layout.resize(column, current.width + clientX - current.x)
  }
  const stop = (): void => void (drag.current = undefined)
  return (
    <div
      className="grid-handle"
      role="none"
      onPointerDown={(event) => {
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
        drag.current = { x: event.clientX, width: column.width }
      }}
      onPointerMove={move}
      onPointerUp={stop}
      onPointerCancel={stop}
      onDoubleClick={() => layout.fit(column)}
    />
  )
}
