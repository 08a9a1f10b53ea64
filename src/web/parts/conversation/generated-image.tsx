// A picture that the endpoint is asked for: what it was told, whether it is still at it, what came of it.
import { memo } from 'react'
import { sayDuration } from '../../model/amounts.ts'
import type { DrawingItem, MadeFile } from '../../model/types.ts'
import { useWords } from '../../i18n/language.tsx'
import { CellStatusIcon } from './cell-status.tsx'
import { MadeFileView } from './output-file.tsx'

interface Props {
  readonly drawing: DrawingItem
  /** Its turn goes on. */
  readonly isRunning: boolean
  readonly before: MadeFile | undefined
}

export const DrawingView = memo(function DrawingView({ drawing, isRunning, before }: Props) {
  const words = useWords()
  const { name, prompt, files, message, ms } = drawing
  // The program ended before it did.
  const isCut = drawing.status === 'running' && !isRunning
  const status = isCut ? 'cancelled' : drawing.status === 'failed' ? 'threw' : drawing.status
  return (
    <>
      <section className="cell" data-status={status} aria-label={words.drawing(name)}>
        <header className="drawing-head">
          <CellStatusIcon status={status} isOvercome={false} />
          <p className="drawing-title">
            {words.drawing(name)}
            <q>{prompt}</q>
          </p>
          {ms !== undefined && <span className="facts duration">{sayDuration(ms)}</span>}
        </header>
        {status === 'threw' && (
          <div className="failure">
            <p>{message ?? words.drawFailed}</p>
          </div>
        )}
      </section>
      {files.length > 0 && (
        <div className="made-list">
          {files.map((file) => (
            <MadeFileView key={file.key} file={file} before={before} />
          ))}
        </div>
      )}
    </>
  )
})
