// Edits the code of a cell and runs it as a new cell.
import { PlayIcon } from '@primer/octicons-react'
import { useEffect, useRef, useState } from 'react'
import { useSessionContext } from '../../hooks/session/use-session-context.ts'
import type { CellItem } from '../../model/types.ts'
import { useWords } from '../../i18n/language.tsx'
import { HighlightedCode } from './highlighted-code.tsx'

export default function CellEditor({ cell, onClose }: { readonly cell: CellItem; readonly onClose: () => void }) {
  const words = useWords()
  const { actions, isBusy } = useSessionContext()
  const [code, setCode] = useState(cell.code)
  const whole = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    field.current?.focus()
    whole.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const run = (): void => {
    if (isBusy || code.trim() === '') return
    void actions.runCell(cell.cell, code === cell.code ? undefined : code).then((isBegun) => isBegun && onClose())
  }
  return (
    <div className="editor" ref={whole}>
      <div className="editor-scroll">
        <div className="editor-layers">
          <pre aria-hidden="true">
            <HighlightedCode code={`${code}\n`} />
          </pre>
          <textarea
            ref={field}
            aria-label={words.editCode}
            value={code}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            onChange={({ target }) => setCode(target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) run()
              if (event.key !== 'Escape') return
              event.stopPropagation()
              onClose()
            }}
          />
        </div>
      </div>
      <div className="buttons">
        <button type="button" className="button" onClick={onClose}>
          {words.cancel}
        </button>
        <button type="button" className="button primary" onClick={run} disabled={isBusy || code.trim() === ''}>
          <PlayIcon size={16} />
          {words.runEdited}
        </button>
      </div>
    </div>
  )
}
