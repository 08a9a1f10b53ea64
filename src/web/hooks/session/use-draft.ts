// The message that the user is writing.
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'

export interface Draft {
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly text: string
  readonly setText: (text: string) => void
  /** Sending: uploads are awaited, then the server is called. */
  readonly isWaiting: boolean
  readonly submit: () => void
}

/** The field gets the focus when `session` changes. */
export function useDraft(
  session: string | undefined,
  canSend: boolean,
  send: (text: string) => Promise<boolean>,
): Draft {
  const [text, setText] = useState('')
  const [isWaiting, setWaiting] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  useAutoHeight(field, text)
  useEffect(() => {
    // On a phone the on-screen keyboard would cover the conversation.
    if (matchMedia('(hover: hover)').matches) field.current?.focus()
  }, [session])

  const submit = async (): Promise<void> => {
    if (text.trim() === '' || !canSend || isWaiting) return
    setWaiting(true)
    setText('')
    const isSent = await send(text.trim())
    setWaiting(false)
    // Restore text that could not be sent.
    if (!isSent) setText((now) => now || text)
  }
  return { field, text, setText, isWaiting, submit: () => void submit() }
}

const MAX_HEIGHT = 220

/** Makes the field as tall as its text, up to `MAX_HEIGHT`. */
function useAutoHeight(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const style = field.current?.style
    if (!field.current || !style) return
    style.setProperty('height', 'auto')
    style.setProperty('height', `${Math.min(field.current.scrollHeight, MAX_HEIGHT)}px`)
  }, [field, text])
}
