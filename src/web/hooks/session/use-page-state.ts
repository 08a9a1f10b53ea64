// The state of the page: the session shown, its conversation and files, and the actions on them.
import { useCallback, useLayoutEffect, useRef, useEffect, useState } from 'react'
import { createSession, deleteSession, fetchSample, renameSession, getInfo } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import type { InfoShape, FileShape } from '../../../http/schemas.ts'
import { sendFile } from '../../api/upload.ts'
import { useActions, type ActionState } from './use-actions.ts'
import { useAttachments, type Attachments } from './use-attachments.ts'
import { useConversation, type LiveConversation } from './use-conversation.ts'
import { useFiles } from './use-files.ts'
import { useAddress, useSessions, type SessionList } from './use-sessions.ts'

export interface PageState extends LiveConversation {
  readonly id: string | undefined
  readonly go: (id: string | undefined) => void
  readonly info: InfoShape | undefined
  readonly list: SessionList
  readonly files: readonly FileShape[]
  readonly attachments: Attachments
  readonly acting: ActionState
  readonly isBusy: boolean
  readonly send: (text: string) => Promise<boolean>
  /** Sends a request about a sample: its name on the server, and the name that it gets. */
  readonly tryOut: (text: string, path: string, name: string) => void
  readonly rename: (id: string, title: string) => void
  readonly remove: (id: string) => void
}

export function usePageState(): PageState {
  const [id, go] = useAddress()
  const watched = useConversation(id)
  const { conversation } = watched
  const session = useSessionMaker(id, go)
  const list = useSessions(conversation.session)
  const files = useFiles(id, conversation.revision)
  const attachments = useAttachments(id, conversation, session)
  const last = conversation.turns.at(-1)?.key
  const acting = useActions({ id, last, session })
  const { pending } = acting
  // Once the turn has started, the session's own `busy` says when it is over.
  const isBusy = conversation.session?.busy === true || (pending !== undefined && pending.after === last)

  const trying = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      acting.tell(asProblem(error))
    }
  }
  return {
    ...watched,
    ...{ id, go, info: useInfo(), list, files, attachments, acting, isBusy },
    async send(text) {
      const settled = await attachments.settle()
      if (!settled) return false
      const isSent = await acting.actions.send(text, settled.names)
      if (isSent) attachments.clear(settled.unseen)
      return isSent
    },
    tryOut: (text, path, name) =>
      void trying(async () => {
        const at = await session()
        const known = conversation.current.get(name)
        const brought = known ? [known] : await sendFile(at, await fetchSample(path, name), () => undefined).done
        await acting.actions.send(
          text,
          brought.map(({ name }) => name),
        )
      }),
    rename: (which, title) => void trying(() => renameSession(which, title).then(list.refresh)),
    remove: (which) =>
      void trying(async () => {
        if (which === id) go(undefined)
        await deleteSession(which)
        list.refresh()
      }),
  }
}

/** Returns the id of the session shown; if there is none, creates one, only once, and navigates to it. */
function useSessionMaker(id: string | undefined, go: (id: string) => void): () => Promise<string> {
  const making = useRef<Promise<string> | undefined>(undefined)
  // Before paint: a file may be dropped as soon as the page shows.
  useLayoutEffect(() => {
    making.current = id === undefined ? undefined : Promise.resolve(id)
  }, [id])
  return useCallback(() => {
    const made = making.current ?? make(go)
    making.current = made
    made.catch(() => (making.current = undefined))
    return made
  }, [go])
}

async function make(go: (id: string) => void): Promise<string> {
  const { id } = await createSession()
  go(id)
  return id
}

function useInfo(): InfoShape | undefined {
  const [info, setInfo] = useState<InfoShape>()
  useEffect(() => {
    getInfo().then(setInfo, () => undefined)
  }, [])
  return info
}
