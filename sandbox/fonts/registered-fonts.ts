// The font families that a snippet registered itself: they take precedence over shipped fonts of the same name.
import type * as Canvas from '@napi-rs/canvas'

type Fonts = typeof Canvas.GlobalFonts
type Method = (...args: unknown[]) => unknown

let registeredFamilies: ReadonlySet<string> = new Set()
let changes = 0

/** Whether the snippet registered a family of this name, ignoring case. */
export function isRegisteredFont(name: string): boolean {
  return registeredFamilies.has(name.toLowerCase())
}

/** A counter that grows whenever fonts are registered or removed. */
export function countFontChanges(): number {
  return changes
}

/** Wraps the font methods to track families registered beyond those present now. */
export function trackRegisteredFonts(fonts: Fonts): void {
  const familiesNow = (): Map<string, number> =>
    new Map(fonts.families.map(({ family, styles }) => [family.toLowerCase(), styles.length]))
  const shipped = familiesNow()
  const object = fonts as unknown as Record<string, Method>
  for (const name of ['register', 'registerFromPath', 'loadFontsFromDir', 'setAlias', 'remove', 'removeBatch']) {
    const method = object[name]
    if (!method) continue
    object[name] = (...args) => {
      const answer: unknown = Reflect.apply(method, fonts, args)
      const families = [...familiesNow()]
      registeredFamilies = new Set(
        families.filter(([family, styles]) => styles > (shipped.get(family) ?? 0)).map(([family]) => family),
      )
      changes += 1
      return answer
    }
  }
}
