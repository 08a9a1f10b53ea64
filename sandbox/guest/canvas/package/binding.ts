// Replaces @napi-rs/canvas's native module; the package's own JavaScript runs on it unchanged.
import { createImageData } from '../image-data.ts'
import { CanvasRenderingContext2D } from '../context.ts'
import { define } from '../methods.ts'

export { CanvasElement } from '../canvas-element.ts'
export { CanvasGradient, CanvasPattern } from '../paint.ts'
export { FontKey, GlobalFonts } from '../global-fonts.ts'
export { Image } from '../image.ts'
export { ImageData } from '../image-data.ts'
export { Path } from '../path.ts'
export { PdfDocument, SVGCanvas } from '../vector.ts'
export { CanvasRenderingContext2D }

define(CanvasRenderingContext2D.prototype, 'createImageData', (_self, args) =>
  createImageData(args[0], args[1], args[2]),
)

/** A no-op: Skia's caches belong to the whole process, not to a session. */
export function clearAllCache(): void {}

export const GifEncoder = refused('GifEncoder', "use animate() of 'easel', or 'gifenc'")
export const LottieAnimation = refused('LottieAnimation', 'draw the frames yourself')
export const convertSVGTextToPath = refused('convertSVGTextToPath', 'load the SVG with loadImage')

export const PathOp = list({ Difference: 0, Intersect: 1, Union: 2, Xor: 3, ReverseDifference: 4 })
export const FillType = list({ Winding: 0, EvenOdd: 1, InverseWinding: 2, InverseEvenOdd: 3 })
export const StrokeJoin = list({ Miter: 0, Round: 1, Bevel: 2 })
export const StrokeCap = list({ Butt: 0, Round: 1, Square: 2 })
export const GifDisposal = list({ Keep: 0, Background: 1, Previous: 2 })
export const ChromaSubsampling = list({ Yuv444: 0, Yuv422: 1, Yuv420: 2, Yuv400: 3 })
export const SvgExportFlag = list({ ConvertTextToPaths: 1, NoPrettyXML: 2, RelativePathEncoding: 4 })

function refused(name: string, instead: string): new () => object {
  const why = `${name} of @napi-rs/canvas is not available in the sandbox; ${instead}`
  return function () {
    throw Object.assign(new Error(why), { code: 'EASEL_UNAVAILABLE' })
  } as unknown as new () => object
}

function list(values: Record<string, number>): Readonly<Record<string, number>> {
  const made: Record<string, number> = {}
  for (const [name, value] of Object.entries(values)) Object.defineProperty(made, name, { value, enumerable: false })
  return made
}
