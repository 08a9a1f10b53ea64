// Gradients and patterns: their handles, and the state that predicts whether drawing with them throws.
import { markAccepted, isAccepted } from './accepted.ts'
import { bind, handleOf, newHandle } from './handles.ts'
import { defineSynchronous, define, invoke, make, variantsOf } from './methods.ts'
import { begin, codeOf, put, putString, request } from './wire.ts'

/**
 * Number of colour stops, and whether Skia rejects the coordinates. Drawing throws without stops or with odd
 * coordinates.
 */
interface GradientState {
  stops: number
  readonly odd: boolean
}

const shades = new WeakMap<object, GradientState>()

/** As in the real package, snippets cannot construct it. */
export class CanvasGradient {
  constructor() {
    throw new Error('Class contains no `constructor`, can not new it!')
  }
}

export class CanvasPattern {
  constructor() {
    throw new Error('Class contains no `constructor`, can not new it!')
  }
}

const GRADIENTS: Readonly<Record<string, { letters: string; radii: readonly number[] }>> = {
  createLinearGradient: { letters: 'rnnnn', radii: [] },
  createRadialGradient: { letters: 'rnnnnnn', radii: [2, 5] },
  createConicGradient: { letters: 'rnnn', radii: [] },
}

/**
 * Implements createLinearGradient, createRadialGradient and createConicGradient; wrong arguments throw the real
 * package's error.
 */
export function makeGradient(context: object, name: string, args: readonly unknown[]): CanvasGradient {
  const owner = handleOf(context, 'context')
  const { letters, radii } = GRADIENTS[name] as { letters: string; radii: readonly number[] }
  const gradient = Object.create(CanvasGradient.prototype) as CanvasGradient
  const numbers = args.slice(0, letters.length - 1)
  if (numbers.length === letters.length - 1 && numbers.every((value) => typeof value === 'number')) {
    make(gradient, 'gradient', codeOf('context', name, letters), owner, numbers)
    const odd = numbers.some((value) => !Number.isFinite(value)) || radii.some((at) => (numbers[at] as number) < 0)
    shades.set(gradient, { stops: 0, odd })
    return gradient
  }
  const result = newHandle()
  request('canvas.invoke', { handle: owner, method: name, result }, args)
  bind(gradient, 'gradient', result)
  shades.set(gradient, { stops: 0, odd: true })
  return gradient
}

/** Implements createPattern; always synchronous, because the picture must be fully decoded. */
export function makePattern(context: object, args: readonly unknown[]): CanvasPattern {
  const result = newHandle()
  request('canvas.invoke', { handle: handleOf(context, 'context'), method: 'createPattern', result }, args)
  const pattern = Object.create(CanvasPattern.prototype) as CanvasPattern
  bind(pattern, 'pattern', result)
  return pattern
}

/** Whether drawing with this gradient may throw. */
export function mayFailToDraw(paint: object): boolean {
  const shade = shades.get(paint)
  return shade !== undefined && (shade.odd || shade.stops === 0)
}

const [stop] = variantsOf('gradient').get('addColorStop') ?? []

define(CanvasGradient.prototype, 'addColorStop', (self, args) => {
  const [offset, color] = args
  const handle = handleOf(self, 'gradient')
  if (typeof offset === 'number' && typeof color === 'string' && args.length === 2 && isAccepted('color', color)) {
    begin(stop?.code ?? 0, handle, 2)
    put(offset)
    putString(color)
  } else {
    invoke(self, 'gradient', 'addColorStop', args)
    markAccepted('color', String(color))
  }
  const shade = shades.get(self)
  if (shade) shade.stops += 1
})
defineSynchronous(CanvasPattern.prototype, 'pattern', 'setTransform')
