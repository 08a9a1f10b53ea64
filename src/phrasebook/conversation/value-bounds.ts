// Bounds on a value from feedback (too low, too high): a complaint stays between them, an order may pass them.

/** Bounds for the next value. */
export interface Bracket {
  readonly low?: number
  readonly high?: number
}

/** The value after a step from `now` toward `wanted`, and the new bounds. `plain`: the value of an unedited file. */
export function stepWithin(
  now: number,
  wanted: number,
  bracket: Bracket & { readonly past?: boolean },
  plain?: number,
): { readonly figure: number; readonly bracket: Bracket } {
  const low = findBound(bracket.low, plain, (bound) => bound < now)
  const high = findBound(bracket.high, plain, (bound) => bound > now)
  const down = wanted < now
  const end = down ? low : high
  const passes = end !== undefined && (down ? wanted <= end : wanted >= end)
  const figure = bracket.past && passes ? Number(((now + end) / 2).toPrecision(4)) : wanted
  // An order that passes a bound cancels it.
  const kept = figure === wanted && passes ? undefined : end
  return { figure, bracket: down ? { low: kept, high: now } : { low: now, high: kept } }
}

function findBound(bound: number | undefined, plain: number | undefined, holds: (bound: number) => boolean) {
  return [bound, plain].find((value) => value !== undefined && holds(value))
}

/** Changes a radius by a ratio, within `low` and `high`. */
export function scaleRadius(
  value: number,
  more: boolean,
  strength: number,
  [low, high]: readonly [number, number],
): number {
  const ratio = strength < 1 ? 1.4 : strength > 1 ? 2.5 : 1.75
  const next = more ? value * ratio : value / ratio
  return Math.min(high, Math.max(low, Number(next.toPrecision(2))))
}

/** Changes a factor around 1: "more" away from 1, "less" toward but not past it; `directed`: simply up or down. */
export function stepFactor(
  factor: number,
  darkens: boolean,
  more: boolean,
  strength: number,
  directed: boolean,
): number {
  const by = strength < 1 ? 0.15 : strength > 1 ? 0.4 : 0.2
  const way = factor < 1 || (factor === 1 && darkens) ? -1 : 1
  if (directed) {
    // "Darker" on a darkening and "brighter" on a brightening both mean more of it.
    const up = darkens ? !more : more
    return Math.max(0.05, roundFigure(factor + (up ? by : -by)))
  }
  const distance = Math.abs(factor - 1)
  const next = more ? distance + by : distance > by ? distance - by : distance / 2
  return Math.max(0.05, roundFigure(1 + way * next))
}

/** To three decimals, which removes floating-point noise. */
export function roundFigure(value: number): number {
  return Number(value.toFixed(3))
}
