// A table as a grid: rows are drawn as they come into view and fetched from the server, which sorts and filters.
import { asProblem } from '../../api/problem.ts'
import { useTableGrid, type TableGridState } from '../../hooks/tables/use-table-grid.ts'
import { describeProblem } from '../../i18n/language.tsx'
import { useTableWords } from '../../i18n/table-words.ts'
import { HEADER } from '../../model/tables/grid-selection.ts'
import type { FileVersion } from '../../model/types.ts'
import { GridBody } from './grid-body.tsx'
import { GridHeader } from './grid-header.tsx'
import { GridToolbar } from './grid-toolbar.tsx'
import '../../style/grid.css'

interface Props {
  readonly file: FileVersion
  /** It fills the screen; else it is a part of the conversation. */
  readonly isFull?: boolean
  readonly onExpand?: () => void
}

export default function TableGrid({ file, isFull = false, onExpand }: Props) {
  const words = useTableWords()
  const grid = useTableGrid(file, isFull)
  const { state, view, copying, selecting, hasFilters, toggleFilters } = grid
  const { bytes } = file.card
  if (state.problem !== undefined && !state.facts) return <Failure grid={grid} />
  return (
    <div className={`grid-frame${isFull ? ' full' : ''}`}>
      <GridToolbar
        {...{ state, view, bytes, hasFilters, onExpand }}
        {...{ onFilters: toggleFilters, copied: copying.copied, isMany: selecting.isMany }}
        onCopy={() => void copying.copy()}
      />
      <Grid grid={grid} label={words.table(file.name)} />
      {state.facts && state.rows === 0 && (
        <p className="quiet grid-none">{state.facts.total === 0 ? words.tables.emptyTable : words.tables.none}</p>
      )}
      {state.problem !== undefined && <Failure grid={grid} />}
      <Notes notes={state.facts?.notes ?? []} />
    </div>
  )
}

function Grid({ grid, label }: { readonly grid: TableGridState; readonly label: string }) {
  const { id, state, view, scroll, layout, from, until, selecting, hasNumbers, hasFilters } = grid
  const { scroller, header, drawn, onScroll } = scroll
  const { focus } = selecting.selection
  const isShown = focus.row === HEADER || (focus.row >= drawn[0] && focus.row < drawn[1])
  const cell = focus.row === HEADER ? `${id}-head-${focus.column}` : `${id}-${focus.row}-${focus.column}`
  const isDrawn = focus.column === 0 || (focus.column >= from && focus.column < until)
  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      className={hasNumbers ? 'grid numbered' : 'grid'}
      aria-label={label}
      aria-rowcount={state.rows + (hasFilters ? 2 : 1)}
      aria-colcount={layout.columns.length + (hasNumbers ? 1 : 0)}
      aria-multiselectable="true"
      aria-busy={state.isOutdated || !state.facts}
      aria-activedescendant={isShown && isDrawn && layout.columns.length > 0 ? cell : undefined}
      onScroll={onScroll}
      onKeyDown={grid.press}
      onPointerDown={selecting.onPointerDown}
      onPointerMove={selecting.onPointerMove}
    >
      <div role="none" className="grid-content" style={{ width: layout.width + (hasNumbers ? 60 : 0) }}>
        <div role="rowgroup" className="grid-head" ref={header}>
          <GridHeader
            {...{ id, layout, view, from, until, hasNumbers, hasFilters }}
            refused={state.facts?.refused ?? []}
            focus={focus.row === HEADER ? focus.column : undefined}
          />
        </div>
        <GridBody grid={grid} />
      </div>
    </div>
  )
}

function Failure({ grid }: { readonly grid: TableGridState }) {
  const words = useTableWords()
  return (
    <p className="quiet grid-failure" role="alert">
      {describeProblem(words, asProblem(grid.state.problem))}{' '}
      <button type="button" className="link" onClick={() => grid.source.open()}>
        {words.tables.again}
      </button>
    </p>
  )
}

/** What was decided when the file was read. */
function Notes({ notes }: { readonly notes: readonly string[] }) {
  const words = useTableWords()
  if (notes.length === 0) return null
  return (
    <details className="grid-notes">
      <summary>{words.tables.notes(notes.length)}</summary>
      <ul>
        {notes.map((note, i) => (
          <li key={i}>{note}</li>
        ))}
      </ul>
    </details>
  )
}
