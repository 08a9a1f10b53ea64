// Image: decoded on the native side; file names refer to files of the session.
import { bind, handleOf, retryAfterSweep, newHandle, trackPixels } from './handles.ts'
import { define } from './methods.ts'
import { request, wait } from './wire.ts'

/** The native side's view of an image after a change. */
interface ImageInfo {
  readonly width: number
  readonly height: number
  readonly naturalWidth: number
  readonly naturalHeight: number
  readonly complete: boolean
  readonly currentSrc: string | null
}

interface ImageState {
  facts: ImageInfo
  src: unknown
  alt: string
  /** Resolves when the current `src` is decoded; rejects if it cannot be. */
  loading: Promise<void>
}

const memories = new WeakMap<object, ImageState>()

/** Like the real class: `src` takes bytes, a data URL or a file of the session; `onload`, `onerror`, `decode()`. */
export class Image {
  declare onload?: () => void
  declare onerror?: (error: unknown) => void
  constructor(...args: unknown[]) {
    const handle = newHandle()
    const facts = request('canvas.image', { handle }, args) as ImageInfo
    bind(this, 'image', handle)
    memories.set(this, { facts, src: null, alt: '', loading: Promise.resolve() })
  }
}

const prototype = Image.prototype
for (const name of ['naturalWidth', 'naturalHeight', 'complete', 'currentSrc'] as const) {
  property(name, (self) => memoryOf(self).facts[name])
}
for (const name of ['width', 'height'] as const) {
  property(
    name,
    (self) => memoryOf(self).facts[name],
    (self, value) => {
      memoryOf(self).facts = request('canvas.set', { handle: handleOf(self, 'image'), name }, [value]) as ImageInfo
    },
  )
}
property(
  'alt',
  (self) => memoryOf(self).alt,
  (self, value) => {
    request('canvas.set', { handle: handleOf(self, 'image'), name: 'alt' }, [value])
    memoryOf(self).alt = value as string
  },
)
property(
  'src',
  (self) => memoryOf(self).src,
  (self, value) => load(self, value),
)
define(prototype, 'decode', (self) => memoryOf(self).loading)

function load(image: Image, value: unknown): void {
  const memory = memoryOf(image)
  const handle = handleOf(image, 'image')
  const job = newHandle()
  const usable = typeof value === 'string' || value instanceof Uint8Array ? value : undefined
  memory.src =
    value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : (usable ?? null)
  const answer = retryAfterSweep(() => request('canvas.load', { handle, job }, [usable])) as {
    facts: ImageInfo
    waits: boolean
    svg: boolean
  }
  memory.facts = answer.facts
  trackPixels(image, pixelsOf(answer.facts))
  if (!answer.waits) {
    memory.loading = Promise.resolve()
    if (answer.svg) image.onload?.()
    return
  }
  const loading = wait('canvas.finish', { job }).then((known) => {
    const facts = known as ImageInfo
    // A file's dimensions are known only after decoding.
    const more = pixelsOf(facts) - pixelsOf(answer.facts)
    if (more > 0) trackPixels(image, more)
    if (isLoading(memory, loading)) memory.facts = facts
  })
  memory.loading = loading
  loading.then(
    () => image.onload?.(),
    (error: unknown) => handleLoadError(image, memory, loading, error),
  )
}

function handleLoadError(image: Image, memory: ImageState, loading: Promise<void>, error: unknown): void {
  if (isLoading(memory, loading)) {
    memory.facts = { ...memory.facts, width: 0, height: 0, naturalWidth: 0, naturalHeight: 0, complete: true }
  }
  image.onerror?.(error)
}

function pixelsOf({ naturalWidth, naturalHeight }: ImageInfo): number {
  return naturalWidth * naturalHeight
}

// False if `src` has been set again in the meantime.
function isLoading(memory: ImageState, loading: Promise<void>): boolean {
  return memory.loading === loading
}

function memoryOf(image: object): ImageState {
  const memory = memories.get(image)
  if (!memory) throw new TypeError('Illegal invocation')
  return memory
}

function property(name: string, get: (self: object) => unknown, set?: (self: object, value: unknown) => void): void {
  Object.defineProperty(prototype, name, {
    enumerable: true,
    configurable: true,
    get(this: object) {
      return get(this)
    },
    set:
      set &&
      function (this: object, value: unknown) {
        set(this, value)
      },
  })
}
