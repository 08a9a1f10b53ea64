// The room that the scrollbar of the conversation takes at each side, so that what stands below keeps the same edges.
import { useLayoutEffect, type RefObject } from 'react'

export function useGutter(scroller: RefObject<HTMLElement | null>): void {
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
