// One file of the panel: thumbnail, facts, versions and actions.
import { DownloadIcon, PaperclipIcon, TrashIcon, UndoIcon } from '@primer/octicons-react'
import { lazy, Suspense, useState, type DragEvent } from 'react'
import { downloadUrl } from '../../api/client.ts'
import type { FileShape } from '../../../http/schemas.ts'
import { useSessionContext } from '../../hooks/session/use-session-context.ts'
import { formatBytes } from '../../model/amounts.ts'
import { fileProblemOf } from '../../i18n/file-problems.ts'
import { useWords } from '../../i18n/language.tsx'
import { ConfirmDialog } from '../common/confirm-dialog.tsx'
import { IconButton, IconLink } from '../common/icon-button.tsx'
import { factsOf, SheetLine } from './file-caption.tsx'
import { Thumbnail } from './thumbnail.tsx'

const ColumnList = lazy(() => import('../tables/column-list.tsx'))

/** The drag-and-drop data type of a file from the panel. */
export const FILE_DRAG_TYPE = 'application/x-easel-file'

export function FileRow({ stored }: { readonly stored: FileShape }) {
  const words = useWords()
  const { fileOf, show, attach, actions, isBusy, session } = useSessionContext()
  const [isAsking, setAsking] = useState(false)
  const file = fileOf(stored.name)
  if (!file) return null
  const { name, versions } = stored
  const trouble = fileProblemOf(file, words)
  const drag = ({ dataTransfer }: DragEvent): void => {
    dataTransfer.setData(FILE_DRAG_TYPE, name)
    dataTransfer.effectAllowed = 'copy'
  }
  return (
    <li className="file-row" draggable onDragStart={drag}>
      <Thumbnail file={file} onClick={() => show(file, undefined)} />
      <div className="file-text">
        <span className="name" title={name}>
          {name}
        </span>
        <span className="facts">{factsOf(file, words)}</span>
        <SheetLine file={file} />
        {trouble !== undefined && (
          <span className="reason" data-kind={file.card.kind}>
            {trouble}
          </span>
        )}
        {file.card.columns !== undefined && (
          <Suspense>
            <ColumnList file={file} />
          </Suspense>
        )}
        {versions.length > 1 && <Versions stored={stored} />}
        <div className="file-buttons">
          <IconButton icon={PaperclipIcon} label={words.attachOf(name)} onClick={() => attach(name)} />
          <IconLink icon={DownloadIcon} label={words.downloadOf(name)} href={downloadUrl(session, stored.id)} />
          {versions.length > 1 && (
            <IconButton
              icon={UndoIcon}
              label={words.undoOf(name)}
              onClick={() => actions.undo(name)}
              disabled={isBusy}
            />
          )}
          <IconButton icon={TrashIcon} label={words.deleteOf(name)} onClick={() => setAsking(true)} disabled={isBusy} />
        </div>
      </div>
      {isAsking && (
        <ConfirmDialog
          title={words.deleteFileTitle}
          text={words.deleteFileText(name)}
          onConfirm={() => actions.deleteFile(stored.id)}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  )
}

function Versions({ stored: { versions, version: current } }: { readonly stored: FileShape }) {
  const words = useWords()
  const { session } = useSessionContext()
  return (
    <details className="versions">
      <summary>{words.versions(versions.length)}</summary>
      <ul>
        {versions.toReversed().map(({ id, version, bytes }) => (
          <li key={id}>
            <a href={downloadUrl(session, id)} download>
              {words.version(version)}
            </a>
            <span className="facts">
              {formatBytes(bytes)}
              {version === current ? ` · ${words.current}` : ''}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
