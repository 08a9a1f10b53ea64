// Colours that are distinguishable with any colour vision, based on Paul Tol's bright, vibrant and muted schemes.

/** Twelve colours in order of use; the first ones differ most. */
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

/** The same for a dark background, based on Paul Tol's light scheme. */
const DARK_PALETTE = [
  '#77aadd',
  '#ee8866',
  '#44bb99',
  '#ffaabb',
  '#eedd88',
  '#99ddff',
  '#bbcc33',
  '#bb99ee',
  '#dddddd',
] as const

/** The number of colours that can still be told apart; after that they repeat. */
const MAX = 60

/** The colour of the nth item, from 0: those of a list first, then those that differ most from all before; repeats after sixty. */
export type PaletteColour = (n: number) => string

/** The colours on white. */
export const paletteColour = createPalette(PALETTE, ([light]) => light > 0.32 && light < 0.84)
/** The colours on a dark background. */
export const darkPaletteColour = createPalette(DARK_PALETTE, ([light]) => light > 0.6 && light < 0.95)

function createPalette(first: readonly string[], isVisible: (lab: Lab) => boolean): PaletteColour {
  const known = [...first]
  let grid: readonly Candidate[] | undefined
  return (n) => {
    const at = n % MAX
    while (known.length <= at) {
      grid ??= candidates(isVisible)
      known.push(furthest(known, grid))
    }
    return known[at]!
  }
}

type Lab = readonly [number, number, number]

interface Candidate {
  readonly colour: string
  readonly lab: Lab
}

/** The colour of a grid that is furthest from all `colours`. */
function furthest(colours: readonly string[], grid: readonly Candidate[]): string {
  const taken = colours.map(labOf)
  let best = ''
  let most = -1
  for (const { colour, lab } of grid) {
    const nearest = Math.min(...taken.map((other) => distance(lab, other)))
    if (nearest > most) [best, most] = [colour, nearest]
  }
  return best
}

/** Colours of a coarse grid that match the palettes: not gray or glaring. */
function candidates(isVisible: (lab: Lab) => boolean): readonly Candidate[] {
  const steps = Array.from({ length: 8 }, (_, i) => (0x11 + i * 0x20).toString(16).padStart(2, '0'))
  return steps
    .flatMap((red) => steps.flatMap((green) => steps.map((blue) => `#${red}${green}${blue}`)))
    .map((colour) => ({ colour, lab: labOf(colour) }))
    .filter(({ lab }) => isVisible(lab) && Math.hypot(lab[1], lab[2]) > 0.05 && Math.hypot(lab[1], lab[2]) < 0.18)
}

function distance(one: Lab, other: Lab): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2])
}

/** Perceptual lightness, green-red and blue-yellow coordinates (Oklab, Ottosson 2020). */
function labOf(colour: string): Lab {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

/** Colours for strong, normal and quiet text and for lines on white. */
export const INK = { strong: '#1f2328', text: '#3d444d', quiet: '#7d8590', line: '#e6e8eb' } as const
