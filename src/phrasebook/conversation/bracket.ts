// What was too little and what was too much of one figure: a complaint ends between the two, and an order goes as far as it says.

/** Figures that the next one lies between. */
export interface Bracket {
  readonly low?: number
  readonly high?: number
}

/** The figure after a step from `now`, and the bracket that then holds. `plain` is the figure of a file that nothing was done to. */
export function stepped(
  now: number,
  wanted: number,
  bracket: Bracket & { readonly past?: boolean },
  plain?: number,
): { readonly figure: number; readonly bracket: Bracket } {
  const low = known(bracket.low, plain, (bound) => bound < now)
  const high = known(bracket.high, plain, (bound) => bound > now)
  const down = wanted < now
  const end = down ? low : high
  const passes = end !== undefined && (down ? wanted <= end : wanted >= end)
  const figure = bracket.past && passes ? Number(((now + end) / 2).toPrecision(4)) : wanted
  // An order that goes past a bound says that the bound was none.
  const kept = figure === wanted && passes ? undefined : end
  return { figure, bracket: down ? { low: kept, high: now } : { low: now, high: kept } }
}

function known(bound: number | undefined, plain: number | undefined, holds: (bound: number) => boolean) {
  return [bound, plain].find((value) => value !== undefined && holds(value))
}

/** A radius grows and shrinks by a share of itself. */
export function times(value: number, more: boolean, strength: number, [low, high]: readonly [number, number]): number {
  const ratio = strength < 1 ? 1.4 : strength > 1 ? 2.5 : 1.75
  const next = more ? value * ratio : value / ratio
  return Math.min(high, Math.max(low, Number(next.toPrecision(2))))
}

/** A factor about 1: "more" goes on the way it went, "less" comes back but not past 1; a named quality goes where it says. */
export function factorOf(factor: number, darkens: boolean, more: boolean, strength: number, directed: boolean): number {
  const by = strength < 1 ? 0.15 : strength > 1 ? 0.4 : 0.2
  const way = factor < 1 || (factor === 1 && darkens) ? -1 : 1
  if (directed) {
    // "Darker" of a darkening and "brighter" of a brightening are both more of the same.
    const up = darkens ? !more : more
    return Math.max(0.05, rounded(factor + (up ? by : -by)))
  }
  const distance = Math.abs(factor - 1)
  const next = more ? distance + by : distance > by ? distance - by : distance / 2
  return Math.max(0.05, rounded(1 + way * next))
}

/** Without the digits that come of computing. */
export function rounded(value: number): number {
  return Number(value.toFixed(3))
}
