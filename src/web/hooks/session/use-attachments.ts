// What goes with the next message: files that were just brought, on their way, or taken from the panel.
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import type { StoredFile } from '../../api/shapes.ts'
import type { Conversation, MadeFile } from '../../model/types.ts'
import { useChange } from '../use-on-change.ts'
import { useChoices } from './use-choices.ts'
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
  /** Waits for uploads under way; false if all were refused and nothing is left to send. */
  readonly settle: () => Promise<Settlement | false>
  /** The message has gone: what was refused need not be shown any more, but for those that are still to be seen. */
  readonly clear: (unseen: readonly string[]) => void
}

interface Settlement {
  /** What to send, or the server's choice. */
  readonly names: readonly string[] | undefined
  /** Keys of uploads that were refused and of which the person is still to see why: the message goes without them. */
  readonly unseen: readonly string[]
}

/** For the session `id`; `session` makes one if there is none yet. */
export function useAttachments(
  id: string | undefined,
  conversation: Conversation,
  session: () => Promise<string>,
): Attachments {
  const choices = useChoices()
  const { pick, leftOut } = choices
  const { uploads, start, drop, clear, reset, settled } = useUploads(session, choices.named)
  const { fresh, current, versions, turns } = conversation
  const ready = useMemo(
    () => choices.order(fresh).flatMap((name) => current.get(name) ?? []),
    [fresh, choices, current],
  )
  const latest = useRef({ ready, leftOut, versions, uploads })
  useLayoutEffect(() => {
    latest.current = { ready, leftOut, versions, uploads }
  }, [ready, leftOut, versions, uploads])
  const onTheWay = useOnTheWay(uploads, ready, versions, drop)
  useChange(turns.at(-1)?.key, () => {
    // They have gone with the request, whichever way it was made.
    choices.reset()
  })
  useChange(id, (before) => {
    // A session that was just made takes over what it was made for.
    if (before === undefined) return
    choices.reset()
    reset()
  })
  return {
    ...{ uploads: onTheWay, ready, pick },
    isSending: uploads.some(({ problem, arrived }) => problem === undefined && arrived === undefined),
    drop(key) {
      const names = uploads.flatMap((one) => (one.key === key ? (one.arrived ?? []).map(({ name }) => name) : []))
      choices.leave(...names)
      drop(key)
    },
    add(files) {
      choices.addUploads(files.map((file) => start(file, current.get(file.name)?.id)))
    },
    leaveOut: (name) => choices.leave(name),
    async settle() {
      const { arrived, refused } = await settled()
      const { ready: files, leftOut: without, versions: told } = latest.current
      // Their events come by the stream, at any time after the answer.
      const untold = arrived.filter((file) => !isTold(file, told))
      const names = choices.latest([...files, ...untold].map(({ name }) => name))
      if (names.length === 0 && refused.length > 0) return false
      // A message that goes without a file goes because of them, perhaps: the answer knows nothing of them.
      const known = latest.current.uploads.filter(({ problem }) => problem !== undefined).map(({ key }) => key)
      const unseen = names.length === 0 ? known : refused
      return { names: names.length > 0 || without.length > 0 ? names : undefined, unseen }
    },
    clear,
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
