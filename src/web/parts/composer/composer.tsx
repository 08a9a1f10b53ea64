// The form for a message: its text, its files, and the send or stop button.
import { PaperAirplaneIcon, PaperclipIcon, SquareFillIcon, EyeIcon } from '@primer/octicons-react'
import { useRef, type ClipboardEvent, type KeyboardEvent } from 'react'
import type { Detail } from '../../../../sessions/event.ts'
import type { Attachments } from '../../hooks/session/use-attachments.ts'
import { useDraft } from '../../hooks/session/use-draft.ts'
import { useWords } from '../../i18n/language.tsx'
import { AttachmentChips } from './attachment-chips.tsx'
import { IconButton } from '../common/icon-button.tsx'
import { DETAILS, useDetail } from '../../hooks/session/use-detail.ts'

interface Props {
  readonly attachments: Attachments
  readonly isBusy: boolean
  readonly isStopping: boolean
  readonly isFirst: boolean
  readonly session: string | undefined
  /** The server's standard image detail; undefined if the planner takes no images. */
  readonly detail: Detail | undefined
  /** URLs in a message are fetched. */
  readonly fetches: boolean
  readonly onSend: (text: string) => Promise<boolean>
  readonly onStop: () => void
}

export function Composer(props: Props) {
  const { attachments, isBusy, isStopping, isFirst, session, detail, fetches, onSend, onStop } = props
  const words = useWords()
  const hint = isFirst && fetches ? words.hintLink : words.hint
  const { field, text, setText, isWaiting, submit } = useDraft(session, !isBusy, onSend)
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    submit()
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
        submit()
      }}
    >
      <AttachmentChips attachments={attachments} />
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
        <Picker onFiles={attachments.add} />
        {detail && <DetailChoice standard={detail} />}
        <span className="hint" id="hint">
          {isWaiting && attachments.isSending ? words.keepWaiting : hint}
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

function Picker({ onFiles }: { readonly onFiles: Attachments['add'] }) {
  const words = useWords()
  const picker = useRef<HTMLInputElement>(null)
  return (
    <>
      <IconButton icon={PaperclipIcon} label={words.addFiles} onClick={() => picker.current?.click()} />
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label={words.addFiles}
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])])
          target.value = ''
        }}
      />
    </>
  )
}

function DetailChoice({ standard }: { readonly standard: Detail }) {
  const words = useWords()
  const [detail, choose] = useDetail(standard)
  return (
    <label className="detail-choice" title={words.detail}>
      <EyeIcon size={16} />
      <select
        aria-label={words.detail}
        value={detail}
        onChange={({ target }) => choose(DETAILS.find((one) => one === target.value) ?? standard)}
      >
        {DETAILS.map((one) => (
          <option key={one} value={one}>
            {words.details[one]}
          </option>
        ))}
      </select>
    </label>
  )
}
