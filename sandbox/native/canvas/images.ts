// Real images: bytes in, decoded pixels out, never larger than the picture limit.
import type { Image } from './skia.ts'
import { LimitError } from '../operation.ts'
import type { OperationContext } from '../operation.ts'
import { fileBytes, unreadable } from './files.ts'
import { declaredPixels } from './picture-size.ts'
import { checkPixels } from './objects.ts'
import type { CanvasSession } from './objects.ts'

/** The properties of an image that the guest mirrors. */
export function imageProperties(image: Image, currentSrc: string | null = image.currentSrc): object {
  const { width, height, naturalWidth, naturalHeight, complete } = image
  return { width, height, naturalWidth, naturalHeight, complete, currentSrc }
}

/** The result of `image.src = source`: properties at once, and a promise if something is still to be decoded. */
export interface ImageLoad {
  readonly facts: object
  readonly svg: boolean
  readonly job: Promise<object> | undefined
}

/** Sets an image's source: bytes, a data URL or a file of the session. */
export function loadImage(
  handle: number,
  source: unknown,
  session: CanvasSession,
  context: OperationContext,
): ImageLoad {
  const image = session.get(handle, 'image').object as Image
  if (source === undefined || source === '') return { facts: clear(image), svg: false, job: undefined }
  if (source instanceof Uint8Array) return fromBytes(handle, image, Buffer.from(source), null, session, context)
  if (typeof source !== 'string') throw new Error('malformed canvas argument')
  const name = source
  const before = { ...imageProperties(image), complete: false, width: 0, height: 0, naturalWidth: 0, naturalHeight: 0 }
  const job = Promise.resolve().then(() => {
    const bytes = resolveSource(name, context)
    const loading =
      typeof bytes === 'string' ? fromText(image, bytes) : fromBytes(handle, image, bytes, name, session, context)
    return loading.job ?? imageProperties(image, name)
  })
  return { facts: before, svg: false, job }
}

function fromBytes(
  handle: number,
  image: Image,
  bytes: Buffer,
  name: string | null,
  session: CanvasSession,
  context: OperationContext,
): ImageLoad {
  if (bytes.length === 0) return { facts: clear(image), svg: false, job: undefined }
  checkPixels(declaredPixels(bytes), context.limits, 'An image')
  const svg = detectSyncLoad(image, () => {
    image.src = bytes
  })
  updatePixels(handle, image, session, context)
  const job = svg
    ? Promise.resolve(imageProperties(image, name ?? image.currentSrc))
    : image.decode().then(() => {
        updatePixels(handle, image, session, context)
        return imageProperties(image, name ?? image.currentSrc)
      })
  return { facts: imageProperties(image, name ?? image.currentSrc), svg, job: svg && name === null ? undefined : job }
}

// Gets only data URLs that are not base64: the real package reports what is wrong with them.
function fromText(image: Image, text: string): ImageLoad {
  detectSyncLoad(image, () => {
    image.src = text
  })
  return { facts: imageProperties(image), svg: false, job: image.decode().then(() => imageProperties(image)) }
}

// An SVG loads synchronously, firing `onload` while its source is being set.
function detectSyncLoad(image: Image, act: () => void): boolean {
  let loaded = false
  image.onload = () => {
    loaded = true
  }
  image.onerror = () => undefined
  act()
  return loaded
}

function clear(image: Image): object {
  image.src = ''
  return imageProperties(image)
}

function updatePixels(handle: number, image: Image, session: CanvasSession, context: OperationContext): void {
  try {
    session.setPixels(handle, image.naturalWidth * image.naturalHeight, context.limits, 'An image')
  } catch (error) {
    image.src = ''
    throw error
  }
}

const BASE64 = /^\s*data:[^,]*;base64,([A-Za-z0-9+/]*={0,2})\s*$/

function resolveSource(name: string, context: OperationContext): Buffer | string {
  if (name.startsWith('data:')) {
    const encoded = BASE64.exec(name)?.[1]
    return encoded === undefined ? name : Buffer.from(encoded, 'base64')
  }
  if (/^https?:/.test(name))
    throw new Error(
      `Cannot load ${name.slice(0, 200)}: the sandbox has no network. Add the picture to the session's files.`,
    )
  const bytes = fileBytes(name, context.files)
  if (typeof bytes === 'string') throw unreadable(name, bytes)
  if (bytes.length > context.limits.fileBytes) {
    throw new LimitError(
      'EASEL_LIMIT_FILE_BYTES',
      `The file ${name} has ${bytes.length} bytes; the limit is ${context.limits.fileBytes}.`,
    )
  }
  return Buffer.from(bytes)
}
