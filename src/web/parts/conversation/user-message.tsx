// The user's request with its files; it can be edited and sent again.
import { PencilIcon, SyncIcon } from '@primer/octicons-react'
import { useEffect, useRef, useState } from 'react'
import { useSessionContext } from '../../hooks/session/use-session-context.ts'
import type { Turn } from '../../model/types.ts'
import { useWords } from '../../i18n/language.tsx'
import { CopyButton } from '../common/copy-button.tsx'
import { IconButton } from '../common/icon-button.tsx'
import { Thumbnail } from '../files/thumbnail.tsx'

export function UserMessage({ turn, text }: { readonly turn: Turn; readonly text: string }) {
  const words = useWords()
  const { actions, isBusy, show } = useSessionContext()
  const [isEditing, setEditing] = useState(false)
  return (
    <div className="asked">
      <h3 className="unseen">{words.you}</h3>
      {turn.files.length > 0 && (
        <ul className="asked-files">
          {turn.files.map((file) => (
            <li key={file.key}>
              <Thumbnail file={file} isNamed onClick={() => show(file, undefined)} />
            </li>
          ))}
        </ul>
      )}
      {isEditing ? (
        <AskedEditor turn={turn} text={text} onClose={() => setEditing(false)} />
      ) : (
        <>
          <p className="bubble">{text}</p>
          <div className="asked-buttons">
            <CopyButton text={text} label={words.copy} />
            <IconButton icon={PencilIcon} label={words.edit} onClick={() => setEditing(true)} disabled={isBusy} />
            <IconButton
              icon={SyncIcon}
              label={words.retry}
              onClick={() => void actions.resend(turn, text)}
              disabled={isBusy}
            />
          </div>
        </>
      )}
    </div>
  )
}

interface EditorProps {
  readonly turn: Turn
  readonly text: string
  readonly onClose: () => void
}

function AskedEditor({ turn, text, onClose }: EditorProps) {
  const words = useWords()
  const { actions, isBusy } = useSessionContext()
  const [changed, setChanged] = useState(text)
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    field.current?.focus()
    field.current?.setSelectionRange(text.length, text.length)
  }, [text])
  const send = (): void => {
    if (isBusy || changed.trim() === '') return
    void actions.resend(turn, changed.trim()).then((isSent) => isSent && onClose())
  }
  return (
    <div className="asked-editor">
      <textarea
        ref={field}
        rows={Math.min(10, changed.split('\n').length + 1)}
        aria-label={words.editMessage}
        value={changed}
        onChange={({ target }) => setChanged(target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
            event.preventDefault()
            send()
          }
          if (event.key !== 'Escape') return
          event.stopPropagation()
          onClose()
        }}
      />
      <div className="buttons">
        <span className="quiet">{words.editWarning}</span>
        <button type="button" className="button" onClick={onClose}>
          {words.cancel}
        </button>
        <button type="button" className="button primary" onClick={send} disabled={isBusy || changed.trim() === ''}>
          {words.resend}
        </button>
      </div>
    </div>
  )
}
