// What the two libraries have in common: a configuration that can be drawn on a canvas, or become a page.
import type { Display } from './style.ts'
import type { CanvasLike, Caption } from './surface.ts'

export interface ChartSource {
  /** The height that the content needs, in pixels, for charts `width` pixels wide. */
  height(width: number, unit: number): number
  /** The language of its texts, as a BCP 47 tag. */
  locale(): string
  caption(): Caption
  /** Draws at once; the function that it resolves to, which clears the canvas, ends the library's work on it. */
  draw(canvas: CanvasLike, display: Display): Promise<() => void>
  /** An HTML page that needs no network. */
  page(display: Display): Promise<Buffer>
}
