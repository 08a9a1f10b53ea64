// A cell: its purpose, code, live output and status; below it the files that it made.
import { ChevronRightIcon, PlayIcon } from '@primer/octicons-react'
import { lazy, memo, Suspense, useState } from 'react'
import { usePreference } from '../../hooks/use-preference.ts'
import { useSessionContext } from '../../hooks/session/use-session-context.ts'
import { formatDuration } from '../../model/amounts.ts'
import type { CellItem, FileVersion } from '../../model/types.ts'
import { useWords } from '../../i18n/language.tsx'
import { CellFailure } from './cell-failure.tsx'
import { CellOutput } from './cell-output.tsx'
import { CellStatusIcon } from './cell-status.tsx'
import { CopyButton } from '../common/copy-button.tsx'
import { HighlightedCode } from './highlighted-code.tsx'
import { IconButton } from '../common/icon-button.tsx'
import { OutputFile } from './output-file.tsx'

const CellEditor = lazy(() => import('./cell-editor.tsx'))

interface Props {
  readonly cell: CellItem
  /** It failed, and another attempt has been or may be made. */
  readonly isOvercome: boolean
  /** Another attempt was made. */
  readonly isRetried: boolean
  readonly before: FileVersion | undefined
}

export const CellView = memo(function CellView({ cell, isOvercome, isRetried, before }: Props) {
  const words = useWords()
  const [preference, prefer] = usePreference<'open' | 'folded'>('code', 'open')
  // A later change of the preference does not fold or unfold this cell.
  const [wasOpen] = useState(preference === 'open')
  const [isOpen, setOpen] = useState<boolean>()
  const [isEditing, setEditing] = useState(false)
  const isShown = isOpen ?? (wasOpen && !isOvercome)
  const fold = (): void => {
    setOpen(!isShown)
    prefer(isShown ? 'folded' : 'open')
  }
  const label = `${words.code}, ${words.cell(cell.cell)}`
  return (
    <>
      <section className="cell" data-status={isOvercome ? 'overcome' : cell.status} aria-label={words.cell(cell.cell)}>
        <header>
          <CellStatusIcon status={cell.status} isOvercome={isOvercome} />
          <button
            type="button"
            className="cell-title"
            aria-expanded={isShown}
            onClick={fold}
            title={isShown ? words.hideCode : words.showCode}
          >
            <span className="purpose">{titleOf(cell, words)}</span>
            <ChevronRightIcon size={16} className="chevron" />
          </button>
          {isRetried && <span className="facts">{words.retried}</span>}
          {cell.ms !== undefined && <span className="facts duration">{formatDuration(cell.ms)}</span>}
          <CellButtons cell={cell} onRun={() => setEditing(true)} />
        </header>
        {cell.progress && <Progress {...cell.progress} />}
        {isEditing ? (
          <Suspense>
            <CellEditor cell={cell} onClose={() => setEditing(false)} />
          </Suspense>
        ) : (
          isShown && (
            <pre className="code" tabIndex={0} role="group" aria-label={label}>
              <HighlightedCode code={cell.code} />
            </pre>
          )
        )}
        <CellOutput cell={cell} />
        <CellNotes notes={cell.notes} />
        <CellFailure cell={cell} isOvercome={isOvercome} />
      </section>
      {cell.files.length > 0 && (
        <div className="made-list">
          {cell.files.map((file) => (
            <OutputFile key={file.key} file={file} before={before} />
          ))}
        </div>
      )}
    </>
  )
})

function CellNotes({ notes }: Pick<CellItem, 'notes'>) {
  if (notes.length === 0) return null
  return (
    <ul className="notes">
      {notes.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  )
}

function CellButtons({ cell, onRun }: { readonly cell: CellItem; readonly onRun: () => void }) {
  const words = useWords()
  const { isBusy } = useSessionContext()
  return (
    <span className="cell-buttons">
      <CopyButton text={cell.code} label={words.copyCode} />
      <IconButton
        icon={PlayIcon}
        label={words.runAgain}
        onClick={onRun}
        disabled={isBusy || cell.status === 'running'}
      />
    </span>
  )
}

function Progress({ done, total, label }: NonNullable<CellItem['progress']>) {
  const count = total > 0 ? `${done} / ${total}` : String(done)
  return (
    <div className="progress">
      <progress max={total > 0 ? total : undefined} value={total > 0 ? done : undefined} aria-label={label} />
      <span className="facts">
        {label} {count}
      </span>
    </div>
  )
}

function titleOf({ purpose, cell, from }: CellItem, words: ReturnType<typeof useWords>): string {
  if (from) return from.edits.length > 0 ? words.editedFrom(from.cell) : words.againFrom(from.cell)
  return purpose?.trim() || words.cell(cell)
}
