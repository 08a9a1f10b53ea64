// Computes the largest picture in a pipeline, following the order and arithmetic of sharp's pipeline.cc: sharp limits
// what it reads, but nothing that it makes.
import type { Measured } from './measure.ts'
import type { Settings } from './settings.ts'

/** Pages of `width` x `height`, the height of one page. */
export interface Size {
  readonly width: number
  readonly height: number
  readonly pages: number
}

/** The largest and the last picture of a pipeline from `start` on; `others` are joined by channel or by bit. */
export function sizesOf(settings: Settings, start: Measured, others: readonly Measured[]): { peak: Size; last: Size } {
  const { pages } = start
  let peak: Size = start
  let last: Size = start
  const to = (size: { width: number; height: number }): void => {
    last = { width: size.width, height: size.height, pages }
    if (pixelsOf(last) > pixelsOf(peak)) peak = last
  }
  const turned = { width: settings.width, height: settings.height }
  const sideways = settings.input.autoOrient && start.orientation >= 5
  const quarter = settings.angle % 180 !== 0
  const before =
    settings.rotateBefore &&
    (settings.angle % 360 !== 0 || settings.rotationAngle !== 0 || settings.flip || settings.flop)
  const orientFirst = before || settings.orientBefore

  if (sideways && orientFirst) to(swapped(last))
  if (before && quarter) to(swapped(last))
  if (before && settings.rotationAngle !== 0) to(rotated(last, settings.rotationAngle))
  if (settings.topOffsetPre !== -1) to(within(last, settings.widthPre, settings.heightPre))
  to(resized(last, settings, sideways && !orientFirst ? swapped(turned) : turned))
  if (sideways && !orientFirst) to(swapped(last))
  if (!before && quarter) to(swapped(last))
  if (settings.joinChannelIn.length > 0) to(around(last, others))
  to(fitted(last, settings))
  if (!settings.rotateBefore && settings.rotationAngle !== 0) to(rotated(last, settings.rotationAngle))
  if (settings.topOffsetPost !== -1) to(within(last, settings.widthPost, settings.heightPost))
  if (settings.affineMatrix.length === 4) to(sheared(last, settings.affineMatrix))
  const { extendLeft, extendRight, extendTop, extendBottom } = settings
  to({ width: last.width + extendLeft + extendRight, height: last.height + extendTop + extendBottom })
  if (settings.boolean) to(around(last, others))
  return { peak, last }
}

/** Total pixels of all pages. */
export function pixelsOf({ width, height, pages }: Size): number {
  return width * height * pages
}

type Box = Pick<Size, 'width' | 'height'>

const swapped = ({ width, height }: Box): Box => ({ width: height, height: width })
const within = (box: Box, width: number, height: number): Box => ({
  width: Math.min(box.width, width),
  height: Math.min(box.height, height),
})

function rotated({ width, height }: Box, degrees: number): Box {
  const [sine, cosine] = [Math.abs(Math.sin((degrees * Math.PI) / 180)), Math.abs(Math.cos((degrees * Math.PI) / 180))]
  return { width: Math.ceil(width * cosine + height * sine), height: Math.ceil(width * sine + height * cosine) }
}

function sheared({ width, height }: Box, [a = 1, b = 0, c = 0, d = 1]: readonly number[]): Box {
  return {
    width: Math.ceil(Math.abs(a) * width + Math.abs(b) * height),
    height: Math.ceil(Math.abs(c) * width + Math.abs(d) * height),
  }
}

/** The factor by which a resize divides both sides, if nothing precedes it. */
export function shrinkOf(settings: Settings, start: Measured): number {
  const target = { width: settings.width, height: settings.height }
  const sideways = settings.input.autoOrient && start.orientation >= 5
  const { x, y } = scalesOf(start, settings, sideways ? swapped(target) : target)
  return Math.min(1 / x, 1 / y)
}

function resized(box: Box, settings: Settings, target: Box): Box {
  const { x, y } = scalesOf(box, settings, target)
  return { width: Math.max(1, Math.round(box.width * x)), height: Math.max(1, Math.round(box.height * y)) }
}

/** ResolveShrink of sharp's common.cc. */
function scalesOf(box: Box, settings: Settings, target: Box): { x: number; y: number } {
  let x = target.width > 0 ? target.width / box.width : 1
  let y = target.height > 0 ? target.height / box.height : 1
  if (settings.canvas !== 'ignore_aspect') {
    if (target.width > 0 && target.height > 0) {
      const cover = settings.canvas === 'crop' || settings.canvas === 'min'
      x = y = cover ? Math.max(x, y) : Math.min(x, y)
    } else if (target.width > 0) y = x
    else x = y
  }
  if (settings.withoutReduction) [x, y] = [Math.max(1, x), Math.max(1, y)]
  else if (settings.withoutEnlargement) [x, y] = [Math.min(1, x), Math.min(1, y)]
  return { x, y }
}

/** The crop or padding that follows a resize. */
function fitted(box: Box, { width, height, canvas }: Settings): Box {
  const target = { width: width > 0 ? width : box.width, height: height > 0 ? height : box.height }
  if (canvas === 'embed') return around(box, [target])
  return canvas === 'crop' ? within(box, target.width, target.height) : box
}

function around(box: Box, others: readonly Box[]): Box {
  return {
    width: Math.max(box.width, ...others.map((other) => other.width)),
    height: Math.max(box.height, ...others.map((other) => other.height)),
  }
}
