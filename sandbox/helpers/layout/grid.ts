// Arranges pictures in rows and columns with titles, like a figure in a paper.
import { createCanvas } from '@napi-rs/canvas'
import type { Sharp } from 'sharp'
import { integerIn, listOf, numberIn, oneOf, textOf } from '../argument.ts'
import { css, rgba, type ColourLike } from '../colour.ts'
import { drawLabel } from './label.ts'
import type { Picture, RawPicture } from '../picture.ts'
import { read, resizePixels } from '../pixels.ts'
import { blankSheet, drawOnSheet, sheetPipeline } from './sheet.ts'
import { drawLines, fitText, LINE_HEIGHT, type FittedText } from './text.ts'
import { noteUnknown, type All } from '../options.ts'
import { noteUnseen } from './tile-notes.ts'

/** All sizes are in pixels. */
export interface GridOptions {
  /** Default: the square root of the number of pictures, rounded up. */
  columns?: number
  /** A title for each picture, in order. */
  labels?: readonly (string | null | undefined)[]
  /** Default 'above' the pictures; 'inside' puts titles in their upper left corners. 'top' is above, 'bottom' below. */
  labelPosition?: 'above' | 'below' | 'inside' | 'top' | 'bottom'
  /** Space for each picture, which is scaled to fit and centred; default: the first one's size, at most 1024. */
  cell?: { width: number; height: number }
  /** Space between and around pictures; default 16 to 40, depending on the cell. */
  gap?: number
  /** Default white; a transparent colour makes the result RGBA. */
  background?: ColourLike
  /** Colour of the titles; default nearly black. */
  color?: ColourLike
  /** Font size of the titles; default a 20th of the cell's width, 14 to 48. Long titles wrap, then shrink. */
  size?: number
}

const GRID_OPTIONS: All<GridOptions> = {
  columns: true,
  labels: true,
  labelPosition: true,
  cell: true,
  gap: true,
  background: true,
  color: true,
  size: true,
}
const CELL_OPTIONS: All<NonNullable<GridOptions['cell']>> = { width: true, height: true }

/**
 * Arranges pictures in a grid, row by row, with titles; the result is RGB. Gray, RGB and transparent pictures may be
 * mixed.
 * @throws TypeError for an empty list or an invalid option; Error when a picture cannot be read.
 */
export async function grid(pictures: Iterable<Picture>, options: GridOptions = {}): Promise<Sharp> {
  noteUnknown('grid', options, GRID_OPTIONS)
  noteUnknown("grid's cell", options.cell, CELL_OPTIONS)
  const given: RawPicture[] = []
  for (const picture of listOf('grid', 'pictures', pictures, 1)) given.push(await read('grid', picture))
  const cell = options.cell ?? usualCell(given)
  integerIn('grid', 'cell.width', cell.width, 1, 20_000, 'pixels')
  integerIn('grid', 'cell.height', cell.height, 1, 20_000, 'pixels')
  const columns = integerIn('grid', 'columns', options.columns ?? Math.ceil(Math.sqrt(given.length)), 1, 1000)
  const gap = integerIn(
    'grid',
    'gap',
    options.gap ?? Math.round(Math.max(16, Math.min(40, cell.width / 24))),
    0,
    10_000,
    'pixels',
  )
  const usualSize = Math.round(Math.max(14, Math.min(48, cell.width / 20)))
  const size = numberIn('grid', 'size', options.size ?? usualSize, 1, 1000, 'pixels')
  const color = css(await rgba('grid', 'color', options.color ?? '#1a1a1a'))
  const texts = listOf('grid', 'labels', options.labels ?? []).map((text) => textOf('grid', 'labels', text ?? ''))

  noteUnseen('grid', given, texts)
  const position = oneOf('grid', 'labelPosition', options.labelPosition ?? 'above', POSITIONS)
  const isInside = position === 'inside'
  const isBelow = position === 'below' || position === 'bottom'

  const titles = given.map((_, i) =>
    fitText(isInside ? '' : (texts[i] ?? ''), size, { width: cell.width, height: 2 * LINE_HEIGHT * size, bold: true }),
  )
  const rows = Array.from({ length: Math.ceil(given.length / columns) }, (_, row) => {
    const written = titles.slice(row * columns, (row + 1) * columns).filter(({ width }) => width > 0)
    return written.length === 0 ? 0 : Math.ceil(Math.max(...written.map(({ height }) => height)) + size * 0.3)
  })
  const width = Math.min(columns, given.length) * (cell.width + gap) + gap
  const height = rows.reduce((sum, space) => sum + space + cell.height + gap, gap)
  const sheet = blankSheet(width, height, await rgba('grid', 'background', options.background ?? 'white'))
  let top = gap
  for (const [i, picture] of given.entries()) {
    const x = gap + (i % columns) * (cell.width + gap)
    const space = rows[Math.floor(i / columns)]!
    const fitted = await contained(picture, cell)
    const { width: wide, height: high } = fitted.info
    const place = { x: x + half(cell.width - wide), y: top + (isBelow ? 0 : space) + half(cell.height - high) }
    drawOnSheet(sheet, fitted, place.x, place.y)
    const text = texts[i]?.trim() ?? ''
    if (text !== '' && isInside) await drawLabel('grid', sheet, text, { size }, { ...place, width: wide, height: high })
    else if (text !== '') {
      const title = drawTitle(titles[i]!, cell.width, space, color, isBelow)
      drawOnSheet(sheet, title, x, isBelow ? top + cell.height : top)
    }
    if (i % columns === columns - 1) top += space + cell.height + gap
  }
  return sheetPipeline(sheet)
}

const POSITIONS = ['above', 'below', 'inside', 'top', 'bottom'] as const

/** Aligns a title at the edge next to its picture. */
function drawTitle(title: FittedText, width: number, height: number, color: string, isBelow: boolean): RawPicture {
  const context = createCanvas(width, height).getContext('2d')
  context.fillStyle = color
  const y = isBelow ? title.size * 0.3 : height - title.height - title.size * 0.3
  drawLines(context, title, width / 2, y, 'center', true)
  return { data: context.getImageData(0, 0, width, height).data, info: { width, height, channels: 4 } }
}

/** The first picture's size, so that a rotated picture among others does not enlarge the cells. */
function usualCell([first]: readonly RawPicture[]): { width: number; height: number } {
  const { width, height } = first!.info
  const scale = Math.min(1, 1024 / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

function contained(picture: RawPicture, cell: { width: number; height: number }): Promise<RawPicture> {
  const scale = Math.min(cell.width / picture.info.width, cell.height / picture.info.height)
  const side = (length: number) => Math.max(1, Math.round(length * scale))
  return resizePixels(picture, side(picture.info.width), side(picture.info.height))
}

function half(length: number): number {
  return Math.floor(length / 2)
}
