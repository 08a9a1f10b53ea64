// Requests that create canvases, PDFs, paths and images.
import { imageProperties } from './images.ts'
import { checkPixels } from './objects.ts'
import { addObject, sideOf, type CanvasHandler } from './request.ts'
import { createCanvas, Image, ImageData, Path2D, PDFDocument } from './skia.ts'
import { checkNoNul } from './values.ts'

/** By the operation's name. */
export const CREATE: Readonly<Record<string, CanvasHandler>> = {
  canvas: (request) => {
    const [width, height] = request.values
    const pixels = sideOf(width, 350) * sideOf(height, 150)
    request.session.setPixels(0, pixels, request.context.limits, 'A canvas')
    const canvas = createCanvas(width as number, height as number)
    addObject(request, request.handle, 'canvas', canvas, pixels)
    return { width: canvas.width, height: canvas.height }
  },
  svg: (request) => {
    const [width, height, flag] = request.values
    checkPixels(sideOf(width, 350) * sideOf(height, 150), request.context.limits, 'An SVG canvas')
    const canvas = createCanvas(width as number, height as number, (flag ?? 0) as number)
    addObject(request, request.handle, 'svg', canvas)
    return { width: canvas.width, height: canvas.height }
  },
  pdf: (request) => {
    checkNoNul(Object.values(Object(request.values[0])))
    addObject(request, request.handle, 'pdf', new PDFDocument(request.values[0] as object))
  },
  path: (request) => {
    const path = new (Path2D as unknown as new (...args: unknown[]) => Path2D)(...request.values)
    addObject(request, request.handle, 'path', path)
  },
  image: (request) => {
    const [width, height] = request.values
    if (typeof width === 'number' && typeof height === 'number')
      checkPixels(width * height || 0, request.context.limits, 'An image')
    const image = new (Image as unknown as new (...args: unknown[]) => Image)(...request.values)
    addObject(request, request.handle, 'image', image)
    return imageProperties(image)
  },
  pixels: (request) => {
    const { width = 0, height = 0 } = request
    checkPixels(width * height, request.context.limits, 'An ImageData')
    const data = request.values[0]
    const whole = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0
    if (!whole || !ArrayBuffer.isView(data) || (data as Uint16Array).length !== width * height * 4)
      throw new Error('malformed canvas argument')
    return new ImageData(data as Uint16Array, width, height)
  },
}
