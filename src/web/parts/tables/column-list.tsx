// The columns of a table in the list of files: type, range and a small chart of each.
import { CalendarIcon, HashIcon, NoEntryIcon, TypographyIcon, CheckboxIcon, type Icon } from '@primer/octicons-react'
import { useState } from 'react'
import { sums } from '../../model/tables/sums.ts'
import { summarizeColumn, type ColumnCard, type ColumnSummary } from '../../model/tables/column-summary.ts'
import type { FileVersion } from '../../model/types.ts'
import { useTableWords } from '../../i18n/table-words.ts'
import '../../style/column-list.css'

/** Columns shown at first. */
const MAX_SHOWN = 6
const SIGNS: Readonly<Record<string, Icon>> = {
  number: HashIcon,
  date: CalendarIcon,
  boolean: CheckboxIcon,
  text: TypographyIcon,
  empty: NoEntryIcon,
}

export default function ColumnList({ file }: { readonly file: FileVersion }) {
  const words = useTableWords()
  const [isOpen, setOpen] = useState(false)
  const { columns = [], rows = 0, seen } = file.card
  // Cards from before there were charts say what they always said.
  if (!columns.some(({ bins, distinct }) => bins !== undefined || distinct !== undefined)) return null
  const shown = isOpen ? columns : columns.slice(0, MAX_SHOWN)
  return (
    <div className="columns-block">
      <ul className="column-list" aria-label={words.tables.columnsOf(file.name)}>
        {shown.map((column, i) => (
          <ColumnLine key={i} column={column} rows={seen ?? rows} />
        ))}
      </ul>
      {columns.length > shown.length && (
        <button type="button" className="link more-columns" onClick={() => setOpen(true)}>
          {words.tables.showColumns(columns.length)}
        </button>
      )}
      {seen !== undefined && <span className="facts">{words.tables.coveredRows(seen.toLocaleString(words.lang))}</span>}
    </div>
  )
}

function ColumnLine({ column, rows }: { readonly column: ColumnCard; readonly rows: number }) {
  const { lang, tables } = useTableWords()
  const { name, type } = column
  const summary = summarizeColumn(column, rows, lang, tables)
  const Sign = SIGNS[type] ?? TypographyIcon
  const kind = tables.types[type] ?? type
  const facts = [kind, summary.said, summary.missing, ...topOf(column)].filter((text) => text !== '')
  return (
    <li title={`${name}: ${facts.join(' · ')}`}>
      <Sign size={12} aria-label={kind} />
      <span className="column-text">
        <span className="column-name">{name}</span>
        <span className="facts">{summary.said}</span>
        {summary.missing !== '' && <span className="facts gaps">{summary.missing}</span>}
      </span>
      <ColumnChart summary={summary} />
    </li>
  )
}

/** Other frequent values, for the tooltip. */
function topOf({ top = [] }: ColumnCard): readonly string[] {
  return top.length > 1 ? [top.join(', ')] : []
}

const [WIDTH, HEIGHT] = [72, 20]

function ColumnChart({ summary: { bars, shares } }: { readonly summary: ColumnSummary }) {
  if (!bars && !shares) return <span className="column-chart" />
  return (
    <svg className="column-chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} aria-hidden="true">
      {bars ? <Bars bars={bars} /> : <Shares shares={shares ?? []} />}
    </svg>
  )
}

function Bars({ bars }: { readonly bars: readonly number[] }) {
  const step = WIDTH / bars.length
  return (
    <>
      {bars.map((share, i) => {
        // A bin with few rows is not one without any.
        const height = share === 0 ? 0.6 : Math.max(1.6, share * HEIGHT)
        return (
          <rect
            key={i}
            x={i * step}
            y={HEIGHT - height}
            width={Math.max(0.8, step - 0.8)}
            height={height}
            className={share === 0 ? 'none' : 'some'}
          />
        )
      })}
    </>
  )
}

function Shares({ shares }: { readonly shares: readonly number[] }) {
  const lefts = sums(shares)
  return (
    <>
      <rect x={0} y={6} width={WIDTH} height={8} rx={2} className="none" />
      {shares.map((share, i) => (
        <rect
          key={i}
          x={lefts[i]! * WIDTH}
          y={6}
          width={Math.max(0, share * WIDTH - 0.8)}
          height={8}
          rx={1}
          className="some"
          opacity={Math.max(0.25, 1 - i * 0.22)}
        />
      ))}
    </>
  )
}
