// The rows of a file for the grid: fetched as they come into view.
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react'
import { getTable } from '../../api/client.ts'
import { createTableSource, type TableSource, type TableState } from '../../model/tables/table-source.ts'

/** Reading a file of more bytes takes so long that its beginning is shown first. */
const LARGE_BYTES = 1_500_000

export interface LiveTable {
  readonly source: TableSource
  readonly state: TableState
}

export function useTableSource(session: string, fileId: string, bytes: number): LiveTable {
  const source = useMemo(
    () => createTableSource((request, signal) => getTable(session, fileId, request, signal), bytes > LARGE_BYTES),
    [session, fileId, bytes],
  )
  useEffect(() => {
    source.open()
    return () => source.close()
  }, [source])
  const subscribe = useCallback((listener: () => void) => source.subscribe(listener), [source])
  return { source, state: useSyncExternalStore(subscribe, () => source.state) }
}
