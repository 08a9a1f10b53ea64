// What charts are drawn on: pixels for PNG, shapes for SVG, a page for PDF.
import { createCanvas, PDFDocument, SvgExportFlag } from '@napi-rs/canvas'
import { encodePng } from './encode-png.ts'

export type PictureFormat = 'png' | 'svg' | 'pdf'

/** What Chart.js and ECharts need of a canvas. */
export interface CanvasLike {
  width: number
  height: number
  getContext(type: '2d'): unknown
}

export interface Surface {
  readonly canvas: CanvasLike
  /** Pixels or points per pixel of the chart. */
  readonly density: number
  /** The file, when everything has been drawn. */
  finish(): Promise<Buffer>
}

/** A PDF has 72 points an inch, a screen 96 pixels. */
const POINTS = 0.75

/** What a file says of itself, for screen readers and search. */
export interface Caption {
  readonly title: string
  readonly description: string
}

/** A surface for a chart of this size in pixels. */
export function createSurface(
  format: PictureFormat,
  size: { readonly width: number; readonly height: number; readonly density: number; readonly isOpaque: boolean },
  caption: () => Caption,
): Surface {
  if (format === 'pdf') return pdfSurface(size.width, size.height, caption())
  if (format === 'svg') return svgSurface(size.width, size.height, caption)
  const canvas = createCanvas(size.width, size.height)
  return {
    canvas,
    density: size.density,
    finish: async () => (size.isOpaque ? encodePng(canvas) : canvas.encode('png')),
  }
}

function pdfSurface(width: number, height: number, { title, description }: Caption): Surface {
  const pdf = new PDFDocument({ title, subject: description, creator: 'Easel' })
  const context = pdf.beginPage(width * POINTS, height * POINTS)
  const canvas = { width: width * POINTS, height: height * POINTS, getContext: () => context }
  // Chart.js goes from a context to its canvas.
  Object.defineProperty(context, 'canvas', { value: canvas, configurable: true })
  return {
    canvas,
    density: POINTS,
    async finish() {
      pdf.endPage()
      // Chart.js clears its canvas at the end; a page that has ended cannot be drawn on.
      for (const name of ['save', 'restore', 'resetTransform', 'clearRect'])
        Object.defineProperty(context, name, { value: () => undefined })
      return pdf.close()
    },
  }
}

function svgSurface(width: number, height: number, caption: () => Caption): Surface {
  // Text becomes shapes, so that it looks the same where the fonts are not installed.
  const canvas = createCanvas(width, height, SvgExportFlag.ConvertTextToPaths)
  return {
    canvas,
    density: 1,
    async finish() {
      const { title, description } = caption()
      const words = `<title>${escapeXml(title)}</title><desc>${escapeXml(description)}</desc>`
      const text = canvas.getContent().toString('utf8')
      return Buffer.from(
        text.replace(
          /<svg\b([^>]*)>/,
          (_, given: string) => `<svg${given} viewBox="0 0 ${width} ${height}" role="img">${words}`,
        ),
      )
    },
  }
}

function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
