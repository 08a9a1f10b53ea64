// Text labels on pictures, in a rounded box so that they are legible on any background.
import { createCanvas } from '@napi-rs/canvas'
import type { Sharp } from 'sharp'
import { numberIn, oneOf, textOf } from '../argument.ts'
import { css, rgba, type ColourLike, type Rgba } from '../colour.ts'
import { noteUnknown, type All } from '../options.ts'
import type { Picture, RawPicture } from '../picture.ts'
import { read } from '../pixels.ts'
import { drawOnSheet, sheetOf, sheetPipeline, type Sheet } from './sheet.ts'
import { drawLines, fitText } from './text.ts'

const COLUMNS = ['left', 'center', 'right'] as const
const POSITIONS = [
  'top-left',
  'top',
  'top-right',
  'left',
  'center',
  'right',
  'bottom-left',
  'bottom',
  'bottom-right',
] as const

/** Position of a label. */
export type LabelPosition = (typeof POSITIONS)[number]

/** All sizes are in pixels. */
export interface LabelOptions {
  /** Default 'top-left'. */
  position?: LabelPosition
  /** Font size; default a 28th of the width, 14 to 72. Reduced if the text would not fit. */
  size?: number
  /** Text colour; default white. */
  color?: ColourLike
  /** Box colour; default black at 75 %. */
  background?: ColourLike
  /** Distance from the picture's edge to the box. */
  margin?: number
  /** Distance from the box's edge to the text. */
  padding?: number
  /** Bold text. */
  bold?: boolean
}

export const LABEL_OPTIONS: All<LabelOptions> = {
  position: true,
  size: true,
  color: true,
  background: true,
  margin: true,
  padding: true,
  bold: true,
}

/**
 * Writes text on a picture, Chinese included; long text wraps, then shrinks. Newlines are kept. The result has the
 * picture's size, in RGB or, if the picture has alpha, RGBA.
 * @throws TypeError for an invalid option or colour; Error when the picture cannot be read.
 */
export async function label(picture: Picture, text: string, options: LabelOptions = {}): Promise<Sharp> {
  noteUnknown('label', options, LABEL_OPTIONS)
  const sheet = sheetOf(await read('label', picture))
  await drawLabel('label', sheet, textOf('label', 'text', text), options)
  return sheetPipeline(sheet)
}

/** Draws a label on a sheet, inside a frame (by default the whole sheet). */
export async function drawLabel(
  where: string,
  sheet: Sheet,
  text: string,
  options: LabelOptions,
  frame?: Frame,
): Promise<void> {
  if (text.trim() === '') return
  const { width, height, x, y } = frame ?? { width: sheet.width, height: sheet.height, x: 0, y: 0 }
  const position = oneOf(where, 'position', options.position ?? 'top-left', POSITIONS)
  const size = numberIn(where, 'size', options.size ?? usualSize(width, height), 1, 4000, 'pixels')
  const color = await rgba(where, 'color', options.color ?? 'white')
  const background = await rgba(where, 'background', options.background ?? 'rgba(0, 0, 0, 0.75)')
  const padding = numberIn(
    where,
    'padding',
    options.padding ?? Math.min(size * 0.4, width / 16, height / 16),
    0,
    4000,
    'pixels',
  )
  const margin = numberIn(
    where,
    'margin',
    options.margin ?? Math.min(size * 0.6, width / 24, height / 24),
    0,
    4000,
    'pixels',
  )
  const box = drawBox(
    text,
    size,
    { width: width - 2 * margin, height: height - 2 * margin },
    { ...options, color, background, padding },
  )
  const place = POSITIONS.indexOf(position)
  const free = { x: width - box.info.width, y: height - box.info.height }
  const along = (slot: number, space: number) => Math.round([margin, space / 2, space - margin][slot]!)
  drawOnSheet(
    sheet,
    box,
    x + along(place % COLUMNS.length, free.x),
    y + along(Math.floor(place / COLUMNS.length), free.y),
  )
}

/** A rectangle of a sheet in pixels. */
export interface Frame {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

interface Look {
  readonly color: Rgba
  readonly background: Rgba
  readonly padding: number
  readonly bold?: boolean
}

function usualSize(width: number, height: number): number {
  return Math.round(Math.max(14, Math.min(72, width / 28, height / 8)))
}

function drawBox(text: string, size: number, space: { width: number; height: number }, look: Look): RawPicture {
  const { bold, padding } = look
  const side = padding * 1.5
  const fitted = fitText(text, size, { width: space.width - 2 * side, height: space.height - 2 * padding, bold })
  const width = Math.max(1, Math.ceil(fitted.width + 2 * side))
  const height = Math.max(1, Math.ceil(fitted.height + 2 * padding))
  const context = createCanvas(width, height).getContext('2d')
  context.fillStyle = css(look.background)
  context.beginPath()
  context.roundRect(0, 0, width, height, Math.min(fitted.size * 0.35, width / 2, height / 2))
  context.fill()
  context.fillStyle = css(look.color)
  drawLines(context, fitted, side, padding, 'left', bold)
  return { data: context.getImageData(0, 0, width, height).data, info: { width, height, channels: 4 } }
}
