// A file in the conversation, displayed according to its kind.
import { lazy, Suspense } from 'react'
import { kindOf } from '../../model/file-kind.ts'
import type { FileVersion } from '../../model/types.ts'
import { fileProblemOf } from '../../i18n/file-problems.ts'
import { useWords } from '../../i18n/language.tsx'
import { FileCaption } from '../files/file-caption.tsx'
import { Figure } from './figure.tsx'
import { TextPreview } from '../files/text-preview.tsx'

const TableView = lazy(() => import('../files/table-view.tsx'))

interface Props {
  readonly file: FileVersion
  /** The picture that this one can be compared with. */
  readonly before: FileVersion | undefined
}

export function OutputFile({ file, before }: Props) {
  const words = useWords()
  const kind = kindOf(file.card)
  const trouble = fileProblemOf(file, words)
  if (kind === 'picture') return <Figure file={file} before={before} />
  return (
    <figure className="made">
      {kind === 'table' && (
        <Suspense fallback={<p className="quiet">{words.loading}</p>}>
          <TableView file={file} />
        </Suspense>
      )}
      {kind === 'text' && <TextPreview file={file} />}
      {trouble !== undefined && <p className="quiet">{trouble}</p>}
      <FileCaption file={file} isLine={kind === 'other'} />
    </figure>
  )
}
