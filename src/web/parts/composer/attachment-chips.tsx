// The files of the next message: uploading, ready, or refused with the reason.
import { AlertIcon, XIcon } from '@primer/octicons-react'
import { useRef } from 'react'
import type { Attachments } from '../../hooks/session/use-attachments.ts'
import { useMoreBelow } from '../../hooks/use-more-below.ts'
import type { Upload } from '../../hooks/session/use-uploads.ts'
import { fileProblemOf } from '../../i18n/file-problems.ts'
import { describeProblem, useWords } from '../../i18n/language.tsx'
import { IconButton } from '../common/icon-button.tsx'
import { Thumbnail } from '../files/thumbnail.tsx'
import { UnusableFiles, type UnusableFile } from './unusable-files.tsx'

/** Up to this many unusable files are listed with their reasons; more are folded into one line. */
const MAX_BAD = 2

export function AttachmentChips({ attachments }: { readonly attachments: Attachments }) {
  const { uploads, ready, drop, leaveOut } = attachments
  const words = useWords()
  const box = useRef<HTMLDivElement>(null)
  const isMore = useMoreBelow(box)
  const bad = useBad(attachments)
  const isFolded = bad.length > MAX_BAD
  const isShown = (key: string): boolean => !isFolded || !bad.some((one) => one.key === key)
  const files = ready.filter(({ name }) => isShown(name))
  const sent = uploads.filter(({ key }) => isShown(key))
  if (uploads.length + ready.length === 0) return null
  return (
    <div className="attached" ref={box} data-more={isMore}>
      {isFolded && <UnusableFiles bad={bad} />}
      {files.length + sent.length > 0 && (
        <ul className="chips" aria-label={words.attached}>
          {files.map((file) => (
            <ReadyChip key={file.name} file={file} onDrop={() => leaveOut(file.name)} />
          ))}
          {sent.map((upload) => (
            <UploadChip key={upload.key} upload={upload} onDrop={() => drop(upload.key)} />
          ))}
        </ul>
      )}
    </div>
  )
}

/** The files that cannot be used, or not as they are. */
function useBad({ uploads, ready, drop, leaveOut }: Attachments): readonly UnusableFile[] {
  const words = useWords()
  const files = ready.flatMap((file): UnusableFile[] => {
    const { name } = file
    const reason = fileProblemOf(file, words)
    return reason === undefined ? [] : [{ key: name, name, reason, drop: () => leaveOut(name) }]
  })
  const refused = uploads.flatMap(({ key, name, problem }): UnusableFile[] =>
    problem ? [{ key, name, reason: describeProblem(words, problem), drop: () => drop(key) }] : [],
  )
  return [...files, ...refused]
}

function ReadyChip({ file, onDrop }: { readonly file: Attachments['ready'][number]; readonly onDrop: () => void }) {
  const words = useWords()
  const trouble = fileProblemOf(file, words)
  return (
    <li
      className="chip"
      data-state={trouble === undefined ? 'ready' : file.card.kind === 'picture' ? 'limited' : 'failed'}
      title={file.host && words.fetchedFrom(file.name, file.host)}
    >
      <Thumbnail file={file} />
      <span className="chip-text">
        <span className="name" title={file.name}>
          {file.name}
        </span>
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
        <span className="name" title={name}>
          {name}
        </span>
        {problem ? (
          <span className="reason" role="alert">
            {describeProblem(words, problem)}
          </span>
        ) : (
          <progress max={100} value={percent} aria-label={`${name} ${words.uploading(percent)}`} />
        )}
      </span>
      <IconButton icon={XIcon} label={problem ? words.dismiss : words.cancelUpload(name)} onClick={onDrop} />
    </li>
  )
}
