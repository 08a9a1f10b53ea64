// The files of the next message: just added, still uploading, or picked in the file panel.
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import type { FileShape } from '../../../http/schemas.ts'
import type { Conversation, FileVersion } from '../../model/types.ts'
import { useOnChange } from '../use-on-change.ts'
import { useChoices } from './use-choices.ts'
import { useUploads, type Upload } from './use-uploads.ts'

export interface Attachments {
  readonly uploads: readonly Upload[]
  readonly ready: readonly FileVersion[]
  readonly isSending: boolean
  readonly add: (files: readonly File[]) => void
  /** Cancels an upload, or removes a failed one from the list. */
  readonly drop: (key: string) => void
  /** Attaches a file of the session to the message. */
  readonly pick: (name: string) => void
  readonly leaveOut: (name: string) => void
  /** Waits for running uploads; false if all were refused and nothing is left to send. */
  readonly settle: () => Promise<Settlement | false>
  /** After the message was sent: forgets refused uploads, except `unseen`. */
  readonly clear: (unseen: readonly string[]) => void
}

interface Settlement {
  /** Names of the files to send; undefined leaves the choice to the server. */
  readonly names: readonly string[] | undefined
  /** Keys of refused uploads whose reason the user has not seen yet; the message is sent without them. */
  readonly unseen: readonly string[]
}

/** For the session `id`; `session` creates one if there is none yet. */
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
  const onTheWay = usePendingUploads(uploads, ready, versions, drop)
  useOnChange(turns.at(-1)?.key, () => {
    // They belong to the new request, whichever way it was sent.
    choices.reset()
  })
  useOnChange(id, (before) => {
    // A session that was just created keeps the files that it was created for.
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
      // Their events arrive on the stream, at any time after the upload's response.
      const untold = arrived.filter((file) => !isInConversation(file, told))
      const names = choices.latest([...files, ...untold].map(({ name }) => name))
      if (names.length === 0 && refused.length > 0) return false
      // If no file is left, the refused ones may be the reason, and the answer will not mention them: keep them
      // visible.
      const known = latest.current.uploads.filter(({ problem }) => problem !== undefined).map(({ key }) => key)
      const unseen = names.length === 0 ? known : refused
      return { names: names.length > 0 || without.length > 0 ? names : undefined, unseen }
    },
    clear,
  }
}

/** Uploads that are not shown as files yet. */
function usePendingUploads(
  uploads: readonly Upload[],
  ready: readonly FileVersion[],
  versions: Conversation['versions'],
  drop: (key: string) => void,
): readonly Upload[] {
  useEffect(() => {
    for (const { key, arrived } of uploads) if (arrived?.every((file) => isInConversation(file, versions))) drop(key)
  })
  // The file's event may arrive before the upload's response: the file is there then, so the upload is not listed.
  return uploads.filter(
    ({ name, replaces, problem }) => problem || !ready.some((file) => file.name === name && file.id !== replaces),
  )
}

function isInConversation({ name, id }: FileShape, versions: Conversation['versions']): boolean {
  return versions.get(name)?.some((version) => version.id === id) ?? false
}
