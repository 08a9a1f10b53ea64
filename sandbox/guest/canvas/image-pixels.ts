// The pixels of every ImageData, apart from its class: the class asks by the wire, and the wire brings such pixels.

/** What an ImageData holds. */
interface Picture {
  readonly data: Uint8ClampedArray
}

export interface Size {
  readonly width: number
  readonly height: number
}

const sizes = new WeakMap<object, Size>()

let prototype: object = Object.prototype

/** The class says which prototype those have that its constructor did not make. */
export function enrol(own: object): void {
  prototype = own
}

/** Wraps pixels that came from the native side, without a copy. */
export function makeImageData(bytes: Uint8Array, width: number, height: number): Picture {
  const data = new Uint8ClampedArray(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength)
  return fill(Object.create(prototype) as Picture, data, { width, height })
}

/** Size and pixels of an ImageData; undefined for everything else. */
export function imageDataOf(value: object): (Size & Picture) | undefined {
  const size = sizes.get(value)
  return size && { ...size, data: (value as Picture).data }
}

/** Gives an object its pixels and their size. */
export function fill<T extends object>(target: T, data: Uint8ClampedArray, size: Size): T {
  sizes.set(target, size)
  Object.defineProperty(target, 'data', { value: data, writable: false, enumerable: true, configurable: false })
  return target
}

/** The size of an ImageData; throws on a foreign object, as the real getters do. */
export function sizeOfPicture(target: object): Size {
  const size = sizes.get(target)
  if (!size) throw new TypeError('Illegal invocation')
  return size
}
