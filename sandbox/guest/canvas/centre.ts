// The real package crashes the process when an arc's centre is NaN or infinite, so both halves reject such values
// first.

const PLACES: Readonly<Record<string, readonly (readonly [place: number, name: string])[]>> = {
  arc: [
    [0, 'x'],
    [1, 'y'],
  ],
  ellipse: [
    [0, 'x'],
    [1, 'y'],
    [4, 'rotation'],
  ],
}
const MAX_COORDINATE = 1e38

/**
 * Throws a RangeError if a centre coordinate or rotation passed to `arc` or `ellipse` is not finite or exceeds 1e38.
 */
export function checkCentre(method: string, args: readonly unknown[]): void {
  for (const [place, name] of PLACES[method] ?? []) {
    const value = args[place]
    if (typeof value !== 'number' || Math.abs(value) <= MAX_COORDINATE) continue
    const error = new RangeError(
      `${method}: ${name} must be a finite number; it is ${value}. (In plain Node @napi-rs/canvas ends the process on this.)`,
    )
    throw Object.assign(error, { code: 'EASEL_CANVAS_NUMBER' })
  }
}
