// CanvasElement: its size is kept in the guest, its pixels on the native side.
import { resetContextState } from './context-memory.ts'
import { makeContext } from './context.ts'
import type { CanvasRenderingContext2D } from './context.ts'
import { bind, handleOf, retryAfterSweep, newHandle, trackPixels } from './handles.ts'
import { defineSynchronous, define } from './methods.ts'
import { SLOW_METHODS } from './command-table.ts'
import { request, wait } from './wire.ts'

interface Size {
  width: number
  height: number
}

const sizes = new WeakMap<object, Size>()

export class CanvasElement {
  declare ctx?: CanvasRenderingContext2D
  constructor(...args: unknown[]) {
    const handle = newHandle()
    const size = retryAfterSweep(() =>
      request('canvas.canvas', { handle }, args.length < 2 ? [args[0], undefined] : args),
    ) as Size
    sizes.set(this, size)
    bind(this, 'canvas', handle)
    trackPixels(this, size.width * size.height)
  }
  get width(): number {
    return sizeOf(this).width
  }
  set width(value: number) {
    resize(this, 'width', value)
  }
  get height(): number {
    return sizeOf(this).height
  }
  set height(value: number) {
    resize(this, 'height', value)
  }
}

const prototype = CanvasElement.prototype
for (const name of ['width', 'height']) {
  const accessor = Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor
  Object.defineProperty(prototype, name, { ...accessor, enumerable: true })
}

for (const name of ['toBuffer', 'toDataURL', 'encodeSync', 'data']) defineSynchronous(prototype, 'canvas', name)
for (const name of SLOW_METHODS.canvas ?? []) define(prototype, name, (self, args) => startOperation(self, name, args))

define(prototype, 'getContext', (self, args) => {
  const canvas = self as CanvasElement
  if (canvas.ctx && args[0] === '2d') return canvas.ctx
  const context = makeContext(canvas, 'canvas', args)
  Object.defineProperty(canvas, 'ctx', { value: context, writable: false, enumerable: false, configurable: false })
  return context
})

for (const [name, instead] of [
  ['encodeStream', "await canvas.encode('png')"],
  ['savePng', "writeFileSync(name, canvas.toBuffer('image/png'))"],
  ['toBlob', "canvas.toBuffer('image/png')"],
  ['convertToBlob', "await canvas.encode('png')"],
] as const) {
  define(prototype, name, () => {
    throw Object.assign(new Error(`canvas.${name} is not available in the sandbox; use ${instead} instead`), {
      code: 'EASEL_UNAVAILABLE',
    })
  })
}

// Starts at once, so it sees exactly what was drawn so far and a wrong format throws here; the result is awaited
// separately.
function startOperation(canvas: object, name: string, args: readonly unknown[]): Promise<unknown> {
  const job = newHandle()
  request('canvas.start', { handle: handleOf(canvas, 'canvas'), method: name, job }, args)
  return wait('canvas.finish', { job })
}

function resize(canvas: object, name: 'width' | 'height', value: unknown): void {
  const size = sizeOf(canvas)
  size[name] = request('canvas.set', { handle: handleOf(canvas, 'canvas'), name }, [value]) as number
  const context = (canvas as CanvasElement).ctx
  if (context) resetContextState(context)
}

function sizeOf(canvas: object): Size {
  const size = sizes.get(canvas)
  if (!size) throw new TypeError('Illegal invocation')
  return size
}
