// Where a message is written: text, the files that go with it, send or stop.
import { PaperAirplaneIcon, PaperclipIcon, SquareFillIcon } from '@primer/octicons-react'
import { useEffect, useLayoutEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import type { Attachments } from '../hooks/use-attachments.ts'
import { useWords } from '../words/language.tsx'
import { Chips } from './chips.tsx'
import { IconButton } from './icon-button.tsx'

interface Props {
  readonly attachments: Attachments
  readonly isBusy: boolean
  readonly isStopping: boolean
  readonly isFirst: boolean
  /** Changes with the conversation: the field is taken to it. */
  readonly session: string | undefined
  readonly onSend: (text: string) => Promise<boolean>
  readonly onStop: () => void
}

export function Composer({ attachments, isBusy, isStopping, isFirst, session, onSend, onStop }: Props) {
  const words = useWords()
  const [text, setText] = useState('')
  const [isWaiting, setWaiting] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  useGrowth(field, text)
  useEffect(() => {
    // On a phone the keyboard would cover what there is to read.
    if (matchMedia('(hover: hover)').matches) field.current?.focus()
  }, [session])

  const send = async (): Promise<void> => {
    if (text.trim() === '' || isBusy || isWaiting) return
    setWaiting(true)
    setText('')
    const isSent = await onSend(text.trim())
    setWaiting(false)
    if (!isSent) setText((now) => now || text)
  }
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    void send()
  }
  const paste = (event: ClipboardEvent): void => {
    const files = [...event.clipboardData.files]
    if (files.length === 0) return
    event.preventDefault()
    attachments.add(files)
  }

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <Chips attachments={attachments} />
      <textarea
        ref={field}
        id="message"
        rows={1}
        aria-label={words.message}
        aria-describedby="hint"
        placeholder={isFirst ? words.placeholder : words.placeholderMore}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={press}
        onPaste={paste}
      />
      <div className="composer-row">
        <IconButton icon={PaperclipIcon} label={words.addFiles} onClick={() => picker.current?.click()} />
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-label={words.addFiles}
          onChange={({ target }) => {
            attachments.add([...(target.files ?? [])])
            target.value = ''
          }}
        />
        <span className="hint" id="hint">
          {isWaiting && attachments.isSending ? words.keepWaiting : words.hint}
        </span>
        {isBusy ? (
          <button type="button" className="send stop" onClick={onStop} disabled={isStopping}>
            <SquareFillIcon size={16} />
            {isStopping ? words.stopping : words.stop}
          </button>
        ) : (
          <button type="submit" className="send" disabled={text.trim() === '' || isWaiting}>
            <PaperAirplaneIcon size={16} />
            {words.send}
          </button>
        )}
      </div>
    </form>
  )
}

const MOST_HEIGHT = 220

/** As tall as its text, to a limit. */
function useGrowth(field: React.RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const { current } = field
    if (!current) return
    current.style.height = 'auto'
    current.style.height = `${Math.min(current.scrollHeight, MOST_HEIGHT)}px`
  }, [field, text])
}
