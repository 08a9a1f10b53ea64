// The display size of a picture in the conversation: as sharp as the screen allows, never larger than its pixels.

export interface Size {
  readonly width: number
  readonly height: number
}

/** Pictures that are scaled down for sharpness do not get narrower than this (CSS pixels). */
const MIN_WIDTH = 440
const MAX_HEIGHT = 560

/**
 * Size in CSS pixels in a column of `column` CSS pixels. With two device pixels a CSS pixel, a chart 1000 pixels wide
 * is shown 500 wide, so that each of its pixels is a device pixel.
 */
export function inlineSize({ width, height }: Size, column: number, density: number): Size {
  const sharp = width / Math.min(Math.max(density, 1), 3)
  const wanted = Math.min(width, Math.max(sharp, MIN_WIDTH), column)
  const scale = Math.min(wanted / width, MAX_HEIGHT / height)
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** Whether the proportions are alike (within 2%), so that one can be laid over the other. */
export function hasSameProportions(one: Size, other: Size): boolean {
  const [a, b] = [one.width / one.height, other.width / other.height]
  return Math.abs(a - b) / a < 0.02
}
