// The families that a snippet registered itself: a name that it brought a font for means that font, not a shipped one.
import type * as Canvas from '@napi-rs/canvas'

type Fonts = typeof Canvas.GlobalFonts
type Method = (...args: unknown[]) => unknown

let own: ReadonlySet<string> = new Set()
let changes = 0

/** Whether the snippet registered a family of this name, in any letters. */
export function isRegisteredFont(name: string): boolean {
  return own.has(name.toLowerCase())
}

/** Grows whenever fonts are registered or taken back. */
export function countFontChanges(): number {
  return changes
}

/** Watches what is registered beside the families that are there now. */
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
      own = new Set(
        families.filter(([family, styles]) => styles > (shipped.get(family) ?? 0)).map(([family]) => family),
      )
      changes += 1
      return answer
    }
  }
}
