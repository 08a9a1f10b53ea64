// What the user has asked of a table: sort order, filters, search, sheet. Typing waits a moment before it is asked for.
import { useEffect, useRef, useState } from 'react'
import type { TableViewShape } from '../../../http/schemas.ts'
import { nextSort } from '../../model/tables/grid-selection.ts'
import type { TableSource } from '../../model/tables/table-source.ts'

type Sort = NonNullable<TableViewShape['sort']>

export interface GridView {
  readonly sort: Sort
  /** By column, as typed. */
  readonly filters: Readonly<Record<number, string>>
  readonly search: string
  readonly sheet: string | undefined
  readonly sortBy: (column: number, isAdded: boolean) => void
  readonly setFilter: (column: number, text: string) => void
  readonly setSearch: (text: string) => void
  readonly setSheet: (sheet: string) => void
}

interface Asked {
  readonly sort: Sort
  readonly filters: Readonly<Record<number, string>>
  readonly search: string
  readonly sheet: string | undefined
}

const TYPING_MS = 220
const NOTHING: Asked = { sort: [], filters: {}, search: '', sheet: undefined }

export function useGridView(source: TableSource): GridView {
  const [asked, setAsked] = useState(NOTHING)
  const shown = useRef(NOTHING)
  useEffect(() => {
    if (shown.current === asked) return
    const isTyped = asked.filters !== shown.current.filters || asked.search !== shown.current.search
    const timer = setTimeout(
      () => {
        shown.current = asked
        source.show(viewOf(asked), asked.sheet)
      },
      isTyped ? TYPING_MS : 0,
    )
    return () => clearTimeout(timer)
  }, [asked, source])
  return {
    ...asked,
    sortBy: (column, isAdded) => setAsked((old) => ({ ...old, sort: nextSort(old.sort, column, isAdded) })),
    setFilter: (column, text) => setAsked((old) => ({ ...old, filters: { ...old.filters, [column]: text } })),
    setSearch: (search) => setAsked((old) => ({ ...old, search })),
    setSheet: (sheet) => setAsked({ ...NOTHING, sheet }),
  }
}

function viewOf({ sort, filters, search }: Asked): TableViewShape {
  const used = Object.entries(filters).filter(([, text]) => text.trim() !== '')
  return { sort, filters: used.map(([column, text]) => ({ column: Number(column), text })), search }
}
