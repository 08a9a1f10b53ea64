// Scrolls through more rows than a browser can lay out: an element is at most some millions of pixels high. Small steps
// move by as many pixels as the user scrolls, a jump of the scroll bar by its share of the whole.

/** Firefox gives up at 17.9 million pixels, Chromium at 33.5 million. */
export const MAX_HEIGHT = 8_000_000

export interface ScrollScale {
  /** Height of the scrolled element. */
  readonly height: number
  /** Where the element is scrolled to. */
  readonly scrollTop: number
  /** Pixels of rows above the viewport. */
  readonly top: number
}

/** The highest offsets, of the element and of the rows in it. */
function ends(rowsHeight: number, viewport: number) {
  const height = Math.min(rowsHeight, MAX_HEIGHT)
  return { height, lastScroll: Math.max(0, height - viewport), lastTop: Math.max(0, rowsHeight - viewport) }
}

/** The scale when the element is scrolled to `scrollTop`; `before` is where it was. */
export function scrollTo(before: ScrollScale, scrollTop: number, rowsHeight: number, viewport: number): ScrollScale {
  const { height, lastScroll, lastTop } = ends(rowsHeight, viewport)
  if (lastScroll === lastTop) return { height, scrollTop, top: Math.min(scrollTop, lastTop) }
  const step = scrollTop - before.scrollTop
  const share = (scrollTop / lastScroll) * lastTop
  const isJump = Math.abs(step) > viewport * 3 || scrollTop <= 0 || scrollTop >= lastScroll
  return { height, scrollTop, top: clamp(isJump ? share : before.top + step, 0, lastTop) }
}

/** The scale whose rows begin at `top`. */
export function showTop(top: number, rowsHeight: number, viewport: number): ScrollScale {
  const { height, lastScroll, lastTop } = ends(rowsHeight, viewport)
  const wanted = clamp(top, 0, lastTop)
  return { height, scrollTop: lastTop === 0 ? 0 : (wanted / lastTop) * lastScroll, top: wanted }
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value))
}
