// Fetches the first bytes of a file, for text and table previews.
import { useEffect, useState } from 'react'
import { fileUrl } from '../../api/client.ts'

export type FileBytes =
  | { readonly state: 'loading' }
  | { readonly state: 'failed' }
  | { readonly state: 'read'; readonly bytes: Uint8Array; readonly isCut: boolean }

const LOADING: FileBytes = { state: 'loading' }

/** At most `most` bytes from the start of a file. */
export function useFileBytes(session: string, fileId: string, most: number): FileBytes {
  const [read, setRead] = useState<FileBytes>(LOADING)
  useEffect(() => {
    const leave = new AbortController()
    setRead(LOADING)
    fetchBytes(fileUrl(session, fileId), most, leave.signal).then(
      setRead,
      () => leave.signal.aborted || setRead({ state: 'failed' }),
    )
    return () => leave.abort()
  }, [session, fileId, most])
  return read
}

async function fetchBytes(address: string, most: number, signal: AbortSignal): Promise<FileBytes> {
  const answer = await fetch(address, { headers: { range: `bytes=0-${most - 1}` }, signal })
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`)
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const all = Number(/\/(\d+)$/.exec(answer.headers.get('content-range') ?? '')?.[1] ?? bytes.length)
  return { state: 'read', bytes, isCut: all > bytes.length }
}
