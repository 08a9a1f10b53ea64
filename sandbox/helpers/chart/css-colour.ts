// Reads CSS colours as the canvas understands them.
import { createCanvas } from '@napi-rs/canvas'
import type { Theme } from './theme.ts'

const known = new Map<string, Uint8ClampedArray | undefined>()

/** Red, green, blue and alpha of a CSS colour, 0..255; undefined if it is invalid. */
export function parseCssColour(colour: string): Uint8ClampedArray | undefined {
  if (known.has(colour)) return known.get(colour)
  const found = draw(colour)
  if (known.size < 1000) known.set(colour, found)
  return found
}

function draw(colour: string): Uint8ClampedArray | undefined {
  const context = createCanvas(1, 1).getContext('2d')
  try {
    context.fillStyle = '#ffffff'
    context.fillStyle = colour
  } catch {
    return undefined
  }
  context.fillRect(0, 0, 1, 1)
  return context.getImageData(0, 0, 1, 1).data
}

/**
 * `#rrggbb` of a CSS colour that is visible on the theme's background; undefined for others, lists and functions.
 */
export function visibleColour(colour: unknown, { name }: Theme): string | undefined {
  const [red = 0, green = 0, blue = 0, alpha = 0] = (typeof colour === 'string' && parseCssColour(colour)) || []
  const isLost = name === 'dark' ? Math.max(red, green, blue) < 56 : Math.min(red, green, blue) > 224
  if (alpha < 64 || isLost) return undefined
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

/** The ink that can be read on a colour: white or almost black. A colour that is not known counts as the theme's background. */
export function inkOn(colour: unknown, { background }: Theme): string {
  const under = parseCssColour(background) ?? []
  const [red = 0, green = 0, blue = 0, alpha = 0] = (typeof colour === 'string' && parseCssColour(colour)) || under
  const mixed = [red, green, blue].map((part, i) => (part * alpha + (under[i] ?? 255) * (255 - alpha)) / 255)
  const [r = 0, g = 0, b = 0] = mixed.map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  // Relative luminance (WCAG 2); at this one black and white have the same contrast.
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.24 ? '#1f2328' : '#ffffff'
}
