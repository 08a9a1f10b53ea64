// Which native object a guest object stands for. Nothing of it shows on the object: console.log and keys stay as in Node.
import { collect } from '../core/collector.ts'
import type { Kind } from './table.ts'

interface Native {
  readonly kind: Kind
  readonly handle: number
}

let lastHandle = 0
let released: number[] = []

const natives = new WeakMap<object, Native>()
const lost = new FinalizationRegistry<number>((handle) => released.push(handle))

/** Canvases and images, whose pixels weigh on the native side: swept before a new one is refused. */
const heavy = new Map<number, WeakRef<object>>()

// The collector knows nothing of pixels on the native side. Where it can be called it is; elsewhere each canvas drags
// some memory along that the collector does see.
const ballast = new WeakMap<object, ArrayBuffer>()
const SWEEP_AFTER = 40_000_000
let grown = 0

/** A handle that no other object of this session has. */
export function newHandle(): number {
  lastHandle += 1
  return lastHandle
}

/** The handles that nobody can reach any more, once. */
export function takeReleased(): number[] {
  const handles = released
  released = []
  return handles
}

/** Binds an object to a new handle (or to `handle`). */
export function bind(object: object, kind: Kind, handle = newHandle()): number {
  natives.set(object, { kind, handle })
  if (kind === 'canvas' || kind === 'image') heavy.set(handle, new WeakRef(object))
  else lost.register(object, handle)
  return handle
}

/** The handle of an object of this kind; throws as a native method called on a foreign `this` does. */
export function handleOf(object: unknown, kind: Kind): number {
  const native = nativeOf(object)
  if (native?.kind !== kind) throw new TypeError('Illegal invocation')
  return native.handle
}

/** The native object behind a value, if there is one. */
export function nativeOf(object: unknown): Native | undefined {
  return typeof object === 'object' && object !== null ? natives.get(object) : undefined
}

/** Frees the pixels of canvases and images that nobody can reach any more. */
function sweep(): void {
  grown = 0
  collect?.()
  for (const [handle, reference] of heavy) {
    if (reference.deref() !== undefined) continue
    heavy.delete(handle)
    released.push(handle)
  }
}

/** Runs `make`; when the session's pixels are used up, frees what is unreachable and tries once more. */
export function makeSpace<T>(make: () => T): T {
  if (grown > SWEEP_AFTER) sweep()
  try {
    return make()
  } catch (error) {
    if ((error as { code?: string }).code !== 'EASEL_LIMIT_CANVASES') throw error
    sweep()
    return make()
  }
}

/** Notes that an object holds so many pixels on the native side. */
export function weighDown(object: object, pixels: number): void {
  grown += pixels
  if (!collect) ballast.set(object, new ArrayBuffer(pixels >>> 1))
}
