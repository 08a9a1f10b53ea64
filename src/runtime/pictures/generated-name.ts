// File name of a generated picture: the name the model asked for, sanitized, with the extension of its real format.
import { removeUnsafeCharacters } from '../../../sandbox/untrusted-text.ts'
import type { PictureFormat } from '../../planner/picture-format.ts'

const ENDINGS: Readonly<Record<PictureFormat, RegExp>> = {
  png: /\.png$/i,
  jpeg: /\.jpe?g$/i,
  webp: /\.webp$/i,
}
const ANY_PICTURE = /\.(?:png|jpe?g|webp|gif|bmp|svg|avif|heic|tiff?)$/i

/** `asked` if its extension fits the format; otherwise with another extension, and a number if that is `taken`. */
export function drawingName(asked: string, format: PictureFormat, taken: (name: string) => boolean): string {
  const safe = safeName(asked)
  if (ENDINGS[format].test(safe)) return safe
  const stem = safe.replace(ANY_PICTURE, '')
  const ending = format === 'jpeg' ? 'jpg' : format
  for (let n = 1; ; n++) {
    const name = `${stem}${n === 1 ? '' : ` (${n})`}.${ending}`
    if (!taken(name)) return name
  }
}

/** The format of the name's extension, if this background allows it; otherwise PNG. */
export function requestedFormat(name: string, background: string | undefined): PictureFormat {
  if (ENDINGS.webp.test(name)) return 'webp'
  return ENDINGS.jpeg.test(name) && background !== 'transparent' ? 'jpeg' : 'png'
}

function safeName(asked: string): string {
  const parts = asked
    .toWellFormed()
    .normalize('NFC')
    .replace(/^\/mnt\/data\//, '')
    .split(/[\\/]/)
    .map((part) => removeUnsafeCharacters(part, '-').trim())
    .filter((part) => part !== '' && part !== '.' && part !== '..')
  const last = parts.at(-1) ?? ''
  if (last.replace(ANY_PICTURE, '') === '') parts.splice(-1, 1, `drawing${last}`)
  return parts.join('/')
}
