// What goes with the next message: files that were just brought, on their way, or taken from the panel.
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Conversation, MadeFile } from '../model/shapes.ts'
import { useUploads, type Upload } from './use-uploads.ts'

export interface Attachments {
  readonly uploads: readonly Upload[]
  readonly ready: readonly MadeFile[]
  readonly isSending: boolean
  readonly add: (files: readonly File[]) => void
  /** Takes an upload back, or out of the list when it failed. */
  readonly drop: (key: string) => void
  /** Takes a file of the session into the message. */
  readonly pick: (name: string) => void
  readonly leaveOut: (name: string) => void
  /** Waits for uploads under way and gives the names to send, or the server's choice; false if one was refused meanwhile. */
  readonly settle: () => Promise<readonly string[] | undefined | false>
  /** The message has gone: what was refused need not be shown any more. */
  readonly clear: () => void
}

/** Their events come by the stream, at about the same time as the answer. */
const ARRIVAL_MS = 300

/** For the session `id`; `session` makes one if there is none yet. */
export function useAttachments(
  id: string | undefined,
  conversation: Conversation,
  session: () => Promise<string>,
): Attachments {
  const [picked, setPicked] = useState<readonly string[]>([])
  const [leftOut, setLeftOut] = useState<readonly string[]>([])
  const pick = (name: string): void => {
    setPicked((all) => [...all.filter((one) => one !== name), name])
    setLeftOut((all) => all.filter((one) => one !== name))
  }
  const { uploads, start, drop, clear, settled } = useUploads(session, pick)
  const { fresh, current, turns } = conversation
  const ready = useMemo(() => {
    const names = new Set([...fresh, ...picked].filter((name) => !leftOut.includes(name)))
    return [...names].flatMap((name) => current.get(name) ?? [])
  }, [fresh, picked, leftOut, current])
  const latest = useRef({ ready, leftOut })
  useEffect(() => {
    latest.current = { ready, leftOut }
  }, [ready, leftOut])
  // The file may come by the stream before the answer to its upload: then it is there, and nothing is on its way any more.
  const onTheWay = uploads.filter(
    ({ name, replaces, problem }) => problem || !ready.some((file) => file.name === name && file.id !== replaces),
  )
  useChange(turns.at(-1)?.key, () => {
    // They have gone with the request, whichever way it was made.
    setPicked([])
    setLeftOut([])
  })
  useChange(id, (before) => {
    // A session that was just made takes over what it was made for.
    if (before === undefined) return
    setPicked([])
    setLeftOut([])
    clear(true)
  })
  return {
    ...{ uploads: onTheWay, ready, drop, pick },
    isSending: uploads.some(({ problem }) => problem === undefined),
    add: (files) => files.forEach((file) => start(file, current.get(file.name)?.id)),
    leaveOut(name) {
      setLeftOut((all) => [...all, name])
      setPicked((all) => all.filter((one) => one !== name))
    },
    async settle() {
      const became = await settled()
      if (became === 'refused') return false
      if (became === 'arrived') await new Promise((resolve) => setTimeout(resolve, ARRIVAL_MS))
      const { ready: files, leftOut: without } = latest.current
      return files.length > 0 || without.length > 0 ? files.map(({ name }) => name) : undefined
    },
    clear: () => clear(),
  }
}

function useChange(value: string | undefined, act: (before: string | undefined) => void): void {
  const last = useRef(value)
  useEffect(() => {
    if (last.current !== value) act(last.current)
    last.current = value
  })
}
