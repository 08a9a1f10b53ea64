// One conversation in the list.
import { PencilIcon, TrashIcon } from '@primer/octicons-react'
import { useState } from 'react'
import type { SessionShape } from '../../../http/schemas.ts'
import { useWords } from '../../i18n/language.tsx'
import { ConfirmDialog } from '../common/confirm-dialog.tsx'
import { IconButton } from '../common/icon-button.tsx'

interface Props {
  readonly session: SessionShape
  readonly isShown: boolean
  readonly onGo: (id: string) => void
  readonly onRename: (id: string, title: string) => void
  readonly onDelete: (id: string) => void
}

export function SessionRow({ session, isShown, onGo, onRename, onDelete }: Props) {
  const words = useWords()
  const [mode, setMode] = useState<'plain' | 'renaming' | 'deleting'>('plain')
  const { id, title = '', busy, files } = session
  const name = title || words.untitled
  const plain = (): void => setMode('plain')
  if (mode === 'renaming') {
    return (
      <li className="session-row">
        <Rename title={title} onClose={plain} onSave={(next) => onRename(id, next)} />
      </li>
    )
  }
  return (
    <li className="session-row" data-shown={isShown}>
      <a
        href={`/#/s/${id}`}
        aria-current={isShown ? 'page' : undefined}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return
          event.preventDefault()
          onGo(id)
        }}
      >
        <span className="name">{name}</span>
        {busy && <span className="spinner" role="img" aria-label={words.status.running} />}
      </a>
      <span className="row-buttons">
        <IconButton icon={PencilIcon} label={`${words.rename}: ${name}`} onClick={() => setMode('renaming')} />
        <IconButton icon={TrashIcon} label={`${words.delete}: ${name}`} onClick={() => setMode('deleting')} />
      </span>
      {mode === 'deleting' && (
        <ConfirmDialog
          title={words.deleteTitle}
          text={words.deleteText(name, files)}
          onConfirm={() => onDelete(id)}
          onClose={plain}
        />
      )}
    </li>
  )
}

interface RenameProps {
  readonly title: string
  readonly onSave: (title: string) => void
  readonly onClose: () => void
}

function Rename({ title, onSave, onClose }: RenameProps) {
  const words = useWords()
  const [text, setText] = useState(title)
  const save = (): void => {
    if (text.trim() !== '' && text.trim() !== title) onSave(text.trim())
    onClose()
  }
  return (
    <input
      className="rename"
      aria-label={words.newTitle}
      value={text}
      maxLength={200}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person has just asked for it
      autoFocus
      onFocus={({ target }) => target.select()}
      onChange={({ target }) => setText(target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) save()
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    />
  )
}
