// Parses CSS colours for pixel loops and for the canvas.
import sharp, { type Colour } from 'sharp'
import { formatValue } from './argument.ts'

/** Red, green, blue and alpha, each 0..255. */
export type Rgba = readonly [red: number, green: number, blue: number, alpha: number]

/** A CSS colour ('white', '#fa0', 'rgba(0,0,0,0.75)', 'transparent') or `{ r, g, b, alpha }`, as sharp takes it. */
export type ColourLike = Colour

const known = new Map<string, Rgba>([
  ['white', [255, 255, 255, 255]],
  ['black', [0, 0, 0, 255]],
  ['transparent', [0, 0, 0, 0]],
])

/** Parses a colour with sharp's own parser; throws a TypeError that names the argument. */
export async function rgba(where: string, name: string, colour: ColourLike): Promise<Rgba> {
  const key = typeof colour === 'string' ? colour : JSON.stringify(colour)
  const cached = known.get(key)
  if (cached) return cached
  try {
    const dot = sharp({ create: { width: 1, height: 1, channels: 4, background: colour } })
    const [red = 0, green = 0, blue = 0, alpha = 0] = await dot.raw().toBuffer()
    known.set(key, [red, green, blue, alpha])
    return [red, green, blue, alpha]
  } catch {
    throw new TypeError(
      `${where}: expected a CSS colour such as 'white' or '#ffaa00' for ${name}, received ${formatValue(colour)}`,
    )
  }
}

/** Formats the colour for the canvas. */
export function css([red, green, blue, alpha]: Rgba): string {
  return alpha === 255 ? `rgb(${red}, ${green}, ${blue})` : `rgba(${red}, ${green}, ${blue}, ${alpha / 255})`
}
