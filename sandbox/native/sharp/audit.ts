// The final check before the real sharp runs: whatever was called, it must not read or write host files.
import type { Pictures } from './pictures.ts'
import { type Descriptor, descriptorsOf, type Settings } from './settings.ts'

const FORMATS = ['input', 'jpeg', 'png', 'webp', 'gif', 'tiff', 'heif', 'jp2', 'jxl', 'raw']
const PROFILES = ['', 'srgb', 'p3', 'cmyk']

/** Throws an Error that says what is not available here and what to do instead. */
export function audit(settings: Settings, pictures: Pictures): void {
  if (settings.formatOut === 'dz') {
    throw new Error(
      'tile() is not available in the sandbox: it writes many small files. Cut tiles with extract() instead',
    )
  }
  if (!FORMATS.includes(settings.formatOut)) throw new Error(`Unsupported output format ${settings.formatOut}`)
  if (settings.fileOut !== '') throw new Error('sharp.run: a pipeline writes no file by itself')
  if (!PROFILES.includes(settings.withIccProfile)) {
    throw new Error('An ICC profile cannot be read from a file in the sandbox: use one of srgb, p3, cmyk')
  }
  for (const descriptor of [settings.input, ...descriptorsOf(settings)]) auditInput(descriptor, pictures)
}

function auditInput(descriptor: Descriptor, pictures: Pictures): void {
  if (descriptor.textFontfile !== undefined) {
    throw new Error(
      "text.fontfile cannot be read in the sandbox: name a font family with text.font, for example 'sans'",
    )
  }
  if (descriptor.file !== undefined && pictures.nameOf(descriptor.file) === undefined) {
    throw new Error('sharp.run: a pipeline reads no file by itself')
  }
  // It would turn off libvips' own guards against pictures that exhaust memory; ignored (LIMITS.md).
  descriptor.unlimited = false
}
