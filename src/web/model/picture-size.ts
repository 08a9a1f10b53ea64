// How large a picture stands in the conversation: as sharp as the screen can show it, never larger than its pixels.

export interface Size {
  readonly width: number
  readonly height: number
}

/** Pictures that are shown smaller for sharpness do not get narrower than this. */
const MIN_WIDTH = 440
const MAX_HEIGHT = 560

/**
 * CSS pixels for a picture of these pixels in a column of `column` CSS pixels. On a screen of two pixels a CSS pixel a
 * chart of 1000 pixels gets 500, so that each of its pixels is one of the screen's.
 */
export function inlineSize({ width, height }: Size, column: number, density: number): Size {
  const sharp = width / Math.min(Math.max(density, 1), 3)
  const wanted = Math.min(width, Math.max(sharp, MIN_WIDTH), column)
  const scale = Math.min(wanted / width, MAX_HEIGHT / height)
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** Whether one can be laid over the other: the same proportions. */
export function isAlike(one: Size, other: Size): boolean {
  const [a, b] = [one.width / one.height, other.width / other.height]
  return Math.abs(a - b) / a < 0.02
}
