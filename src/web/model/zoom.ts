// The view of a picture in a window: its scale, and the offset of its centre from the window's centre.
import type { Size } from './picture-size.ts'

export interface View {
  readonly scale: number
  readonly x: number
  readonly y: number
}

const MAX_SCALE = 32
/** Small pictures are enlarged at most this much to fill the window. */
const FIT_LARGEST = 4

/** Shows the whole picture, centred. */
export function fitView(picture: Size, window: Size): View {
  const scale = Math.min(window.width / picture.width, window.height / picture.height, FIT_LARGEST)
  return { scale: Math.min(scale, picture.width < 200 ? FIT_LARGEST : 1), x: 0, y: 0 }
}

/** Scales by `factor`; the point of the picture at (`x`, `y`), measured from the window's centre, stays in place. */
export function zoomView(view: View, factor: number, x: number, y: number, least: number): View {
  const scale = Math.min(MAX_SCALE, Math.max(Math.min(least, 1), view.scale * factor))
  const ratio = scale / view.scale
  return { scale, x: x - (x - view.x) * ratio, y: y - (y - view.y) * ratio }
}

/** Pans, but never past the edges of the picture. */
export function panView(view: View, dx: number, dy: number, picture: Size, window: Size): View {
  const limit = (value: number, length: number, space: number): number => {
    const most = Math.max(0, (length * view.scale - space) / 2)
    return Math.min(most, Math.max(-most, value))
  }
  return {
    scale: view.scale,
    x: limit(view.x + dx, picture.width, window.width),
    y: limit(view.y + dy, picture.height, window.height),
  }
}
