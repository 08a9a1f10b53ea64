// Types for gifenc 1.0.3, which ships none; based on its README and source.

/** RGBA pixels, 4 bytes each. */
type Pixels = Uint8Array | Uint8ClampedArray
/** Colours as [r, g, b] or [r, g, b, a], at most 256. */
export type Palette = number[][]
/** Bits per channel for counting colours; the last format keeps alpha. */
export type Format = 'rgb565' | 'rgb444' | 'rgba4444'

export interface QuantizeOptions {
  /** Default 'rgb565'. */
  format?: Format
  /** Makes alpha 0 or 255, split at 127 or at this number. */
  oneBitAlpha?: boolean | number
  clearAlpha?: boolean
  clearAlphaThreshold?: number
  clearAlphaColor?: number
  useSqrt?: boolean
}

export interface FrameOptions {
  /** Required for the first frame; later ones may have their own. */
  palette?: Palette
  first?: boolean
  transparent?: boolean
  transparentIndex?: number
  /** Milliseconds. */
  delay?: number
  /** -1 plays once, 0 for ever, otherwise a count; read from the first frame. */
  repeat?: number
  colorDepth?: number
  dispose?: number
}

export interface Encoder {
  writeFrame(index: Uint8Array, width: number, height: number, options?: FrameOptions): void
  writeHeader(): void
  finish(): void
  reset(): void
  /** A copy of the bytes so far. */
  bytes(): Uint8Array
  /** A view of the bytes so far. */
  bytesView(): Uint8Array
  readonly buffer: ArrayBuffer
  readonly stream: {
    writeByte(byte: number): void
    writeBytes(bytes: ArrayLike<number>, offset?: number, length?: number): void
  }
}

export function GIFEncoder(options?: { auto?: boolean; initialCapacity?: number }): Encoder
export function quantize(pixels: Pixels, maxColors: number, options?: QuantizeOptions): Palette
/** Quantises the pixels in place. */
export function prequantize(
  pixels: Pixels,
  options?: { roundRGB?: number; roundAlpha?: number; oneBitAlpha?: boolean | number | null },
): void
export function applyPalette(pixels: Pixels, palette: Palette, format?: Format): Uint8Array
export function nearestColorIndex(palette: Palette, pixel: number[]): number
export function nearestColorIndexWithDistance(palette: Palette, pixel: number[]): [index: number, distance: number]
export function nearestColor(palette: Palette, pixel: number[]): number[]
export function snapColorsToPalette(palette: Palette, colors: number[][], threshold?: number): void

/** CommonJS: in Node the default import is the whole module. */
declare const gifenc: typeof import('./gifenc.d.ts')
export default gifenc
