// What the helpers take for a picture, and how each kind becomes raw pixels.
import type { Sharp } from 'sharp'

/**
 * Raw pixels, row by row, 8 bits a channel; just what sharp's `toBuffer({ resolveWithObject: true })` gives after
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
