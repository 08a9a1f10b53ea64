// Computed frames for the GIF tests, and sharp's reading of the encoded result.
import sharp from 'sharp'
import type { RawFrame } from '../../../../sandbox/helpers/gif/frame.ts'

/** A repeatable sequence of numbers from 0 to 1 (Park & Miller 1988). */
export function random(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

/** A frame with the colours that `colour` returns: three numbers, or four with alpha. */
export function painted(width: number, height: number, colour: (x: number, y: number) => readonly number[]): RawFrame {
  const channels = colour(0, 0).length === 4 ? 4 : 3
  const data = new Uint8Array(width * height * channels)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set(colour(x, y), (y * width + x) * channels)
  return { data, info: { width, height, channels } }
}

/** An image with the gradients, edges and grain of a photograph, shifted by `shift` pixels. */
export function photo(width: number, height: number, shift: number): RawFrame {
  const grain = random(7)
  const wave = (value: number) => 127 + 100 * Math.sin(value)
  return painted(width, height, (x, y) => {
    const [u, v] = [(x + shift) / width, y / height]
    const edge = Math.hypot(u - 0.5, v - 0.5) < 0.25 ? 40 : 0
    const noise = (grain() - 0.5) * 16
    return [wave(u * 7 + v * 3) + edge, wave(v * 9 - u * 2), wave(u * v * 11) - edge].map((value) =>
      Math.max(0, Math.min(255, Math.round(value + noise))),
    )
  })
}

/** The composed frames of a GIF as RGBA, read by sharp. */
export async function decode(gif: Uint8Array) {
  const { data, info } = await sharp(gif, { animated: true }).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const height = info.pageHeight ?? info.height
  const size = info.width * height * 4
  const pages = Array.from({ length: data.length / size }, (_, n) => data.subarray(n * size, (n + 1) * size))
  return { pages, info: { width: info.width, height } }
}

/** The PSNR in decibels between an RGBA page and an RGB frame. */
export function psnr(page: Uint8Array, { data, info }: RawFrame): number {
  let error = 0
  const pixels = info.width * info.height
  for (let i = 0; i < pixels; i++) {
    for (let c = 0; c < 3; c++) error += (page[i * 4 + c]! - data[i * info.channels + c]!) ** 2
  }
  return error === 0 ? Infinity : 10 * Math.log10(65_025 / (error / (pixels * 3)))
}
