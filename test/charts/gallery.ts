// Charts over real tables, in English and Chinese, that are looked at (contact-sheet.ts) and measured.
import { BARS } from './gallery-bars.ts'
import { KINDS } from './gallery-kinds.ts'
import { LINES } from './gallery-lines.ts'

export interface GalleryChart {
  readonly name: string
  /** Of Chart.js or ECharts. */
  readonly config: object
}

export const GALLERY: readonly GalleryChart[] = [...BARS, ...LINES, ...KINDS]
