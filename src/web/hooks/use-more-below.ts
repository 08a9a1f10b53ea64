// Whether a box that scrolls has more below its edge.
import { useEffect, useState, type RefObject } from 'react'

export function useMoreBelow(box: RefObject<HTMLElement | null>): boolean {
  const [isMore, setMore] = useState(false)
  useEffect(() => {
    const { current } = box
    if (!current) return
    const look = (): void => setMore(current.scrollHeight - current.clientHeight - current.scrollTop > 4)
    // What stands in it grows and shrinks as well as the box.
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
