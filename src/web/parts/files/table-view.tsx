// A CSV file as a table whose header stays visible while it scrolls.
import { useMemo } from 'react'
import { useFileBytes } from '../../hooks/session/use-file-bytes.ts'
import { useSessionContext } from '../../hooks/session/use-session-context.ts'
import { readTable, TABLE_BYTES } from '../../model/table.ts'
import type { FileVersion } from '../../model/types.ts'
import { useWords } from '../../i18n/language.tsx'

export default function TableView({ file }: { readonly file: FileVersion }) {
  const words = useWords()
  const { session } = useSessionContext()
  const read = useFileBytes(session, file.id, TABLE_BYTES)
  const table = useMemo(
    () => (read.state === 'read' ? readTable(read.bytes, file.card, read.isCut) : undefined),
    [read, file.card],
  )
  if (read.state === 'failed') return <p className="quiet">{words.notShown}</p>
  if (!table) return <p className="quiet">{words.loading}</p>
  const all = file.card.rows ?? table.rows.length
  const isNumber = table.head.map((_, column) => table.rows.every((row) => isNumeric(row[column])))
  const side = (column: number): string | undefined => (isNumber[column] === true ? 'number' : undefined)
  const number = (value: number): string => value.toLocaleString(words.lang)
  return (
    <>
      <div className="table-scroll" tabIndex={0} role="group" aria-label={words.table(file.name)}>
        <table>
          <thead>
            <tr>
              {table.head.map((name, column) => (
                <th key={column} scope="col" className={side(column)}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, index) => (
              <tr key={index}>
                {table.head.map((_, column) => (
                  <td key={column} className={side(column)}>
                    {row[column]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {all > table.rows.length && <p className="quiet">{words.firstRows(number(table.rows.length), number(all))}</p>}
    </>
  )
}

function isNumeric(value: string | undefined): boolean {
  return value === undefined || value === '' || /^[-+]?[\d,]*\.?\d+(e[-+]?\d+)?%?$/i.test(value.trim())
}
