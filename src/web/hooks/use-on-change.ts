// What happens when a value has become another.
import { useEffect, useRef } from 'react'

export function useChange(value: string | undefined, act: (before: string | undefined) => unknown): void {
  const last = useRef(value)
  useEffect(() => {
    if (last.current !== value) act(last.current)
    last.current = value
  })
}
