// Maps guest objects to native objects. Nothing is stored on the object itself, so console.log and keys match Node.
import { collect } from '../core/collector.ts'
import type { Kind } from './command-table.ts'

interface Native {
  readonly kind: Kind
  readonly handle: number
}

let lastHandle = 0
let released: number[] = []

const natives = new WeakMap<object, Native>()
const lost = new FinalizationRegistry<number>((handle) => released.push(handle))

/** Canvases and images, whose pixels use native memory; unreachable ones are freed before a new one is refused. */
const pixelOwners = new Map<number, WeakRef<object>>()

// The garbage collector does not see native pixels. Where it can be called, it is; otherwise each canvas is tied to an
// ArrayBuffer of a size that the collector does see.
const ballast = new WeakMap<object, ArrayBuffer>()
const SWEEP_AFTER = 24_000_000
let pixelsSinceSweep = 0

/** Returns a handle that is unique in this session. */
export function newHandle(): number {
  lastHandle += 1
  return lastHandle
}

/** Returns the handles whose objects have become unreachable since the last call. */
export function takeReleased(): number[] {
  const handles = released
  released = []
  return handles
}

/** Maps an object to a new handle (or to `handle`). */
export function bind(object: object, kind: Kind, handle = newHandle()): number {
  natives.set(object, { kind, handle })
  if (kind === 'canvas' || kind === 'image') pixelOwners.set(handle, new WeakRef(object))
  else lost.register(object, handle)
  return handle
}

/**
 * The handle of an object of this kind; throws 'Illegal invocation' for others, like a native method on a foreign
 * `this`.
 */
export function handleOf(object: unknown, kind: Kind): number {
  const native = nativeOf(object)
  if (native?.kind !== kind) throw new TypeError('Illegal invocation')
  return native.handle
}

/** The native object that a value is mapped to, if any. */
export function nativeOf(object: unknown): Native | undefined {
  return typeof object === 'object' && object !== null ? natives.get(object) : undefined
}

/** Frees the pixels of unreachable canvases and images. */
function sweep(): void {
  pixelsSinceSweep = 0
  collect?.()
  for (const [handle, reference] of pixelOwners) {
    if (reference.deref() !== undefined) continue
    pixelOwners.delete(handle)
    released.push(handle)
  }
}

/** Runs `make`; if the session's pixel limit is reached, frees unreachable canvases and images and retries once. */
export function retryAfterSweep<T>(make: () => T): T {
  if (pixelsSinceSweep > SWEEP_AFTER) sweep()
  try {
    return make()
  } catch (error) {
    if ((error as { code?: string }).code !== 'EASEL_LIMIT_CANVASES') throw error
    sweep()
    return make()
  }
}

/** Accounts for the pixels that an object uses on the native side. */
export function trackPixels(object: object, pixels: number): void {
  pixelsSinceSweep += pixels
  if (!collect) ballast.set(object, new ArrayBuffer(pixels >>> 1))
}
