// Fetches the server's description of itself, once.
import { useEffect, useState } from 'react'
import { getInfo } from '../../api/client.ts'
import type { InfoShape } from '../../../http/schemas.ts'

export function useInfo(): InfoShape | undefined {
  const [info, setInfo] = useState<InfoShape>()
  useEffect(() => {
    getInfo().then(setInfo, () => undefined)
  }, [])
  return info
}
