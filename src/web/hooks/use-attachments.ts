// What goes with the next message: files that were just brought, on their way, or taken from the panel.
import { useEffect, useMemo, useRef, useState } from 'react'
import { asProblem, type RequestProblem } from '../api/problem.ts'
import { sendFile, type Sending } from '../api/upload.ts'
import type { Conversation, MadeFile } from '../model/shapes.ts'

/** A file on its way, or one that was refused. */
export interface Upload {
  readonly key: string
  readonly name: string
  /** 0 to 1. */
  readonly share: number
  readonly problem: RequestProblem | undefined
}

export interface Attachments {
  readonly uploads: readonly Upload[]
  readonly ready: readonly MadeFile[]
  readonly isSending: boolean
  add(files: readonly File[]): void
  /** Takes an upload back, or out of the list when it failed. */
  drop(key: string): void
  /** Takes a file of the session into the message. */
  pick(name: string): void
  leaveOut(name: string): void
  /** Waits for uploads under way and gives the names to send; undefined: the server's choice. */
  settle(): Promise<readonly string[] | undefined>
  /** The message has gone. */
  clear(): void
}

/** For the session `id`; `session` makes one if there is none yet. */
export function useAttachments(id: string | undefined, conversation: Conversation, session: () => Promise<string>): Attachments {
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const [picked, setPicked] = useState<readonly string[]>([])
  const [leftOut, setLeftOut] = useState<readonly string[]>([])
  const sendings = useRef(new Map<string, { readonly cancel: () => void; readonly done: Promise<unknown> }>())
  const { fresh, current } = conversation
  const ready = useMemo(() => {
    const names = new Set([...fresh, ...picked].filter((name) => !leftOut.includes(name)))
    return [...names].flatMap((name) => current.get(name) ?? [])
  }, [fresh, picked, leftOut, current])
  const latest = useRef({ ready, leftOut })
  const shown = useRef(id)
  useEffect(() => {
    // What was taken into the message of one session is nothing for another; a new one takes over what it was made for.
    if (shown.current !== undefined && shown.current !== id) {
      setPicked([])
      setLeftOut([])
      setUploads([])
    }
    shown.current = id
  }, [id])
  useEffect(() => {
    latest.current = { ready, leftOut }
  }, [ready, leftOut])

  const change = (key: string, changes: Partial<Upload>): void =>
    setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...changes } : one)))
  const drop = (key: string): void => {
    sendings.current.get(key)?.cancel()
    sendings.current.delete(key)
    setUploads((all) => all.filter((one) => one.key !== key))
  }
  const pick = (name: string): void => {
    setPicked((all) => [...all.filter((one) => one !== name), name])
    setLeftOut((all) => all.filter((one) => one !== name))
  }
  const start = (file: File): void => {
    const key = crypto.randomUUID?.() ?? String(Math.random())
    setUploads((all) => [...all, { key, name: file.name || 'file', share: 0, problem: undefined }])
    let sending: Sending | undefined
    let isCancelled = false
    const send = async (): Promise<void> => {
      try {
        const id = await session()
        if (isCancelled) return
        sending = sendFile(id, file, (share) => change(key, { share }))
        for (const { name } of await sending.done) pick(name)
        drop(key)
      } catch (error) {
        const problem = asProblem(error)
        if (problem.code !== 'cancelled') change(key, { problem })
      } finally {
        sendings.current.delete(key)
      }
    }
    const cancel = (): void => {
      isCancelled = true
      sending?.cancel()
    }
    sendings.current.set(key, { cancel, done: send() })
  }

  return {
    uploads,
    ready,
    isSending: uploads.some(({ problem }) => problem === undefined),
    add: (files) => files.forEach(start),
    drop,
    pick,
    leaveOut(name) {
      setLeftOut((all) => [...all, name])
      setPicked((all) => all.filter((one) => one !== name))
    },
    async settle() {
      if (sendings.current.size > 0) {
        await Promise.allSettled([...sendings.current.values()].map(({ done }) => done))
        // Their events come by the stream.
        await new Promise((resolve) => setTimeout(resolve, 300))
      }
      const { ready: names, leftOut: without } = latest.current
      return names.length > 0 || without.length > 0 ? names.map(({ name }) => name) : undefined
    },
    clear() {
      setPicked([])
      setLeftOut([])
      setUploads((all) => all.filter(({ problem }) => problem === undefined))
    },
  }
}
