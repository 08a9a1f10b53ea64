// Colours for numbers: from pale to strong, and away from zero in two directions where there are both signs.
import type { Theme } from './theme.ts'

type Rgb = readonly [number, number, number]

const SCALES: Readonly<Record<Theme['name'], { readonly low: Rgb; readonly high: Rgb; readonly negative: Rgb }>> = {
  light: { low: [241, 245, 250], high: [29, 79, 145], negative: [178, 84, 22] },
  dark: { low: [38, 46, 58], high: [119, 170, 221], negative: [238, 136, 102] },
}

/** A function from numbers to CSS colours, whose ends are the smallest and the largest of `numbers`. */
export function matrixColour(numbers: readonly number[], { name, line }: Theme): (value: number) => string {
  const { low, high, negative } = SCALES[name]
  const least = numbers.reduce((small, value) => Math.min(small, value), Infinity)
  const most = numbers.reduce((large, value) => Math.max(large, value), -Infinity)
  const isDiverging = least < 0 && most > 0
  const reach = Math.max(Math.abs(least), Math.abs(most)) || 1
  return (value) => {
    if (!Number.isFinite(value)) return line
    if (isDiverging) return mix(low, value < 0 ? negative : high, Math.abs(value) / reach)
    return mix(low, high, most > least ? (value - least) / (most - least) : 1)
  }
}

function mix(from: Rgb, to: Rgb, share: number): string {
  return `rgb(${from.map((part, i) => Math.round(part + (to[i]! - part) * share)).join(', ')})`
}
