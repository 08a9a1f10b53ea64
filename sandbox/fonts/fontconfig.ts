// The shipped fonts for fontconfig, which SVG and sharp's text use: the same families, names and fallbacks as on a
// canvas.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { BLACK_ALIASES, FALLBACKS, FONT_FAMILIES } from './families.ts'
import { fontFile } from './register.ts'

/**
 * Writes a fontconfig file into `folder`, with its cache folder beside it, unless it is there already; returns its
 * path: the value of FONTCONFIG_FILE, which must be set before sharp is loaded.
 */
export function writeFontConfig(folder: string): string {
  const path = join(folder, 'fonts.conf')
  const text = fontConfig(join(folder, 'fontconfig-cache'))
  if (readText(path) === text) return path
  mkdirSync(folder, { recursive: true })
  // Two processes may do this at once: each writes its own file, and the last rename wins.
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, text)
  renameSync(draft, path)
  return path
}

/** The text of the fontconfig file. */
export function fontConfig(cache: string): string {
  const faces = FONT_FAMILIES.flatMap(({ regular, bold, italic, boldItalic }) =>
    [regular, bold, italic, boldItalic].filter((face) => face !== undefined),
  )
  const folders = [...new Set(faces.map((face) => dirname(fontFile(face))))]
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
${folders.map((folder) => `  <dir>${escapeXml(folder)}</dir>`).join('\n')}
  <cachedir>${escapeXml(cache)}</cachedir>
  <selectfont>
    <rejectfont>
${folders.map((folder) => `      <glob>${escapeXml(join(folder, '*'))}</glob>`).join('\n')}
    </rejectfont>
    <acceptfont>
${faces.map((face) => `      <glob>${escapeXml(fontFile(face))}</glob>`).join('\n')}
    </acceptfont>
  </selectfont>
${FONT_FAMILIES.flatMap(({ name, ownName, aliases }) => [...(ownName ? [name] : []), ...aliases].map((alias) => aliasRule(alias, ownName ?? name))).join('\n')}
${BLACK_ALIASES.map((alias) => aliasRule(alias, FALLBACK, '<edit name="weight" mode="assign"><const>bold</const></edit>')).join('\n')}
  <match target="pattern">
    <edit name="family" mode="append_last" binding="strong">${FALLBACKS.map((name) => `<string>${OWN_NAMES.get(name) ?? name}</string>`).join('')}</edit>
  </match>
${SYNTHETIC}
  <config><rescan><int>0</int></rescan></config>
</fontconfig>
`
}

const OWN_NAMES = new Map(FONT_FAMILIES.map(({ name, ownName }) => [name, ownName ?? name]))
const FALLBACK = OWN_NAMES.get(FALLBACKS[0]!)!

function aliasRule(from: string, to: string, more = ''): string {
  return `  <match target="pattern"><test name="family"><string>${escapeXml(from)}</string></test><edit name="family" mode="assign" binding="same"><string>${escapeXml(to)}</string></edit>${more}</match>`
}

// Synthesizes italic and bold from the regular face where a family lacks them; the slant is 0.25, as in Skia.
const SYNTHETIC = `  <match target="font">
    <test name="slant"><const>roman</const></test>
    <test target="pattern" name="slant" compare="not_eq"><const>roman</const></test>
    <edit name="matrix" mode="assign"><times><name>matrix</name><matrix><double>1</double><double>0.25</double><double>0</double><double>1</double></matrix></times></edit>
    <edit name="slant" mode="assign"><const>oblique</const></edit>
  </match>
  <match target="font">
    <test name="weight" compare="less_eq"><const>medium</const></test>
    <test target="pattern" name="weight" compare="more_eq"><const>bold</const></test>
    <edit name="embolden" mode="assign"><bool>true</bool></edit>
    <edit name="weight" mode="assign"><const>bold</const></edit>
  </match>`

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
