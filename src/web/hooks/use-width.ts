// The width of an element, updated when it changes.
import { useLayoutEffect, useState, type RefObject } from 'react'

/** In CSS pixels; a typical column width until it is measured. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(720)
  useLayoutEffect(() => {
    const { current } = element
    if (!current) return
    setWidth(current.clientWidth || 720)
    const observer = new ResizeObserver(() => current.clientWidth > 0 && setWidth(current.clientWidth))
    observer.observe(current)
    return () => observer.disconnect()
  }, [element])
  return width
}
