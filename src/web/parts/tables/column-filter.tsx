// The filter of one column: what is typed, or for true and false a choice.
import type { ReactNode } from 'react'
import type { GridColumn } from '../../hooks/tables/use-columns-layout.ts'
import type { GridView } from '../../hooks/tables/use-grid-view.ts'
import { useTableWords } from '../../i18n/table-words.ts'

interface Props {
  readonly column: GridColumn
  readonly view: GridView
  readonly refused: readonly number[]
  readonly hasNumbers: boolean
  /** Space for the columns that are not drawn. */
  readonly before: ReactNode
}

export function ColumnFilter({ column, view, refused, hasNumbers, before }: Props) {
  const words = useTableWords()
  const { index } = column
  const { name, type } = column.column
  const text = view.filters[index] ?? ''
  const isRefused = refused.includes(index) && text.trim() !== ''
  const label = words.tables.filterOf(name)
  const set = ({ target }: { readonly target: { readonly value: string } }): void => view.setFilter(index, target.value)
  return (
    <>
      {before}
      <div
        role="gridcell"
        className={`grid-filter${index === 0 ? ' first' : ''}`}
        style={{ width: column.width }}
        aria-colindex={index + (hasNumbers ? 2 : 1)}
      >
        {type === 'boolean' ? (
          <select aria-label={label} value={text} onChange={set}>
            <option value="">{words.tables.any}</option>
            <option value="true">{words.tables.yes}</option>
            <option value="false">{words.tables.no}</option>
            <option value="=">{words.tables.onlyMissing}</option>
          </select>
        ) : (
          <input
            type="text"
            aria-label={label}
            aria-invalid={isRefused}
            title={isRefused ? words.tables.notUnderstood : words.tables.filterHelp}
            placeholder={words.tables.filterHints[type]}
            spellCheck={false}
            autoComplete="off"
            maxLength={200}
            value={text}
            onChange={set}
          />
        )}
      </div>
    </>
  )
}
