// Computes the largest picture in a pipeline, following the order and arithmetic of sharp's pipeline.cc: sharp limits
// what it reads, but nothing that it makes.
import type { ImageSize } from './measure.ts'
import type { Settings } from './settings.ts'

/** Pages of `width` x `height`, the height of one page. */
export interface Size {
  readonly width: number
  readonly height: number
  readonly pages: number
}

/** The largest and the last picture of a pipeline from `start` on; `others` are joined by channel or by bit. */
export function sizesOf(
  settings: Settings,
  start: ImageSize,
  others: readonly ImageSize[],
): { peak: Size; last: Size } {
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

  if (sideways && orientFirst) to(swapSides(last))
  if (before && quarter) to(swapSides(last))
  if (before && settings.rotationAngle !== 0) to(rotate(last, settings.rotationAngle))
  if (settings.topOffsetPre !== -1) to(cropTo(last, settings.widthPre, settings.heightPre))
  to(resize(last, settings, sideways && !orientFirst ? swapSides(turned) : turned))
  if (sideways && !orientFirst) to(swapSides(last))
  if (!before && quarter) to(swapSides(last))
  if (settings.joinChannelIn.length > 0) to(enclose(last, others))
  to(cropOrPad(last, settings))
  if (!settings.rotateBefore && settings.rotationAngle !== 0) to(rotate(last, settings.rotationAngle))
  if (settings.topOffsetPost !== -1) to(cropTo(last, settings.widthPost, settings.heightPost))
  if (settings.affineMatrix.length === 4) to(applyAffine(last, settings.affineMatrix))
  const { extendLeft, extendRight, extendTop, extendBottom } = settings
  to({ width: last.width + extendLeft + extendRight, height: last.height + extendTop + extendBottom })
  if (settings.boolean) to(enclose(last, others))
  return { peak, last }
}

/** Total pixels of all pages. */
export function pixelsOf({ width, height, pages }: Size): number {
  return width * height * pages
}

type Box = Pick<Size, 'width' | 'height'>

const swapSides = ({ width, height }: Box): Box => ({ width: height, height: width })
const cropTo = (box: Box, width: number, height: number): Box => ({
  width: Math.min(box.width, width),
  height: Math.min(box.height, height),
})

function rotate({ width, height }: Box, degrees: number): Box {
  const [sine, cosine] = [Math.abs(Math.sin((degrees * Math.PI) / 180)), Math.abs(Math.cos((degrees * Math.PI) / 180))]
  return { width: Math.ceil(width * cosine + height * sine), height: Math.ceil(width * sine + height * cosine) }
}

function applyAffine({ width, height }: Box, [a = 1, b = 0, c = 0, d = 1]: readonly number[]): Box {
  return {
    width: Math.ceil(Math.abs(a) * width + Math.abs(b) * height),
    height: Math.ceil(Math.abs(c) * width + Math.abs(d) * height),
  }
}

/** The factor by which a resize divides both sides, if nothing precedes it. */
export function shrinkOf(settings: Settings, start: ImageSize): number {
  const target = { width: settings.width, height: settings.height }
  const sideways = settings.input.autoOrient && start.orientation >= 5
  const { x, y } = scalesOf(start, settings, sideways ? swapSides(target) : target)
  return Math.min(1 / x, 1 / y)
}

function resize(box: Box, settings: Settings, target: Box): Box {
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
function cropOrPad(box: Box, { width, height, canvas }: Settings): Box {
  const target = { width: width > 0 ? width : box.width, height: height > 0 ? height : box.height }
  if (canvas === 'embed') return enclose(box, [target])
  return canvas === 'crop' ? cropTo(box, target.width, target.height) : box
}

function enclose(box: Box, others: readonly Box[]): Box {
  return {
    width: Math.max(box.width, ...others.map((other) => other.width)),
    height: Math.max(box.height, ...others.map((other) => other.height)),
  }
}
