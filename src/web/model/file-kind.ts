// How a file can be shown in a page.
import type { FileInfo } from './types.ts'
import type { Size } from './picture-size.ts'

export type FileKind = 'picture' | 'table' | 'text' | 'broken' | 'other'

/** Formats that browsers draw. */
const DRAWN = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/bmp',
  'image/svg+xml',
])

export function kindOf({ kind, mime }: FileInfo): FileKind {
  if (kind === 'picture') return DRAWN.has(mime) ? 'picture' : 'other'
  if (kind === 'json') return 'text'
  return kind
}

/** The server has a small picture of it, drawn by browsers or not. */
export function hasThumbnail({ kind, cause }: FileInfo): boolean {
  return kind === 'picture' || cause === 'bitmap'
}

/** Pixels as a viewer sees them: browsers turn a picture as its EXIF orientation says. */
export function shownSize({ width = 1, height = 1, orientation = 1 }: FileInfo): Size {
  return orientation >= 5 ? { width: height, height: width } : { width, height }
}
