// The current time, for countdowns.
import { useEffect, useState } from 'react'

/** Milliseconds since 1970, updated every `everyMs`; 0 stops the updates. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (everyMs === 0) return
    const tick = (): void => setNow(Date.now())
    tick()
    const timer = setInterval(tick, everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}
