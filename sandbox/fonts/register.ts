// Registers the shipped fonts with Skia (canvas). Every family name resolves to one of them and the machine's fonts are
// never used, so that pictures are the same on every machine. fontconfig.ts does the same for SVG and sharp's text.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type * as Canvas from '@napi-rs/canvas'
import { installFontFallback } from './canvas-fallback.ts'
import { FONT_FAMILIES } from './families.ts'
import type { FontFace, FontFamily } from './families.ts'
import { trackRegisteredFonts } from './registered-fonts.ts'

const require = createRequire(import.meta.url)

/** The path of a face's file, which may be read-only. */
export function fontFile(face: FontFace): string {
  const entry = dirname(require.resolve(face.package))
  return join(entry, face.file)
}

// @napi-rs/canvas lists the machine's fonts on load unless this is set, so import this file before it.
process.env['DISABLE_SYSTEM_FONTS_LOAD'] = '1'

let registered = false

/** Registers the shipped fonts with @napi-rs/canvas, once a process (10-40 ms), and installs the font fallback. */
export function registerFonts(): void {
  if (registered) return
  registered = true
  const { GlobalFonts, createCanvas } = require('@napi-rs/canvas') as typeof Canvas
  for (const family of FONT_FAMILIES) register(family, GlobalFonts)
  trackRegisteredFonts(GlobalFonts)
  installFontFallback(Object.getPrototypeOf(createCanvas(1, 1).getContext('2d')) as object)
}

function register({ name, ownName, regular, bold, italic, boldItalic }: FontFamily, fonts: typeof Canvas.GlobalFonts) {
  for (const face of [regular, bold, italic, boldItalic]) {
    if (!face) continue
    // Files with the family's own name are grouped by Skia; under an alias each file is a family of its own.
    const alias = ownName === undefined ? undefined : face === bold ? `${name} Bold` : name
    fonts.registerFromPath(fontFile(face), alias)
    if (alias !== undefined && alias !== name) fonts.setAlias(alias, name)
  }
}
