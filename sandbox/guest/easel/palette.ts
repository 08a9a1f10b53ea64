// Colours that stay apart for people with any colour vision, after Paul Tol's bright, vibrant and muted schemes.

/** Twelve colours in the order to use them; the first ones differ most. */
export const PALETTE = [
  '#4477aa',
  '#ee7733',
  '#228833',
  '#cc6677',
  '#66ccee',
  '#aa3377',
  '#ccbb44',
  '#332288',
  '#44aa99',
  '#882255',
  '#999933',
  '#777777',
] as const

/** The palette's colour for the nth thing, from 0; starts again after twelve. */
export function paletteColour(n: number): string {
  return PALETTE[n % PALETTE.length]!
}

/** Ink for words, quieter words and lines on white. */
export const INK = { strong: '#1f2328', text: '#3d444d', quiet: '#7d8590', line: '#e6e8eb' } as const
