// ImageData: pixels live in guest memory; putImageData sends a copy to the native side.
import { setImageDataPrototype, attachPixels, sizeOfPicture, type Size } from './image-pixels.ts'
import { request } from './wire.ts'

/**
 * Like the real class: `new ImageData(w, h)`, `new ImageData(pixels, w, h?)`; `data` is RGBA, 8 bits each, not
 * premultiplied.
 */
export class ImageData {
  declare readonly data: Uint8ClampedArray
  constructor(first?: unknown, second?: unknown, third?: unknown) {
    if (typeof first === 'number') {
      const size = { width: first >>> 0, height: whole(second) }
      return attachPixels(this, new Uint8ClampedArray(size.width * size.height * 4), size)
    }
    if (isKind(first, 'Uint8ClampedArray'))
      return attachPixels(this, first.slice(), sizeOf(first.length, second, third))
    if (!isKind(first, 'Uint16Array') && !isKind(first, 'Float32Array'))
      throw invalid('Value is none of these types `u32`, `TypedArray<u8>`, `TypedArray<u16>`, `TypedArray<f32>`, ')
    const size = sizeOf((first as ArrayLike<number>).length, second, third)
    const { data } = request('canvas.pixels', { width: size.width, height: size.height }, [first]) as ImageData
    return attachPixels(this, data, size)
  }
  get width(): number {
    return sizeOfPicture(this).width
  }
  get height(): number {
    return sizeOfPicture(this).height
  }
}

setImageDataPrototype(ImageData.prototype)
for (const name of ['width', 'height']) {
  const getter = Object.getOwnPropertyDescriptor(ImageData.prototype, name) as PropertyDescriptor
  Object.defineProperty(ImageData.prototype, name, { ...getter, enumerable: true })
}

/** createImageData(w, h) and createImageData(pixels, w, h?) of a context; negative sizes count as positive. */
export function createImageData(first: unknown, second: unknown, third: unknown): ImageData {
  if (isKind(first, 'Uint8ClampedArray')) return new ImageData(first, second, third)
  if (typeof first !== 'number') throw invalid('Value is none of these types `i32`, `Uint8ClampedArray`, ')
  if (typeof second !== 'number') throw expected(second, 'i32')
  return new ImageData(Math.abs(first | 0), Math.abs(second | 0))
}

function sizeOf(length: number, second: unknown, third: unknown): Size {
  const width = whole(second)
  const settings = third === undefined || third === null || typeof third === 'object'
  if (!settings && typeof third !== 'number') throw invalid('Value is none of these types `u32`, `Settings`, ')
  // A width of zero crashes the process in the real package; here it throws.
  const height = settings ? length / 4 / width : third >>> 0
  if (!Number.isInteger(height) || width * height * 4 !== length)
    throw invalid('Index or size is negative or greater than the allowed amount')
  return { width, height }
}

function whole(value: unknown): number {
  if (typeof value !== 'number') throw expected(value, 'u32')
  return value >>> 0
}

function isKind(value: unknown, name: string): value is Uint8ClampedArray {
  return ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === `[object ${name}]`
}

function expected(value: unknown, type: string): Error {
  const kind = value === undefined ? 'Undefined' : value === null ? 'Null' : typeof value
  const napi = kind.charAt(0).toUpperCase() + kind.slice(1)
  return Object.assign(new Error(`Failed to convert napi value ${napi} into rust type \`${type}\``), {
    code: 'NumberExpected',
  })
}

function invalid(message: string): Error {
  return Object.assign(new Error(message), { code: 'InvalidArg' })
}
