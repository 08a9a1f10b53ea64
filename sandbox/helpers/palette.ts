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

/** The number of colours that can still be told apart; after that they repeat. */
const MAX = 60

const known: string[] = [...PALETTE]

/**
 * The colour of the nth item, from 0: first the twelve, then those that differ most from all before; repeats after
 * sixty.
 */
export function paletteColour(n: number): string {
  const at = n % MAX
  while (known.length <= at) known.push(furthest(known))
  return known[at]!
}

/** The colour of a coarse grid that is furthest from all `colours`. */
function furthest(colours: readonly string[]): string {
  const taken = colours.map(labOf)
  let best = ''
  let most = -1
  for (const { colour, lab } of candidates()) {
    const nearest = Math.min(...taken.map((other) => distance(lab, other)))
    if (nearest > most) [best, most] = [colour, nearest]
  }
  return best
}

type Lab = readonly [number, number, number]

let grid: readonly { readonly colour: string; readonly lab: Lab }[] | undefined

/** Colours that are visible on white and match the twelve: not gray, glaring or almost black. */
function candidates(): NonNullable<typeof grid> {
  const steps = Array.from({ length: 8 }, (_, i) => (0x11 + i * 0x20).toString(16).padStart(2, '0'))
  grid ??= steps
    .flatMap((red) => steps.flatMap((green) => steps.map((blue) => `#${red}${green}${blue}`)))
    .map((colour) => ({ colour, lab: labOf(colour) }))
    .filter(
      ({ lab: [light, a, b] }) => light > 0.32 && light < 0.84 && Math.hypot(a, b) > 0.05 && Math.hypot(a, b) < 0.18,
    )
  return grid
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
