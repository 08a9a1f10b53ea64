// How the page can display a file.
import type { FileInfo } from './types.ts'
import type { Size } from './picture-size.ts'

/** `workbook`: a table that is no text. */
export type FileKind = 'picture' | 'table' | 'workbook' | 'text' | 'broken' | 'other'

/** Image formats that browsers can display. */
const BROWSER_IMAGE_TYPES = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/bmp',
  'image/svg+xml',
])

export function kindOf({ kind, mime }: FileInfo): FileKind {
  if (kind === 'picture') return BROWSER_IMAGE_TYPES.has(mime) ? 'picture' : 'other'
  if (kind === 'json') return 'text'
  if (kind === 'table' && !mime.startsWith('text/')) return 'workbook'
  return kind
}

/** Whether the server has a thumbnail of it, even of formats that browsers cannot display. */
export function hasThumbnail({ kind, cause }: FileInfo): boolean {
  return kind === 'picture' || cause === 'bitmap'
}

/** Size in pixels as displayed: browsers apply the EXIF orientation. */
export function shownSize({ width = 1, height = 1, orientation = 1 }: FileInfo): Size {
  return orientation >= 5 ? { width: height, height: width } : { width, height }
}
