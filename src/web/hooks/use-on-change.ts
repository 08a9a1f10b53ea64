// Calls a function with the previous value when a value has changed.
import { useEffect, useRef } from 'react'

export function useOnChange(value: string | undefined, act: (before: string | undefined) => unknown): void {
  const last = useRef(value)
  useEffect(() => {
    if (last.current !== value) act(last.current)
    last.current = value
  })
}
