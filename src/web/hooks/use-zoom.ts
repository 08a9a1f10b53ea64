// Zoom and pan of a picture with the wheel, a pointer or two fingers.
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type PointerEvent, type RefObject } from 'react'
import { fitView, panView, zoomView, type View } from '../model/zoom.ts'
import type { Size } from '../model/picture-size.ts'

export interface Zoom {
  readonly stage: RefObject<HTMLDivElement | null>
  readonly view: View
  readonly zoomBy: (factor: number) => void
  readonly fit: () => void
  readonly actual: () => void
  readonly pan: (dx: number, dy: number) => void
  readonly onPointerDown: (event: PointerEvent) => void
  readonly onPointerMove: (event: PointerEvent) => void
  readonly onPointerUp: (event: PointerEvent) => void
}

type Point = { readonly x: number; readonly y: number }

export function useZoom(picture: Size): Zoom {
  const stage = useRef<HTMLDivElement>(null)
  const [view, setView] = useState<View>({ scale: 1, x: 0, y: 0 })
  const [space, setSpace] = useState<Size>({ width: 1, height: 1 })
  const pointers = useRef(new Map<number, Point>())
  const { width, height } = picture
  const least = fitView({ width, height }, space).scale
  const fit = useCallback(() => setView(fitView({ width, height }, space)), [width, height, space])

  useLayoutEffect(() => {
    const { current } = stage
    if (!current) return
    const measure = (): void => setSpace({ width: current.clientWidth, height: current.clientHeight })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(current)
    return () => observer.disconnect()
  }, [])
  useLayoutEffect(fit, [fit])

  const zoomAt = useCallback(
    (factor: number, x = 0, y = 0) => {
      setView((now) => panView(zoomView(now, factor, x, y, least), 0, 0, { width, height }, space))
    },
    [least, width, height, space],
  )
  const pan = (dx: number, dy: number): void => setView((now) => panView(now, dx, dy, picture, space))
  useWheel(stage, zoomAt)

  return {
    ...{ stage, view, fit, pan },
    zoomBy: zoomAt,
    actual: () => setView((now) => zoomView(now, 1 / now.scale, 0, 0, least)),
    onPointerDown(event) {
      event.currentTarget.setPointerCapture(event.pointerId)
      pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
    },
    onPointerMove(event) {
      const before = pointers.current.get(event.pointerId)
      if (!before) return
      const now = { x: event.clientX, y: event.clientY }
      const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1]
      pointers.current.set(event.pointerId, now)
      if (!other) return pan(now.x - before.x, now.y - before.y)
      const box = event.currentTarget.getBoundingClientRect()
      const middle = {
        x: (now.x + other.x) / 2 - box.x - box.width / 2,
        y: (now.y + other.y) / 2 - box.y - box.height / 2,
      }
      zoomAt(distance(now, other) / Math.max(1, distance(before, other)), middle.x, middle.y)
    },
    onPointerUp: (event) => void pointers.current.delete(event.pointerId),
  }
}

function useWheel(
  stage: RefObject<HTMLDivElement | null>,
  zoomAt: (factor: number, x: number, y: number) => void,
): void {
  useEffect(() => {
    const { current } = stage
    if (!current) return
    const turn = (event: WheelEvent): void => {
      event.preventDefault()
      const box = current.getBoundingClientRect()
      const lines = event.deltaMode === 1 ? 16 : 1
      zoomAt(
        Math.exp((-event.deltaY * lines) / 400),
        event.clientX - box.x - box.width / 2,
        event.clientY - box.y - box.height / 2,
      )
    }
    // React's wheel listener is passive and cannot keep the page from scrolling.
    current.addEventListener('wheel', turn, { passive: false })
    return () => current.removeEventListener('wheel', turn)
  }, [stage, zoomAt])
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y)
}
