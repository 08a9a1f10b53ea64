// A file in the conversation, shown as what it is.
import { DownloadIcon, FileIcon } from '@primer/octicons-react'
import { lazy, Suspense } from 'react'
import { downloadUrl } from '../api/client.ts'
import { useRoom } from '../hooks/use-room.ts'
import { sayBytes, saySize } from '../model/amounts.ts'
import { kindOf, shownSize } from '../model/file-kind.ts'
import type { MadeFile } from '../model/shapes.ts'
import { useWords } from '../words/language.tsx'
import { Figure } from './figure.tsx'
import { IconLink } from './icon-button.tsx'
import { TextPreview } from './text-preview.tsx'

const TableView = lazy(() => import('./table-view.tsx'))

interface Props {
  readonly file: MadeFile
  /** The picture that this one can be compared with. */
  readonly before: MadeFile | undefined
}

export function MadeFileView({ file, before }: Props) {
  const words = useWords()
  const kind = kindOf(file.card)
  if (kind === 'picture') return <Figure file={file} before={before} />
  return (
    <figure className="made">
      {kind === 'table' && (
        <Suspense fallback={<p className="quiet">{words.loading}</p>}>
          <TableView file={file} />
        </Suspense>
      )}
      {kind === 'text' && <TextPreview file={file} />}
      {kind === 'broken' && <p className="quiet">{words.broken(file.card.problem ?? '')}</p>}
      <FileCaption file={file} isLine={kind === 'other'} />
    </figure>
  )
}

/** Name, facts and download of a file. */
export function FileCaption({ file, isLine = false }: { readonly file: MadeFile; readonly isLine?: boolean }) {
  const words = useWords()
  const { session } = useRoom()
  return (
    <figcaption className={isLine ? 'file-line' : ''}>
      {isLine && <FileIcon size={16} />}
      <span className="name" title={file.name}>
        {file.name}
      </span>
      <span className="facts">{factsOf(file, words)}</span>
      <IconLink icon={DownloadIcon} label={words.downloadOf(file.name)} href={downloadUrl(session, file.id)} />
    </figcaption>
  )
}

/** 640 × 480 · 30 frames · 312 KB */
export function factsOf({ card }: MadeFile, words: ReturnType<typeof useWords>): string {
  const { frames = 1, rows, columns } = card
  const parts = [
    card.width && card.height ? saySize(shownSize(card)) : '',
    frames > 1 ? words.frames(frames) : '',
    rows === undefined ? '' : words.rows(rows.toLocaleString(words.lang), columns?.length ?? 0),
    sayBytes(card.bytes),
  ]
  return parts.filter(Boolean).join(' · ')
}
