// What goes with the next message: files that were just brought, on their way, or taken from the panel.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { StoredFile } from '../api/shapes.ts'
import type { Conversation, MadeFile } from '../model/shapes.ts'
import { useChange } from './use-change.ts'
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
  const { fresh, current, versions, turns } = conversation
  const ready = useMemo(() => {
    const names = new Set([...fresh, ...picked].filter((name) => !leftOut.includes(name)))
    return [...names].flatMap((name) => current.get(name) ?? [])
  }, [fresh, picked, leftOut, current])
  const latest = useRef({ ready, leftOut, versions })
  useLayoutEffect(() => {
    latest.current = { ready, leftOut, versions }
  }, [ready, leftOut, versions])
  const onTheWay = useOnTheWay(uploads, ready, versions, drop)
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
    ...{ uploads: onTheWay, ready, pick },
    isSending: uploads.some(({ problem, arrived }) => problem === undefined && arrived === undefined),
    drop(key) {
      const names = uploads.flatMap((one) => (one.key === key ? (one.arrived ?? []).map(({ name }) => name) : []))
      if (names.length > 0) setLeftOut((all) => [...all, ...names])
      drop(key)
    },
    add: (files) => files.forEach((file) => start(file, current.get(file.name)?.id)),
    leaveOut(name) {
      setLeftOut((all) => [...all, name])
      setPicked((all) => all.filter((one) => one !== name))
    },
    async settle() {
      const arrived = await settled()
      if (!arrived) return false
      const { ready: files, leftOut: without, versions: told } = latest.current
      // Their events come by the stream, at any time after the answer.
      const untold = arrived.filter((file) => !isTold(file, told))
      const names = new Set([...files, ...untold].map(({ name }) => name))
      return names.size > 0 || without.length > 0 ? [...names] : undefined
    },
    clear: () => clear(),
  }
}

/** Uploads until they are shown as files. */
function useOnTheWay(
  uploads: readonly Upload[],
  ready: readonly MadeFile[],
  versions: Conversation['versions'],
  drop: (key: string) => void,
): readonly Upload[] {
  useEffect(() => {
    for (const { key, arrived } of uploads) if (arrived?.every((file) => isTold(file, versions))) drop(key)
  })
  // The file may come by the stream before the answer to its upload: then it is there, and nothing is on its way any more.
  return uploads.filter(
    ({ name, replaces, problem }) => problem || !ready.some((file) => file.name === name && file.id !== replaces),
  )
}

function isTold({ name, id }: StoredFile, versions: Conversation['versions']): boolean {
  return versions.get(name)?.some((version) => version.id === id) ?? false
}
