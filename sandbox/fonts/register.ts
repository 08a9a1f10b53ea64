// The shipped fonts for Skia (canvas): every family name leads to one of them, and nothing of the host's own fonts is
// used, so that pictures come out the same on every machine. fontconfig.ts does the same for SVG and sharp's text.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type * as Canvas from '@napi-rs/canvas'
import { fallBack } from './canvas-fallback.ts'
import { BLACK_ALIASES, FALLBACKS, FONT_FAMILIES } from './families.ts'
import type { FontFace, FontFamily } from './families.ts'

const require = createRequire(import.meta.url)

/** The path of a face's file; it may be read-only. */
export function fontFile(face: FontFace): string {
  const entry = dirname(require.resolve(face.package))
  return join(entry, face.file)
}

// @napi-rs/canvas lists the host's fonts when it is loaded, unless this is set; so import this file before it.
process.env['DISABLE_SYSTEM_FONTS_LOAD'] = '1'

let registered = false

/** Registers the shipped fonts with @napi-rs/canvas, once a process (20-45 ms), and lets every font fall back to them. */
export function registerFonts(): void {
  if (registered) return
  registered = true
  const { GlobalFonts, createCanvas } = require('@napi-rs/canvas') as typeof Canvas
  for (const family of FONT_FAMILIES) register(family, GlobalFonts)
  for (const alias of withSmallLetters(BLACK_ALIASES)) GlobalFonts.setAlias(`${FALLBACKS[0]} Bold`, alias)
  fallBack(Object.getPrototypeOf(createCanvas(1, 1).getContext('2d')) as object)
}

function register(family: FontFamily, fonts: typeof Canvas.GlobalFonts): void {
  const { name, regular, bold, italic, boldItalic } = family
  fonts.registerFromPath(fontFile(regular), name)
  const styles = [name]
  // An alias takes one face, so each style has a name of its own, and every name is set once a style.
  for (const [style, face] of Object.entries({ Bold: bold, Italic: italic, 'Bold Italic': boldItalic })) {
    if (!face) continue
    fonts.registerFromPath(fontFile(face), `${name} ${style}`)
    if (family.ownName !== undefined) fonts.setAlias(`${name} ${style}`, name)
    styles.push(`${name} ${style}`)
  }
  const others = withSmallLetters([name, ...family.aliases]).filter((alias) => alias !== name)
  for (const alias of others) for (const style of styles) fonts.setAlias(style, alias)
}

/** Skia tells large letters from small ones, people do not. */
function withSmallLetters(names: readonly string[]): string[] {
  return [...new Set(names.flatMap((name) => [name, name.toLowerCase()]))]
}
