// The real package ends the whole process when the centre of an arc is NaN or infinite; both halves refuse it before.

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
const FURTHEST = 1e38

/** Throws when the arguments of `arc` or `ellipse` hold a centre or a rotation that is no usable number. */
export function checkCentre(method: string, args: readonly unknown[]): void {
  for (const [place, name] of PLACES[method] ?? []) {
    const value = args[place]
    if (typeof value !== 'number' || Math.abs(value) <= FURTHEST) continue
    const error = new RangeError(
      `${method}: ${name} must be a finite number; it is ${value}. (In plain Node @napi-rs/canvas ends the process on this.)`,
    )
    throw Object.assign(error, { code: 'EASEL_CANVAS_NUMBER' })
  }
}
