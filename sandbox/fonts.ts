// The shipped fonts, for Skia (canvas) and for fontconfig (SVG and text in sharp): every family name leads to them,
// and nothing of the host's own fonts is used, so that pictures come out the same on every machine.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type * as Canvas from '@napi-rs/canvas'

/** The family that everything falls back to. */
export const FONT_FAMILY = 'Noto Sans SC'
const BOLD_FAMILY = 'Noto Sans SC Bold'
const REGULAR_FILE = 'NotoSansHans-Regular.otf'
const BOLD_FILE = 'NotoSansHans-Bold.otf'
const UNUSED_FILES = ['NotoSansHans-Light.otf', 'NotoSansHans-DemiLight.otf', 'NotoSansHans-Medium.otf']

/** Names that stand for the shipped family; one that is not here falls back to it too, but `GlobalFonts.has` denies it. */
export const FONT_ALIASES: readonly string[] = [
  'sans-serif, serif, monospace, system-ui, ui-sans-serif, cursive, fantasy, -apple-system',
  'Arial, Helvetica, Helvetica Neue, Verdana, Tahoma, Segoe UI, Roboto, Inter, Open Sans, Lato',
  'Times New Roman, Times, Georgia, Courier New, Courier, Consolas, Menlo, Impact, Comic Sans MS',
  'Noto Sans, Noto Sans CJK SC, Source Han Sans SC, DejaVu Sans, Liberation Sans, Ubuntu',
  'Microsoft YaHei, 微软雅黑, SimHei, 黑体, SimSun, 宋体, PingFang SC, Heiti SC, STHeiti, KaiTi',
].flatMap((line) => line.split(', '))

/** The folder in which the font files lie; it may be read-only. */
export function fontFolder(): string {
  const require = createRequire(import.meta.url)
  return join(dirname(require.resolve('@embedpdf/fonts-sc')), '..', 'fonts')
}

// @napi-rs/canvas lists the host's fonts when it is loaded, unless this is set; so import this file before it.
process.env['DISABLE_SYSTEM_FONTS_LOAD'] = '1'

let registered = false

/** Registers the shipped fonts with @napi-rs/canvas, once a process (20-45 ms). */
export function registerFonts(folder = fontFolder()): void {
  if (registered) return
  registered = true
  const { GlobalFonts } = createRequire(import.meta.url)('@napi-rs/canvas') as typeof Canvas
  GlobalFonts.registerFromPath(join(folder, REGULAR_FILE), FONT_FAMILY)
  GlobalFonts.registerFromPath(join(folder, BOLD_FILE), BOLD_FAMILY)
  GlobalFonts.setAlias(BOLD_FAMILY, FONT_FAMILY)
  // An alias takes one weight; the second call adds the bold one.
  for (const alias of FONT_ALIASES) {
    GlobalFonts.setAlias(FONT_FAMILY, alias)
    GlobalFonts.setAlias(BOLD_FAMILY, alias)
  }
}

/**
 * Writes a fontconfig file (and room for its cache) into `folder` unless it is there already, and gives its path:
 * the value of FONTCONFIG_FILE, which must be set before sharp is loaded.
 */
export function writeFontConfig(folder: string, fonts = fontFolder()): string {
  const path = join(folder, 'fonts.conf')
  const text = fontConfig(fonts, join(folder, 'fontconfig-cache'))
  if (textOf(path) === text) return path
  mkdirSync(folder, { recursive: true })
  // Two processes may do this at once: each writes its own file, the last one stays.
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, text)
  renameSync(draft, path)
  return path
}

/** The fontconfig file's text: two font files, every family name leads to them. */
export function fontConfig(fonts: string, cache: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>${escaped(fonts)}</dir>
  <cachedir>${escaped(cache)}</cachedir>
  <selectfont>
    <rejectfont>
${UNUSED_FILES.map((name) => `      <glob>${escaped(join(fonts, name))}</glob>`).join('\n')}
    </rejectfont>
  </selectfont>
  <match target="pattern">
    <edit name="family" mode="assign" binding="same"><string>Noto Sans S Chinese</string></edit>
  </match>
  <config><rescan><int>0</int></rescan></config>
</fontconfig>
`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
