// Records the texts that are drawn on canvases, with the four corners of each in pixels of its canvas.
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'

export interface MeasuredText {
  readonly text: string
  readonly canvas: { readonly width: number; readonly height: number }
  /** Corners of the letters' box, clockwise. */
  readonly corners: readonly Point[]
  readonly fontSize: number
}

type Point = readonly [x: number, y: number]

type Draw = (this: SKRSContext2D, text: string | number, x: number, y: number, maxWidth?: number) => void

/** Runs `draw` and returns the texts that it drew; texts drawn on canvases of less than 100 pixels are measurements. */
export async function recordTexts(draw: () => Promise<unknown>): Promise<MeasuredText[]> {
  const prototype = Object.getPrototypeOf(createCanvas(1, 1).getContext('2d')) as { fillText: Draw }
  const { fillText } = prototype
  const found: MeasuredText[] = []
  prototype.fillText = function (text, x, y, maxWidth) {
    const measured = measure(this, String(text), x, y)
    if (measured) found.push(measured)
    return maxWidth === undefined ? fillText.call(this, text, x, y) : fillText.call(this, text, x, y, maxWidth)
  }
  try {
    await draw()
  } finally {
    prototype.fillText = fillText
  }
  return found
}

function measure(context: SKRSContext2D, text: string, x: number, y: number): MeasuredText | undefined {
  const { canvas } = context
  if (text.trim() === '' || canvas.width < 100) return undefined
  const { actualBoundingBoxLeft, actualBoundingBoxRight, actualBoundingBoxAscent, actualBoundingBoxDescent } =
    context.measureText(text)
  const [left, right] = [x - actualBoundingBoxLeft, x + actualBoundingBoxRight]
  const [top, bottom] = [y - actualBoundingBoxAscent, y + actualBoundingBoxDescent]
  const { a, b, c, d, e, f } = context.getTransform()
  const place = (px: number, py: number): Point => [a * px + c * py + e, b * px + d * py + f]
  return {
    text,
    canvas,
    corners: [place(left, top), place(right, top), place(right, bottom), place(left, bottom)],
    fontSize: Number.parseFloat(/(\d+(?:\.\d+)?)px/.exec(context.font)?.[1] ?? '0'),
  }
}

/** How far a text lies outside its canvas, in pixels. */
export function overflow({ corners, canvas }: MeasuredText): number {
  return Math.max(...corners.map(([x, y]) => Math.max(-x, -y, x - canvas.width, y - canvas.height, 0)))
}

/** How deep two texts lie in one another, in pixels (separating axes of two rectangles); 0 if they are apart. */
export function overlap(one: MeasuredText, other: MeasuredText): number {
  const axes = [one, other].flatMap(({ corners: [p, q, , s] }) => [direction(p!, q!), direction(p!, s!)])
  const depths = axes.map((axis) => {
    const [low, high] = extent(one.corners, axis)
    const [least, most] = extent(other.corners, axis)
    return Math.min(high, most) - Math.max(low, least)
  })
  return Math.max(0, Math.min(...depths))
}

function direction([x, y]: Point, [u, v]: Point): Point {
  const length = Math.hypot(u - x, v - y) || 1
  return [(u - x) / length, (v - y) / length]
}

function extent(corners: readonly Point[], [x, y]: Point): [number, number] {
  const along = corners.map(([u, v]) => u * x + v * y)
  return [Math.min(...along), Math.max(...along)]
}
