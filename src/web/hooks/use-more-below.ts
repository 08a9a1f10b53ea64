// Whether a scrolling box has content below its lower edge.
import { useEffect, useState, type RefObject } from 'react'

export function useMoreBelow(box: RefObject<HTMLElement | null>): boolean {
  const [isMore, setMore] = useState(false)
  useEffect(() => {
    const { current } = box
    if (!current) return
    const look = (): void => setMore(current.scrollHeight - current.clientHeight - current.scrollTop > 4)
    // Its children change size as well as the box itself.
    const observer = new ResizeObserver(look)
    for (const part of [current, ...current.children]) observer.observe(part)
    current.addEventListener('scroll', look, { passive: true })
    look()
    return () => {
      observer.disconnect()
      current.removeEventListener('scroll', look)
    }
  })
  return isMore
}
