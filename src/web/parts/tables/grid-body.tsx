// The rows of the grid that are on the screen.
import type { TableGridState } from '../../hooks/tables/use-table-grid.ts'
import { ROW_HEIGHT } from '../../hooks/tables/use-grid-scroll.ts'
import { useTableWords } from '../../i18n/table-words.ts'
import { rangeOf } from '../../model/tables/grid-selection.ts'
import { GridRow } from './grid-row.tsx'

export function GridBody({ grid }: { readonly grid: TableGridState }) {
  const words = useTableWords()
  const { id, source, state, scroll, layout, selecting, hasNumbers, hasFilters, from, until } = grid
  const [first, last] = scroll.drawn
  const { focus } = selecting.selection
  const range = rangeOf(selecting.selection)
  const isChosen = range.top !== range.bottom || range.left !== range.right
  const { scrollTop, top, height } = scroll.scale
  return (
    <div role="rowgroup" className="grid-rows" style={{ height, width: '100%' }} data-outdated={state.isOutdated}>
      {Array.from({ length: last - first }, (_, i) => {
        const row = first + i
        const isSelected = isChosen && row >= range.top && row <= range.bottom
        return (
          <GridRow
            // Rows that leave the screen are used again for those that come.
            key={row % (last - first)}
            {...{ id, row, from, until, columns: layout.columns, missing: words.tables.missing }}
            headRows={hasFilters ? 2 : 1}
            cells={source.rowAt(row)}
            y={row * ROW_HEIGHT - top + scrollTop}
            number={hasNumbers ? (row + 1).toLocaleString(words.lang) : undefined}
            selectedFrom={isSelected ? range.left : undefined}
            selectedUntil={isSelected ? range.right : undefined}
            focus={focus.row === row ? focus.column : undefined}
          />
        )
      })}
    </div>
  )
}
