// Keeps the end of a scrolling part in sight while it grows, unless the person has scrolled away from it.
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { useGutter } from './use-scrollbar-width.ts'

export interface Follow {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly content: RefObject<HTMLDivElement | null>
  readonly isAway: boolean
  readonly toEnd: () => void
}

/** CSS pixels from the end that still count as the end. */
const NEAR = 80

/** `jump`, when it becomes true, and `jumps`, when it grows: the person did something whose outcome stands at the end. */
export function useFollow(jump: boolean, jumps: number): Follow {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const isFollowing = useRef(true)
  const [isAway, setAway] = useState(false)
  useGutter(scroller)
  const toEnd = useCallback(() => {
    const { current } = scroller
    isFollowing.current = true
    current?.scrollTo({ top: current.scrollHeight })
  }, [])
  useLayoutEffect(() => {
    if (jump) toEnd()
  }, [jump, toEnd])
  useLayoutEffect(() => {
    if (jumps > 0) toEnd()
  }, [jumps, toEnd])
  useEffect(() => {
    const { current: box } = scroller
    const { current: inner } = content
    if (!box || !inner) return
    let last = box.scrollTop
    const look = (): void => {
      const rest = box.scrollHeight - box.clientHeight - box.scrollTop
      // Growth moves the end away; only a person scrolls up.
      if (rest <= NEAR) isFollowing.current = true
      else if (box.scrollTop < last) isFollowing.current = false
      last = box.scrollTop
      setAway(rest > box.clientHeight)
    }
    const observer = new ResizeObserver(() => {
      // What somebody is changing stays where it is.
      const isEdited = inner.contains(document.activeElement) && document.activeElement instanceof HTMLTextAreaElement
      if (isFollowing.current && !isEdited) box.scrollTop = box.scrollHeight
      look()
    })
    observer.observe(inner)
    observer.observe(box)
    box.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      box.removeEventListener('scroll', look)
    }
  }, [])
  return { scroller, content, isAway, toEnd }
}
