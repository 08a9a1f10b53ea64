// Maps a font name to the shipped family that it stands for, ignoring case.
import { BLACK_ALIASES, FALLBACKS, FONT_FAMILIES } from './families.ts'

const SHIPPED: ReadonlyMap<string, string> = new Map([
  ...FONT_FAMILIES.flatMap(({ name, ownName, aliases }) =>
    [name, ...(ownName === undefined ? [] : [ownName]), ...aliases].map((one) => [one.toLowerCase(), name] as const),
  ),
  ...BLACK_ALIASES.map((one) => [one.toLowerCase(), `${FALLBACKS[0]} Bold`] as const),
])

/** The shipped family's name as registered with Skia; undefined for an unknown name. */
export function shippedFamily(name: string): string | undefined {
  return SHIPPED.get(name.toLowerCase())
}

/** Splits a CSS list of families and removes quotes. */
export function familyList(list: string): string[] {
  return [...list.matchAll(/"([^"]*)"|'([^']*)'|([^,"']+)/g)]
    .map(([, double, single, plain]) => (double ?? single ?? plain ?? '').trim())
    .filter((name) => name !== '')
}
