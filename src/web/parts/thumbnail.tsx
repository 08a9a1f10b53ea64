// A file, small: its picture, or a sign for what it is.
import { AlertIcon, FileIcon, TableIcon } from '@primer/octicons-react'
import { fileUrl } from '../api/client.ts'
import { useRoom } from '../hooks/use-room.ts'
import { kindOf } from '../model/file-kind.ts'
import type { MadeFile } from '../model/shapes.ts'
import { useWords } from '../words/language.tsx'

interface Props {
  readonly file: MadeFile
  /** Only pictures can be opened. */
  readonly onClick?: () => void
  /** What is no picture says its name. */
  readonly isNamed?: boolean
}

export function Thumbnail({ file, onClick, isNamed = false }: Props) {
  const words = useWords()
  const { session } = useRoom()
  const kind = kindOf(file.card)
  if (kind === 'picture') {
    // Where it cannot be opened its name stands beside it.
    const picture = (
      <img
        src={fileUrl(session, file.id)}
        alt={onClick ? file.name : ''}
        loading="lazy"
        decoding="async"
        draggable={false}
      />
    )
    const title = file.host === undefined ? undefined : words.fetchedFrom(file.name, file.host)
    if (!onClick)
      return (
        <span className="thumbnail" title={title}>
          {picture}
        </span>
      )
    return (
      <button type="button" className="thumbnail" title={title} aria-label={words.open(file.name)} onClick={onClick}>
        {picture}
      </button>
    )
  }
  const Sign =
    kind === 'table' ? TableIcon : kind === 'broken' || file.card.problem !== undefined ? AlertIcon : FileIcon
  return (
    <span className="thumbnail sign">
      <Sign size={16} />
      {isNamed && <span className="name">{file.name}</span>}
    </span>
  )
}
