// The first bytes of a file, for what is shown as text.
import { useEffect, useState } from 'react'
import { fileUrl } from '../../api/client.ts'

export type Bytes =
  | { readonly state: 'loading' }
  | { readonly state: 'failed' }
  | { readonly state: 'read'; readonly bytes: Uint8Array; readonly isCut: boolean }

const LOADING: Bytes = { state: 'loading' }

/** At most `most` bytes of a file. */
export function useBytes(session: string, fileId: string, most: number): Bytes {
  const [read, setRead] = useState<Bytes>(LOADING)
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

async function fetchBytes(address: string, most: number, signal: AbortSignal): Promise<Bytes> {
  const answer = await fetch(address, { headers: { range: `bytes=0-${most - 1}` }, signal })
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`)
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const all = Number(/\/(\d+)$/.exec(answer.headers.get('content-range') ?? '')?.[1] ?? bytes.length)
  return { state: 'read', bytes, isCut: all > bytes.length }
}
