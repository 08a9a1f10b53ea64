// Measures the space that the conversation's scrollbar takes at each side, so that the parts below it align with it.
import { useLayoutEffect, type RefObject } from 'react'

export function useScrollbarWidth(scroller: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const { current } = scroller
    if (!current) return
    const measure = (): void => {
      document.documentElement.style.setProperty('--gutter', `${(current.offsetWidth - current.clientWidth) / 2}px`)
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(current)
    return () => observer.disconnect()
  }, [scroller])
}
