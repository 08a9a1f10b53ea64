// Which shipped family a name stands for, in any letters.
import { BLACK_ALIASES, FALLBACKS, FONT_FAMILIES } from './families.ts'

const SHIPPED: ReadonlyMap<string, string> = new Map([
  ...FONT_FAMILIES.flatMap(({ name, ownName, aliases }) =>
    [name, ...(ownName === undefined ? [] : [ownName]), ...aliases].map((one) => [one.toLowerCase(), name] as const),
  ),
  ...BLACK_ALIASES.map((one) => [one.toLowerCase(), `${FALLBACKS[0]} Bold`] as const),
])

/** The shipped family, as Skia has it registered; undefined for a name that leads nowhere. */
export function shippedFamily(name: string): string | undefined {
  return SHIPPED.get(name.toLowerCase())
}

/** A CSS list of families, without quotes. */
export function familyList(list: string): string[] {
  return [...list.matchAll(/"([^"]*)"|'([^']*)'|([^,"']+)/g)]
    .map(([, double, single, plain]) => (double ?? single ?? plain ?? '').trim())
    .filter((name) => name !== '')
}
