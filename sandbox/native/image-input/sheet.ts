// Draws pictures in equal cells with a title above each, at the size at which a model sees them.
import { registerFonts } from '../../fonts/register.ts'
import { drawLines, fitText, LINE_HEIGHT } from '../../helpers/layout/text.ts'
import type { PictureJob } from '../../protocol.ts'
import { createCanvas } from '../canvas/skia.ts'
import type { Pixels } from './decoding.ts'

export interface Tile {
  readonly title: string
  /** Already fits its cell. */
  readonly picture: Pixels
}

const PAPER = '#e9e9e9'
const FRAME = '#b4b4b4'
const INK = '#111111'

/** Draws the sheet; transparent pictures get a white background. */
export function drawSheet(tiles: readonly Tile[], layout: NonNullable<PictureJob['sheet']>): Pixels {
  registerFonts()
  const { columns, width: cell, height, label, gap } = layout
  const rows = Math.ceil(tiles.length / columns)
  const size = { width: columns * (cell + gap) + gap, height: rows * (label + height + gap) + gap }
  const canvas = createCanvas(size.width, size.height)
  const context = canvas.getContext('2d')
  context.fillStyle = PAPER
  context.fillRect(0, 0, size.width, size.height)
  for (const [i, { title, picture }] of tiles.entries()) {
    const x = gap + (i % columns) * (cell + gap)
    const y = gap + Math.floor(i / columns) * (label + height + gap)
    const fitted = fitText(title, (label - 2) / LINE_HEIGHT, { width: cell, height: label - 2, bold: true })
    context.fillStyle = INK
    drawLines(context, fitted, x + cell / 2, y + (label - 2 - fitted.height) / 2, 'center', true)
    const left = x + Math.floor((cell - picture.width) / 2)
    const top = y + label
    context.fillStyle = FRAME
    context.fillRect(left - 1, top - 1, picture.width + 2, picture.height + 2)
    context.fillStyle = 'white'
    context.fillRect(left, top, picture.width, picture.height)
    context.drawImage(canvasOf(picture), left, top)
  }
  const { data } = context.getImageData(0, 0, size.width, size.height)
  return { data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength), ...size, channels: 4 }
}

function canvasOf({ data, width, height, channels }: Pixels) {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  const image = context.createImageData(width, height)
  if (channels === 4) image.data.set(data)
  else {
    for (let from = 0, to = 0; from < data.length; from += 3, to += 4) {
      image.data[to] = data[from]!
      image.data[to + 1] = data[from + 1]!
      image.data[to + 2] = data[from + 2]!
      image.data[to + 3] = 255
    }
  }
  context.putImageData(image, 0, 0)
  return canvas
}
