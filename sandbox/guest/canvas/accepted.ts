// Strings the real package is known to accept, so that a setter which may throw is asked once a value only.
const MAX = 5000
const known = new Set<string>()

/** Whether `value` was accepted before for this property (or 'color'). */
export function isAccepted(property: string, value: string): boolean {
  return known.has(`${property} ${value}`)
}

/** Remembers that it was. */
export function accept(property: string, value: string): void {
  if (known.size >= MAX) known.clear()
  known.add(`${property} ${value}`)
}
