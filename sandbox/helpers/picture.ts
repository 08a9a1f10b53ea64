// The kinds of pictures that the helpers accept.
import type { Sharp } from 'sharp'

/**
 * Raw pixels, row by row, 8 bits per channel, as sharp's `toBuffer({ resolveWithObject: true })` returns them after
 * `raw()`.
 */
export interface RawPicture {
  readonly data: Uint8Array | Uint8ClampedArray
  readonly info: { readonly width: number; readonly height: number; readonly channels: 1 | 2 | 3 | 4 }
}

/** A canvas of @napi-rs/canvas (or of this sandbox). */
export interface CanvasLike {
  readonly width: number
  readonly height: number
  getContext(kind: '2d'): { getImageData(x: number, y: number, w: number, h: number): { data: Uint8ClampedArray } }
}

/** A file name, an encoded picture's bytes, a sharp pipeline, raw pixels or a canvas. */
export type Picture = string | Uint8Array | Sharp | RawPicture | CanvasLike
