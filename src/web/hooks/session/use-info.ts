// Fetches the server's description of itself, once.
import { useEffect, useState } from 'react'
import { getInfo } from '../../api/client.ts'
import type { Info } from '../../api/shapes.ts'

export function useInfo(): Info | undefined {
  const [info, setInfo] = useState<Info>()
  useEffect(() => {
    getInfo().then(setInfo, () => undefined)
  }, [])
  return info
}
