// CanvasRenderingContext2D: records what it is told; the real one, on the native side, draws it.
import { forget, memoryOf, remember } from './context-memory.ts'
import { bind, handleOf, newHandle } from './handles.ts'
import { asked, define, invoke, recorded, variantsOf } from './methods.ts'
import type { Guard } from './methods.ts'
import { isOdd, makeGradient, makePattern } from './paint.ts'
import { defineProperties } from './properties.ts'
import { METHODS } from './table.ts'
import { measured } from './text.ts'
import { request } from './wire.ts'

const RULES = new Set(['evenodd', 'nonzero'])

/** The class's name and prototype are those a snippet sees; it cannot be constructed. */
export class CanvasRenderingContext2D {
  declare canvas: object
  constructor() {
    throw new Error('Failed to convert napi value Undefined into rust type `u32`')
  }
}

/** The context of a canvas: asked once, so that attributes are judged by the real package. */
export function makeContext(canvas: object, args: readonly unknown[]): CanvasRenderingContext2D {
  const result = newHandle()
  request('canvas.invoke', { handle: handleOf(canvas, 'canvas'), method: 'getContext', result }, args)
  const context = Object.create(CanvasRenderingContext2D.prototype) as CanvasRenderingContext2D
  bind(context, 'context', result)
  remember(context)
  Object.defineProperty(context, 'canvas', { value: canvas, writable: true, enumerable: true, configurable: false })
  return context
}

const guard: Guard = (self, name, args) => {
  const memory = memoryOf(self)
  if (name === 'save') memory.text.save()
  else if (name === 'restore') memory.text.restore()
  else if (name === 'reset') forget(self)
  else if (name === 'setLineDash' && !isPlainDash(args[0] as number[])) memory.careful = true
  else if ((name === 'fill' || name === 'clip') && !args.every((rule) => typeof rule !== 'string' || RULES.has(rule)))
    return false
  return !memory.careful
}

// Skia refuses dashes that are negative, NaN or nothing but zeros when something is drawn.
function isPlainDash(segments: readonly number[]): boolean {
  return segments.every((value) => Number.isFinite(value) && value > 0)
}

const prototype = CanvasRenderingContext2D.prototype
const variants = variantsOf('context')
const GRADIENTS = ['createLinearGradient', 'createRadialGradient', 'createConicGradient']

for (const name of METHODS.context) {
  const list = variants.get(name)
  if (list) recorded(prototype, 'context', name, list, guard)
  else asked(prototype, 'context', name)
}
for (const name of GRADIENTS) define(prototype, name, (self, args) => makeGradient(self, name, args))
define(prototype, 'createPattern', makePattern)
defineProperties(prototype, isOdd)

for (const name of ['fillText', 'strokeText']) {
  const inner = (prototype as unknown as Record<string, (...args: unknown[]) => unknown>)[name]
  define(prototype, name, (self, [text, ...rest]) => inner?.call(self, `${text as string | number}`, ...rest))
}

define(prototype, 'measureText', (self, args) => {
  const text = `${args[0] as string | number}`
  const { text: state, careful } = memoryOf(self)
  const ask = () => invoke(self, 'context', 'measureText', [text]) as object
  return careful ? ask() : measured(state.key(), text, ask)
})

define(
  prototype,
  'setLineDash',
  ((inner) => (self: object, args: readonly unknown[]) => {
    // Anything but a plain array of numbers is judged by the real package, and watched from then on.
    if (!Array.isArray(args[0]) || !args[0].every((item) => typeof item === 'number')) memoryOf(self).careful = true
    return inner?.apply(self, [...args])
  })((prototype as unknown as Record<string, (...args: unknown[]) => unknown>)['setLineDash']),
)
