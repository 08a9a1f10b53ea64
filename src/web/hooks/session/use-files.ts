// The server's list of a session's files, fetched again whenever an event changes a file.
import { useEffect, useState } from 'react'
import { listFiles } from '../../api/client.ts'
import type { FileShape } from '../../../http/schemas.ts'

const PAUSE_MS = 120

/** The list; empty until it has been fetched. */
export function useFiles(id: string | undefined, revision: number): readonly FileShape[] {
  const [files, setFiles] = useState<readonly FileShape[]>([])
  useEffect(() => {
    if (id === undefined || revision === 0) return setFiles([])
    let isWanted = true
    const timer = setTimeout(() => {
      listFiles(id).then(
        (listed) => isWanted && setFiles(listed),
        () => undefined,
      )
    }, PAUSE_MS)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [id, revision])
  return files
}
