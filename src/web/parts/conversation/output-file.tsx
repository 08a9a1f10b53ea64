// A file in the conversation, displayed according to its kind.
import { lazy, Suspense, useRef } from 'react'
import { kindOf, shownSize } from '../../model/file-kind.ts'
import type { FileVersion } from '../../model/types.ts'
import { fileProblemOf } from '../../i18n/file-problems.ts'
import { useWords } from '../../i18n/language.tsx'
import { FileCaption, SheetLine } from '../files/file-caption.tsx'
import { TextPreview } from '../files/text-preview.tsx'
import { fileUrl } from '../../api/client.ts'
import { useSessionContext } from '../../hooks/session/use-session-context.ts'
import { useWidth } from '../../hooks/use-width.ts'
import { inlineSize } from '../../model/picture-size.ts'

const TableGrid = lazy(() => import('../tables/table-grid.tsx'))

interface Props {
  readonly file: FileVersion
  /** The picture that this one can be compared with. */
  readonly before: FileVersion | undefined
}

export function OutputFile({ file, before }: Props) {
  const words = useWords()
  const { show } = useSessionContext()
  const kind = kindOf(file.card)
  const trouble = fileProblemOf(file, words)
  if (kind === 'picture') return <Figure file={file} before={before} />
  return (
    <figure className="made">
      {kind === 'table' && (
        <Suspense fallback={<p className="quiet">{words.loading}</p>}>
          <TableGrid file={file} onExpand={() => show(file, undefined)} />
        </Suspense>
      )}
      {kind === 'text' && <TextPreview file={file} />}
      {trouble !== undefined && <p className="quiet">{trouble}</p>}
      <FileCaption file={file} isLine={kind === 'other' || kind === 'workbook'} />
      <SheetLine file={file} />
    </figure>
  )
}

interface Props {
  readonly file: FileVersion
  readonly before: FileVersion | undefined
}

function Figure({ file, before }: Props) {
  const words = useWords()
  const { session, show } = useSessionContext()
  const frame = useRef<HTMLElement>(null)
  const column = useWidth(frame)
  const { width, height } = inlineSize(shownSize(file.card), column, devicePixelRatio)
  return (
    <figure className="made" ref={frame}>
      <button type="button" className="picture" aria-label={words.open(file.name)} onClick={() => show(file, before)}>
        <img
          src={fileUrl(session, file.id)}
          {...{ width, height }}
          alt={file.name}
          loading="lazy"
          decoding="async"
          draggable={false}
          className={file.card.hasAlpha === true ? 'see-through' : ''}
        />
      </button>
      <FileCaption file={file} />
    </figure>
  )
}
