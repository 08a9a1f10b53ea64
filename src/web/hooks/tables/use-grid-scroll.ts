// Which rows and columns of a grid are on the screen.
import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { scrollTo, showTop, type ScrollScale } from '../../model/tables/scroll-scale.ts'

/** Height of a row in pixels. */
export const ROW_HEIGHT = 32
/** Rows drawn above and below the screen, so that quick scrolling shows no gaps. */
const OVERSCAN = 8

interface Viewport {
  /** Of the rows, without the header. */
  readonly height: number
  readonly width: number
}

export interface GridScroll {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly header: RefObject<HTMLDivElement | null>
  readonly scale: ScrollScale
  readonly left: number
  readonly viewport: Viewport
  /** Rows drawn, and rows on the screen. */
  readonly drawn: readonly [from: number, until: number]
  readonly seen: readonly [from: number, until: number]
  readonly onScroll: () => void
  /** Scrolls a row into view; `columns` are pixels from the left that should be visible too. */
  readonly reveal: (
    row: number,
    columns?: { readonly from: number; readonly until: number; readonly fixed: number },
  ) => void
  readonly toStart: () => void
}

const TOP: ScrollScale = { height: 0, scrollTop: 0, top: 0 }

export function useGridScroll(rows: number): GridScroll {
  const scroller = useRef<HTMLDivElement>(null)
  const header = useRef<HTMLDivElement>(null)
  const [scale, setScale] = useState(TOP)
  const [left, setLeft] = useState(0)
  const viewport = useViewport(scroller, header)
  const height = rows * ROW_HEIGHT
  const latest = useRef({ height, viewport, scale })
  useLayoutEffect(() => {
    latest.current = { height, viewport, scale }
  })

  const onScroll = useCallback(() => {
    const { current } = scroller
    if (!current) return
    setLeft(current.scrollLeft)
    const { height: all, viewport: port } = latest.current
    setScale((before) =>
      before.scrollTop === current.scrollTop ? before : scrollTo(before, current.scrollTop, all, port.height),
    )
  }, [])
  const showFrom = useCallback((top: number) => {
    const { height: all, viewport: port } = latest.current
    const next = showTop(top, all, port.height)
    // Browsers round what they are told; the rounded value is no scrolling of the user's.
    if (scroller.current) scroller.current.scrollTop = next.scrollTop
    setScale({ ...next, scrollTop: scroller.current?.scrollTop ?? next.scrollTop })
  }, [])
  const reveal = useCallback<GridScroll['reveal']>(
    (row, columns) => {
      const { viewport: port, scale: at } = latest.current
      const y = row * ROW_HEIGHT
      if (row >= 0 && y < at.top) showFrom(y)
      else if (row >= 0 && y + ROW_HEIGHT > at.top + port.height) showFrom(y + ROW_HEIGHT - port.height)
      const box = scroller.current
      if (!box || !columns) return
      if (columns.from < box.scrollLeft + columns.fixed) box.scrollLeft = columns.from - columns.fixed
      else if (columns.until > box.scrollLeft + port.width) box.scrollLeft = columns.until - port.width
    },
    [showFrom],
  )
  const toStart = useCallback(() => showFrom(0), [showFrom])
  // Fewer rows than before: what is above the screen may be gone.
  const shownScale = scale.top + viewport.height > height ? showTop(scale.top, height, viewport.height) : scale
  const first = Math.floor(shownScale.top / ROW_HEIGHT)
  const last = Math.min(rows, Math.ceil((shownScale.top + viewport.height) / ROW_HEIGHT))
  return {
    ...{ scroller, header, left, viewport, onScroll, reveal, toStart },
    scale: { ...shownScale, height: showTop(0, height, viewport.height).height },
    seen: [first, last],
    drawn: [Math.max(0, first - OVERSCAN), Math.min(rows, last + OVERSCAN)],
  }
}

/** Sizes until they are measured. */
const USUAL: Viewport = { height: 320, width: 720 }

function useViewport(scroller: RefObject<HTMLElement | null>, header: RefObject<HTMLElement | null>): Viewport {
  const [viewport, setViewport] = useState(USUAL)
  useLayoutEffect(() => {
    const { current } = scroller
    if (!current) return
    const measure = (): void => {
      if (current.clientHeight === 0) return
      setViewport({ height: current.clientHeight - (header.current?.offsetHeight ?? 0), width: current.clientWidth })
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(current)
    if (header.current) observer.observe(header.current)
    return () => observer.disconnect()
  }, [scroller, header])
  return viewport
}
