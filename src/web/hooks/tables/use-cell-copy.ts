// Copies the selected cells, or all rows of the view, for spreadsheets.
import { useEffect, useState } from 'react'
import type { WordsWithTables } from '../../i18n/table-words.ts'
import { rangeOf } from '../../model/tables/grid-selection.ts'
import { toTsv } from '../../model/tables/format-cell.ts'
import type { Cells, TableSource, TableState } from '../../model/tables/table-source.ts'
import { toClipboard } from '../../model/clipboard.ts'
import type { GridSelecting } from './use-grid-selection.ts'

/** More would take long to fetch; the file has them all. */
const MAX_COPIED = 10_000
const SHOWN_MS = 2500

export interface CellCopy {
  /** What was copied a moment ago, in words; else ''. */
  readonly copied: string
  /** `isExact`: a single selected cell alone, not all rows for want of a selection. */
  readonly copy: (isExact?: boolean) => Promise<void>
}

export function useCellCopy(
  source: TableSource,
  selecting: GridSelecting,
  state: TableState,
  words: WordsWithTables,
): CellCopy {
  const [copied, setCopied] = useState('')
  useEffect(() => {
    if (copied === '') return
    const timer = setTimeout(() => setCopied(''), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = async (isExact: boolean): Promise<void> => {
    const columns = state.facts?.columns ?? []
    const { top, bottom, left, right } = rangeOf(selecting.selection)
    const isAll =
      (!selecting.isMany && !isExact) ||
      (selecting.isMany && top === 0 && bottom === state.rows - 1 && left === 0 && right === columns.length - 1)
    const [from, last] = isAll ? [0, state.rows - 1] : [top, bottom]
    const until = Math.min(last + 1, from + MAX_COPIED)
    const rows = await source.collect(from, until)
    const names: Cells = columns.map(({ name }) => name)
    const cells = isAll ? [names, ...rows] : rows.map((row) => row.slice(left, right + 1))
    await toClipboard(toTsv(cells))
    const count = rows.length.toLocaleString(words.lang)
    setCopied(until <= last ? words.tables.copiedFirst(count) : words.tables.copied(count))
  }
  return { copied, copy: (isExact = false) => copy(isExact).catch(() => setCopied(words.tables.notCopied)) }
}
