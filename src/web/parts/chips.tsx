// The files of the next message: on their way, there, or refused with the reason.
import { AlertIcon, XIcon } from '@primer/octicons-react'
import type { Attachments } from '../hooks/use-attachments.ts'
import type { Upload } from '../hooks/use-uploads.ts'
import { troubleWith } from '../words/broken.ts'
import { sayProblem, useWords } from '../words/language.tsx'
import { IconButton } from './icon-button.tsx'
import { Thumbnail } from './thumbnail.tsx'

export function Chips({ attachments: { uploads, ready, drop, leaveOut } }: { readonly attachments: Attachments }) {
  const words = useWords()
  if (uploads.length + ready.length === 0) return null
  return (
    <ul className="chips" aria-label={words.attached}>
      {ready.map((file) => (
        <ReadyChip key={file.name} file={file} onDrop={() => leaveOut(file.name)} />
      ))}
      {uploads.map((upload) => (
        <UploadChip key={upload.key} upload={upload} onDrop={() => drop(upload.key)} />
      ))}
    </ul>
  )
}

function ReadyChip({ file, onDrop }: { readonly file: Attachments['ready'][number]; readonly onDrop: () => void }) {
  const words = useWords()
  const trouble = troubleWith(file, words)
  return (
    <li
      className="chip"
      data-state={trouble === undefined ? 'ready' : file.card.kind === 'picture' ? 'limited' : 'failed'}
      title={file.host && words.fetchedFrom(file.name, file.host)}
    >
      <Thumbnail file={file} />
      <span className="chip-text">
        <span className="name">{file.name}</span>
        {trouble !== undefined && <span className="reason">{trouble}</span>}
      </span>
      <IconButton icon={XIcon} label={words.detach(file.name)} onClick={onDrop} />
    </li>
  )
}

function UploadChip({
  upload: { name, share, problem },
  onDrop,
}: {
  readonly upload: Upload
  readonly onDrop: () => void
}) {
  const words = useWords()
  const percent = Math.round(share * 100)
  return (
    <li className="chip" data-state={problem ? 'failed' : 'sending'}>
      {problem ? (
        <span className="thumbnail sign">
          <AlertIcon size={16} />
        </span>
      ) : (
        <span className="spinner" aria-hidden="true" />
      )}
      <span className="chip-text">
        <span className="name">{name}</span>
        {problem ? (
          <span className="reason" role="alert">
            {sayProblem(words, problem)}
          </span>
        ) : (
          <progress max={100} value={percent} aria-label={`${name} ${words.uploading(percent)}`} />
        )}
      </span>
      <IconButton icon={XIcon} label={problem ? words.dismiss : words.cancelUpload(name)} onClick={onDrop} />
    </li>
  )
}
