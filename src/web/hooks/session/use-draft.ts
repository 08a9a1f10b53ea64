// The message that is being written.
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'

export interface Draft {
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly text: string
  readonly setText: (text: string) => void
  /** It is on its way: uploads are waited for, the server is asked. */
  readonly isWaiting: boolean
  readonly submit: () => void
}

/** `session`: the field is taken to it when it changes. */
export function useDraft(
  session: string | undefined,
  canSend: boolean,
  send: (text: string) => Promise<boolean>,
): Draft {
  const [text, setText] = useState('')
  const [isWaiting, setWaiting] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  useGrowth(field, text)
  useEffect(() => {
    // On a phone the keyboard would cover what there is to read.
    if (matchMedia('(hover: hover)').matches) field.current?.focus()
  }, [session])

  const submit = async (): Promise<void> => {
    if (text.trim() === '' || !canSend || isWaiting) return
    setWaiting(true)
    setText('')
    const isSent = await send(text.trim())
    setWaiting(false)
    // What was not sent is not lost.
    if (!isSent) setText((now) => now || text)
  }
  return { field, text, setText, isWaiting, submit: () => void submit() }
}

const MAX_HEIGHT = 220

/** As tall as its text, to a limit. */
function useGrowth(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const style = field.current?.style
    if (!field.current || !style) return
    style.setProperty('height', 'auto')
    style.setProperty('height', `${Math.min(field.current.scrollHeight, MAX_HEIGHT)}px`)
  }, [field, text])
}
