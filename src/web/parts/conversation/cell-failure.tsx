// Why a cell failed: folded if another attempt follows or may follow, open otherwise.
import type { CellItem } from '../../model/types.ts'
import { useWords } from '../../i18n/language.tsx'

interface Props {
  readonly cell: CellItem
  readonly isOvercome: boolean
}

export function CellFailure({ cell: { diagnostics, hints, failure, status }, isOvercome }: Props) {
  const words = useWords()
  if (!failure || status === 'cancelled') return null
  const summary = diagnostics.length > 0 ? words.diagnostics(diagnostics.length) : words.status[status]
  return (
    <details className="failure" open={!isOvercome}>
      <summary>{summary}</summary>
      {diagnostics.length > 0 ? (
        <Diagnostics all={diagnostics} />
      ) : (
        <p>
          {failure.line !== undefined && <span className="where">{words.line(failure.line)}</span>}
          <span>{failure.message}</span>
        </p>
      )}
      {hints.length > 0 && (
        <>
          <p>{words.hints}</p>
          <Diagnostics all={hints} />
        </>
      )}
    </details>
  )
}

function Diagnostics({ all }: { readonly all: CellItem['diagnostics'] }) {
  const words = useWords()
  return (
    <ul>
      {all.map(({ line, column, code, message }) => (
        <li key={`${line}:${column}:${code}`}>
          <span className="where">
            {words.line(line)} · {code}
          </span>
          <span>{message}</span>
        </li>
      ))}
    </ul>
  )
}
