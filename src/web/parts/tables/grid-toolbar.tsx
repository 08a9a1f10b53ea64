// Above the grid: search, filters, sheets, and how many rows there are.
import { CheckIcon, CopyIcon, FilterIcon, ScreenFullIcon, SearchIcon } from '@primer/octicons-react'
import type { GridView } from '../../hooks/tables/use-grid-view.ts'
import { useTableWords } from '../../i18n/table-words.ts'
import { formatBytes } from '../../model/amounts.ts'
import type { TableState } from '../../model/tables/table-source.ts'
import { IconButton } from '../common/icon-button.tsx'

interface Props {
  readonly state: TableState
  readonly view: GridView
  readonly bytes: number
  readonly hasFilters: boolean
  readonly onFilters: () => void
  /** What was copied last; '' if nothing lately. */
  readonly copied: string
  readonly isMany: boolean
  readonly onCopy: () => void
  readonly onExpand: (() => void) | undefined
}

export function GridToolbar({ state, view, bytes, hasFilters, onFilters, copied, isMany, onCopy, onExpand }: Props) {
  const words = useTableWords()
  const { tables } = words
  const { facts } = state
  const filtered = Object.values(view.filters).filter((text) => text.trim() !== '').length
  return (
    <div className="grid-bar">
      <label className="search">
        <SearchIcon size={14} />
        <span className="unseen">{tables.search}</span>
        <input
          type="search"
          placeholder={tables.search}
          value={view.search}
          maxLength={200}
          spellCheck={false}
          onChange={({ target }) => view.setSearch(target.value)}
        />
      </label>
      {facts?.sheets !== undefined && facts.sheets.length > 1 && (
        <select
          className="grid-sheet"
          aria-label={tables.sheet}
          value={view.sheet ?? facts.sheets[0]}
          onChange={({ target }) => view.setSheet(target.value)}
        >
          {facts.sheets.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      )}
      <IconButton
        icon={FilterIcon}
        label={tables.filter}
        aria-pressed={hasFilters || filtered > 0}
        onClick={onFilters}
      />
      <IconButton
        icon={copied === '' ? CopyIcon : CheckIcon}
        label={isMany ? tables.copy : tables.copyAll}
        onClick={onCopy}
        disabled={state.rows === 0}
      />
      {onExpand && <IconButton icon={ScreenFullIcon} label={tables.expand} onClick={onExpand} />}
      <span className="facts" role="status">
        {copied === '' ? <RowCount state={state} bytes={bytes} /> : copied}
      </span>
    </div>
  )
}

function RowCount({ state, bytes }: { readonly state: TableState; readonly bytes: number }) {
  const { lang, tables, ...words } = useTableWords()
  const { facts, isReading, isOutdated } = state
  if (!facts) return <Busy text={bytes > 1_500_000 ? tables.reading(formatBytes(bytes)) : words.loading} />
  if (isReading) return <Busy text={tables.reading(formatBytes(bytes))} />
  const number = (value: number): string => value.toLocaleString(lang)
  const { total, matching, columns, allColumns } = facts
  const rows = matching < total ? tables.someRows(number(matching), number(total)) : tables.allRows(number(total))
  const cut = allColumns === undefined ? '' : ` · ${tables.columnsShown(number(columns.length), number(allColumns))}`
  return isOutdated ? <Busy text={rows + cut} /> : rows + cut
}

function Busy({ text }: { readonly text: string }) {
  return (
    <>
      <span className="spinner" aria-hidden="true" /> {text}
    </>
  )
}
