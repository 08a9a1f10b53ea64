// Widths of a grid's columns: fitted to the first rows, then as the user drags them; and which columns are on the screen.
import { useMemo, useState } from 'react'
import type { WordsWithTables } from '../../i18n/table-words.ts'
import { createFormat, widthFor, type ShownColumn } from '../../model/tables/format-cell.ts'
import { sums } from '../../model/tables/sums.ts'
import type { TableSource } from '../../model/tables/table-source.ts'

export interface GridColumn {
  readonly index: number
  readonly column: ShownColumn
  /** The column as its widths are remembered. */
  readonly key: string
  readonly width: number
  /** Pixels from the left edge of the first column. */
  readonly left: number
  readonly isNumber: boolean
  readonly format: ReturnType<typeof createFormat>
}

export interface ColumnsLayout {
  readonly columns: readonly GridColumn[]
  readonly width: number
  readonly resize: (column: GridColumn, width: number) => void
  /** Forgets the user's width. */
  readonly fit: (column: GridColumn) => void
}

const MIN_WIDTH = 48
const MAX_WIDTH = 1200
/** Rows that widths are fitted to. */
const SAMPLE_ROWS = 60

/** `isReady`: the first rows are there. `widest`: pixels that a column may take on this screen. */
export function useColumnsLayout(
  source: TableSource,
  shown: readonly ShownColumn[] | undefined,
  words: WordsWithTables,
  widest: number,
): ColumnsLayout {
  const [changed, setChanged] = useState<Readonly<Record<string, number>>>({})
  const fitted = useMemo(() => {
    const { yes, no } = words.tables
    return (shown ?? []).map((column, index) => {
      const format = createFormat(column, words.lang, [yes, no])
      const texts: string[] = []
      for (let row = 0; row < SAMPLE_ROWS; row++) texts.push(format(source.rowAt(row)?.[index] ?? null))
      return { column, index, key: `${index} ${column.name}`, format, fitted: widthFor(column, texts) }
    })
    // The widths are those of the first rows, however the view changes; `shown` keeps its identity while they do.
  }, [shown, words, source])
  return useMemo(() => {
    const widths = fitted.map(
      ({ key, fitted: width }) => changed[key] ?? Math.min(width, Math.max(MIN_WIDTH * 2, widest)),
    )
    const lefts = sums(widths)
    const columns = fitted.map(({ fitted: _width, ...rest }, i): GridColumn => {
      return { ...rest, width: widths[i]!, left: lefts[i]!, isNumber: rest.column.type === 'number' }
    })
    return {
      columns,
      width: lefts.at(-1)!,
      resize: ({ key }, width) =>
        setChanged((old) => ({ ...old, [key]: Math.round(Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, width))) })),
      fit: ({ key }) => setChanged(({ [key]: _own, ...others }) => others),
    }
  }, [fitted, changed, widest])
}

/** The columns to be drawn: the first one, which stays, and those on the screen. */
export function columnsInView(
  columns: readonly GridColumn[],
  left: number,
  width: number,
): { readonly from: number; readonly until: number } {
  const right = left + width
  let from = 1
  while (from < columns.length && columns[from]!.left + columns[from]!.width < left) from++
  let until = from
  while (until < columns.length && columns[until]!.left < right) until++
  return { from, until }
}
