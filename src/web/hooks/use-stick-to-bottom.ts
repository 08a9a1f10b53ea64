// Keeps the end of a growing scroll box in view, unless the user has scrolled away from it.
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { useScrollbarWidth } from './use-scrollbar-width.ts'

export interface Follow {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly content: RefObject<HTMLDivElement | null>
  readonly isAway: boolean
  readonly toEnd: () => void
}

/** CSS pixels from the end that still count as the end. */
const NEAR = 80

/** Scrolls to the end when `jump` becomes true or `jumps` grows: the result of the user's action appears there. */
export function useStickToBottom(jump: boolean, jumps: number): Follow {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const isFollowing = useRef(true)
  const [isAway, setAway] = useState(false)
  useScrollbarWidth(scroller)
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
      // Growing content only moves the end away; only the user scrolls up.
      if (rest <= NEAR) isFollowing.current = true
      else if (box.scrollTop < last) isFollowing.current = false
      last = box.scrollTop
      setAway(rest > box.clientHeight)
    }
    const observer = new ResizeObserver(() => {
      // Do not scroll away from text that is being edited.
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
