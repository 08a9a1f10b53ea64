// CanvasRenderingContext2D: records drawing calls, which the real context on the native side replays.
import { resetContextState, contextStateOf, createContextState } from './context-memory.ts'
import { bind, handleOf, newHandle } from './handles.ts'
import { defineSynchronous, define, invoke, defineRecorded, variantsOf } from './methods.ts'
import type { Guard } from './methods.ts'
import { mayFailToDraw, makeGradient, makePattern } from './paint.ts'
import { defineProperties } from './properties.ts'
import { METHODS } from './command-table.ts'
import { measureCached } from './text.ts'
import { request } from './wire.ts'

const RULES = new Set(['evenodd', 'nonzero'])

/** Snippets see this class's name and prototype, but cannot construct it. */
export class CanvasRenderingContext2D {
  declare canvas: object
  constructor() {
    throw new Error('Failed to convert napi value Undefined into rust type `u32`')
  }
}

/** Creates a canvas's context with one synchronous request, so that the real package validates the attributes. */
export function makeContext(
  canvas: object,
  kind: 'canvas' | 'svg',
  args: readonly unknown[],
): CanvasRenderingContext2D {
  const result = newHandle()
  request('canvas.invoke', { handle: handleOf(canvas, kind), method: 'getContext', result }, args)
  const context = bindContext(result)
  Object.defineProperty(context, 'canvas', { value: canvas, writable: true, enumerable: true, configurable: false })
  return context
}

/** The guest's context for a native one that has been created under this handle. */
export function bindContext(handle: number): CanvasRenderingContext2D {
  const context = Object.create(CanvasRenderingContext2D.prototype) as CanvasRenderingContext2D
  bind(context, 'context', handle)
  createContextState(context)
  return context
}

const guard: Guard = (self, name, args) => {
  const memory = contextStateOf(self)
  if (name === 'save') memory.text.save()
  else if (name === 'restore') memory.text.restore()
  else if (name === 'reset') resetContextState(self)
  else if (name === 'setLineDash' && !isPlainDash(args[0] as number[])) memory.careful = true
  else if ((name === 'fill' || name === 'clip') && !args.every((rule) => typeof rule !== 'string' || RULES.has(rule)))
    return false
  return !memory.careful
}

// Skia fails at drawing time if a dash is negative or NaN, or if all dashes are zero.
function isPlainDash(segments: readonly number[]): boolean {
  return segments.every((value) => Number.isFinite(value) && value > 0)
}

const prototype = CanvasRenderingContext2D.prototype
const variants = variantsOf('context')
const GRADIENTS = ['createLinearGradient', 'createRadialGradient', 'createConicGradient']

for (const name of METHODS.context) {
  const list = variants.get(name)
  if (list) defineRecorded(prototype, 'context', name, list, guard)
  else defineSynchronous(prototype, 'context', name)
}
for (const name of GRADIENTS) define(prototype, name, (self, args) => makeGradient(self, name, args))
define(prototype, 'createPattern', makePattern)
defineProperties(prototype, mayFailToDraw)

for (const name of ['fillText', 'strokeText']) {
  const inner = (prototype as unknown as Record<string, (...args: unknown[]) => unknown>)[name]
  define(prototype, name, (self, [text, ...rest]) => inner?.call(self, `${text as string | number}`, ...rest))
}

define(prototype, 'measureText', (self, args) => {
  const text = `${args[0] as string | number}`
  const { text: state, careful } = contextStateOf(self)
  const ask = () => invoke(self, 'context', 'measureText', [text]) as object
  return careful ? ask() : measureCached(state.key(), text, ask)
})

define(
  prototype,
  'setLineDash',
  ((inner) => (self: object, args: readonly unknown[]) => {
    // The real package validates anything but a plain array of numbers; later calls on this context are then
    // synchronous.
    if (!Array.isArray(args[0]) || !args[0].every((item) => typeof item === 'number'))
      contextStateOf(self).careful = true
    return inner?.apply(self, [...args])
  })((prototype as unknown as Record<string, (...args: unknown[]) => unknown>)['setLineDash']),
)
