// Small pictures with known pixels, and the product's fonts, for tests of the easel helpers.
import { fileURLToPath } from 'node:url'
import { GlobalFonts } from '@napi-rs/canvas'
import sharp, { type Sharp } from 'sharp'
import type { RawPicture } from '../../../sandbox/helpers/picture.ts'

/** A picture from a function of the position; one number per channel. */
export function painted(
  width: number,
  height: number,
  colourAt: (x: number, y: number) => readonly number[],
): RawPicture {
  const channels = colourAt(0, 0).length as 1 | 2 | 3 | 4
  const data = new Uint8Array(width * height * channels)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set(colourAt(x, y), (y * width + x) * channels)
  return { data, info: { width, height, channels } }
}

/** A colourful picture without any symmetry. */
export function scene(width = 64, height = 48): RawPicture {
  return painted(width, height, (x, y) =>
    [(x * 255) / width, (y * 255) / height, ((x * 7 + y * 13) % 32) * 8].map(Math.floor),
  )
}

/** The raw pixels of a pipeline, with their shape. */
export async function rawOf(
  picture: Sharp,
): Promise<{ data: number[]; width: number; height: number; channels: number }> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true })
  return { data: [...data], width: info.width, height: info.height, channels: info.channels }
}

/** Raw pixels as a PNG. */
export function png({ data, info }: RawPicture): Promise<Buffer> {
  return sharp(data, { raw: info }).png().toBuffer()
}

/** The pixel at a position of a result of `rawOf`. */
export function pixelAt(raw: { data: number[]; width: number; channels: number }, x: number, y: number): number[] {
  const at = (y * raw.width + x) * raw.channels
  return raw.data.slice(at, at + raw.channels)
}

/** Registers the shipped fonts with the canvas, as the sandbox and the export's setup file do. */
export function registerFonts(): void {
  for (const weight of ['Regular', 'Bold']) {
    const font = new URL(`../../../node_modules/@embedpdf/fonts-sc/fonts/NotoSansHans-${weight}.otf`, import.meta.url)
    GlobalFonts.registerFromPath(fileURLToPath(font), 'Noto Sans SC')
  }
}
