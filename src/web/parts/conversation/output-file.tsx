// A file in the conversation, shown as what it is.
import { lazy, Suspense } from 'react'
import { kindOf } from '../../model/file-kind.ts'
import type { MadeFile } from '../../model/types.ts'
import { troubleWith } from '../../i18n/file-problems.ts'
import { useWords } from '../../i18n/language.tsx'
import { FileCaption } from '../files/file-caption.tsx'
import { Figure } from './figure.tsx'
import { TextPreview } from '../files/text-preview.tsx'

const TableView = lazy(() => import('../files/table-view.tsx'))

interface Props {
  readonly file: MadeFile
  /** The picture that this one can be compared with. */
  readonly before: MadeFile | undefined
}

export function MadeFileView({ file, before }: Props) {
  const words = useWords()
  const kind = kindOf(file.card)
  const trouble = troubleWith(file, words)
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
