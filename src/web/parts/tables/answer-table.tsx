// A table in an answer: a long one is folded, and it can be copied and downloaded.
import { CheckIcon, CopyIcon } from '@primer/octicons-react'
import { Children, isValidElement, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { useTableWords } from '../../i18n/table-words.ts'
import { toClipboard } from '../../model/clipboard.ts'
import { toCsv } from '../../model/tables/answer-cells.ts'
import { areNumbers } from '../../model/tables/number-columns.ts'
import { IconButton } from '../common/icon-button.tsx'
import '../../style/answer-table.css'

/** A longer table is folded to its first 20 rows, which the style sheet counts. */
const MAX_WHOLE = 24
const COPIED_MS = 1500

export default function AnswerTable({ children }: { readonly children: ReactNode }) {
  const words = useTableWords()
  const table = useRef<HTMLTableElement>(null)
  const [isOpen, setOpen] = useState(false)
  useLayoutEffect(() => markNumbers(table.current), [children])
  const rows = countRows(children)
  const isFolded = rows > MAX_WHOLE && !isOpen
  return (
    <div className="answer-table">
      <div className="table-scroll" tabIndex={0} role="group" aria-label={words.tables.tableName}>
        <table ref={table} data-folded={isFolded}>
          {children}
        </table>
      </div>
      <div className="table-foot">
        {rows > MAX_WHOLE && (
          <button type="button" className="link" onClick={() => setOpen(!isOpen)}>
            {isFolded ? words.tables.showAll(rows.toLocaleString(words.lang)) : words.tables.showFewer}
          </button>
        )}
        <TableButtons cells={() => cellsOf(table.current)} />
      </div>
    </div>
  )
}

function TableButtons({ cells }: { readonly cells: () => readonly (readonly string[])[] }) {
  const words = useTableWords()
  const [isCopied, setCopied] = useState(false)
  const name = words.tables.tableName
  const copy = async (): Promise<void> => {
    await toClipboard(
      cells()
        .map((row) => row.map((text) => text.replaceAll(/\s+/g, ' ')).join('\t'))
        .join('\n'),
    )
    setCopied(true)
    setTimeout(() => setCopied(false), COPIED_MS)
  }
  const saveWorkbook = async (): Promise<void> => {
    const { toWorkbook } = await import('../../model/tables/answer-workbook.ts')
    save(await toWorkbook(cells(), name), `${name}.xlsx`, XLSX)
  }
  return (
    <span className="table-buttons">
      <IconButton
        icon={isCopied ? CheckIcon : CopyIcon}
        label={isCopied ? words.copied : words.tables.copyTable}
        onClick={() => void copy().catch(() => undefined)}
      />
      <button
        type="button"
        className="link"
        aria-label={words.tables.downloadCsv}
        title={words.tables.downloadCsv}
        onClick={() => save(toCsv(cells()), `${name}.csv`, 'text/csv;charset=utf-8')}
      >
        CSV
      </button>
      <button
        type="button"
        className="link"
        aria-label={words.tables.downloadXlsx}
        title={words.tables.downloadXlsx}
        onClick={() => void saveWorkbook().catch(() => undefined)}
      >
        XLSX
      </button>
    </span>
  )
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

function countRows(children: ReactNode): number {
  const body = Children.toArray(children).find((child) => isValidElement(child) && child.type === 'tbody')
  if (!isValidElement<{ children?: ReactNode }>(body)) return 0
  return Children.toArray(body.props.children).filter(isValidElement).length
}

/** Sets columns of numbers to the right where the text names no side. */
function markNumbers(table: HTMLTableElement | null): void {
  const [head, ...body] = table?.rows ?? []
  for (const [column, title] of [...(head?.cells ?? [])].entries()) {
    const cells = body.flatMap((row) => row.cells[column] ?? [])
    const isNumber =
      ['', 'right'].includes(title.style.textAlign) && areNumbers(cells.map(({ textContent }) => textContent))
    for (const cell of [title, ...cells]) cell.classList.toggle('number', isNumber)
  }
}

function cellsOf(table: HTMLTableElement | null): string[][] {
  return [...(table?.rows ?? [])].map((row) => [...row.cells].map((cell) => cell.textContent.trim()))
}

function save(content: string | Uint8Array, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([content as BlobPart], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has begun by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
