// Stacks pictures vertically or horizontally.
import type { Sharp } from 'sharp'
import { integerIn, listOf, oneOf, textOf } from '../argument.ts'
import { rgba, type ColourLike } from '../colour.ts'
import { drawLabel, LABEL_OPTIONS, type LabelOptions } from './label.ts'
import { noteUnknown, type All } from '../options.ts'
import { noteUnseen } from './tile-notes.ts'
import type { Picture, RawPicture } from '../picture.ts'
import { read, resizePixels } from '../pixels.ts'
import { blankSheet, drawOnSheet, sheetPipeline } from './sheet.ts'

export interface StackOptions {
  /** Default 'down' (one below the other). */
  direction?: 'down' | 'right'
  /** Pixels between two pictures; default 0. */
  gap?: number
  /**
   * Colour behind transparent pictures, in gaps and beside small pictures; default white. A transparent colour makes
   * the result RGBA.
   */
  background?: ColourLike
  /** A text for each picture, in order; missing or empty ones are skipped. */
  labels?: readonly (string | null | undefined)[]
  /** Style and position of the labels; default top left. */
  label?: LabelOptions
  /**
   * 'stretch' scales all to the first one's width (down) or height (right), keeping their aspect ratio; the others keep
   * the pictures' sizes.
   */
  align?: 'stretch' | 'start' | 'center'
}

const STACK_OPTIONS: All<StackOptions> = {
  direction: true,
  gap: true,
  background: true,
  labels: true,
  label: true,
  align: true,
}

/**
 * Stacks pictures into one RGB picture. Gray, RGB and transparent pictures may be mixed.
 * @throws TypeError for an empty list or an invalid option; Error when a picture cannot be read.
 */
export async function stack(pictures: Iterable<Picture>, options: StackOptions = {}): Promise<Sharp> {
  noteUnknown('stack', options, STACK_OPTIONS)
  noteUnknown('label', options.label, LABEL_OPTIONS)
  const { direction = 'down', gap = 0, background = 'white', labels = [], label = {}, align = 'stretch' } = options
  const down = oneOf('stack', 'direction', direction, ['down', 'right']) === 'down'
  oneOf('stack', 'align', align, ['stretch', 'start', 'center'])
  integerIn('stack', 'gap', gap, 0, 10_000, 'pixels')
  const texts = listOf('stack', 'labels', labels).map((text) => textOf('stack', 'labels', text ?? ''))
  const given: RawPicture[] = []
  for (const picture of listOf('stack', 'pictures', pictures, 1)) given.push(await read('stack', picture))
  noteUnseen('stack', given, texts)
  const parts = align === 'stretch' ? await Promise.all(given.map((part) => sameSide(part, given[0]!, down))) : given

  const across = Math.max(...parts.map(({ info }) => (down ? info.width : info.height)))
  const along = parts.reduce((sum, { info }) => sum + (down ? info.height : info.width), gap * (parts.length - 1))
  const sheet = blankSheet(down ? across : along, down ? along : across, await rgba('stack', 'background', background))
  let offset = 0
  for (const [i, part] of parts.entries()) {
    const { width, height } = part.info
    const beside = align === 'center' ? Math.floor((across - (down ? width : height)) / 2) : 0
    const [x, y] = down ? [beside, offset] : [offset, beside]
    drawOnSheet(sheet, part, x, y)
    await drawLabel('stack', sheet, texts[i] ?? '', label, { x, y, width, height })
    offset += gap + (down ? height : width)
  }
  return sheetPipeline(sheet)
}

function sameSide(part: RawPicture, first: RawPicture, down: boolean): Promise<RawPicture> {
  const scale = down ? first.info.width / part.info.width : first.info.height / part.info.height
  const width = down ? first.info.width : Math.max(1, Math.round(part.info.width * scale))
  const height = down ? Math.max(1, Math.round(part.info.height * scale)) : first.info.height
  return resizePixels(part, width, height)
}
