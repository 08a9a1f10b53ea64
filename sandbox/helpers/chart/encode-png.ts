// Encodes a canvas as PNG six times as fast as the canvas does. In the sandbox this runs beside the canvas's pixels
// (guest/encode-png-proxy.ts), which need not be copied.
import sharp from 'sharp'

interface OpaqueCanvas {
  readonly width: number
  readonly height: number
  /** RGBA of 8 bits. */
  data(): Buffer
}

/** A PNG (RGBA, 8 bits) of a canvas that is opaque everywhere. */
export function encodePng(canvas: OpaqueCanvas): Promise<Buffer> {
  const { width, height } = canvas
  return sharp(canvas.data(), { raw: { width, height, channels: 4 } })
    .png({ compressionLevel: 3 })
    .toBuffer()
}
