// Cache of strings that the real package has accepted, so a setter that may throw crosses the wall once per value.
const MAX = 5000
const known = new Set<string>()

/** Whether `value` was accepted before for this property (or 'color'). */
export function isAccepted(property: string, value: string): boolean {
  return known.has(`${property} ${value}`)
}

/** Records that the real package accepted `value` for this property (or 'color'). */
export function markAccepted(property: string, value: string): void {
  if (known.size >= MAX) known.clear()
  known.add(`${property} ${value}`)
}
