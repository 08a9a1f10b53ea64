// The pixels of every ImageData, separate from the class to avoid an import cycle between the class and the wire.

/** The fields of an ImageData. */
interface Picture {
  readonly data: Uint8ClampedArray
}

export interface Size {
  readonly width: number
  readonly height: number
}

const sizes = new WeakMap<object, Size>()

let prototype: object = Object.prototype

/** Sets the prototype for instances made by `makeImageData` instead of the constructor. */
export function setImageDataPrototype(own: object): void {
  prototype = own
}

/** Wraps pixels from the native side without copying them. */
export function makeImageData(bytes: Uint8Array, width: number, height: number): Picture {
  const data = new Uint8ClampedArray(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength)
  return attachPixels(Object.create(prototype) as Picture, data, { width, height })
}

/** Size and pixels of an ImageData; undefined for any other value. */
export function imageDataOf(value: object): (Size & Picture) | undefined {
  const size = sizes.get(value)
  return size && { ...size, data: (value as Picture).data }
}

/** Attaches pixels and their size to an object. */
export function attachPixels<T extends object>(target: T, data: Uint8ClampedArray, size: Size): T {
  sizes.set(target, size)
  Object.defineProperty(target, 'data', { value: data, writable: false, enumerable: true, configurable: false })
  return target
}

/** The size of an ImageData; throws for other objects, as the real getters do. */
export function sizeOfPicture(target: object): Size {
  const size = sizes.get(target)
  if (!size) throw new TypeError('Illegal invocation')
  return size
}
