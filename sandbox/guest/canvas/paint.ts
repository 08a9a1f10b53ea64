// Gradients and patterns: handles, and what the guest must know of them to foresee errors.
import { accept, isAccepted } from './accepted.ts'
import { bind, handleOf, newHandle } from './handles.ts'
import { asked, define, invoke, make, variantsOf } from './methods.ts'
import { begin, codeOf, put, putString, request } from './wire.ts'

/** Colour stops so far, and whether Skia can shade with it: without stops or with odd numbers drawing throws. */
interface Shade {
  stops: number
  readonly odd: boolean
}

const shades = new WeakMap<object, Shade>()

/** The real class cannot be constructed by a snippet either. */
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

/** createLinearGradient and its kin; wrong arguments give the real package's error. */
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

/** createPattern: always asked, because the picture must be complete. */
export function makePattern(context: object, args: readonly unknown[]): CanvasPattern {
  const result = newHandle()
  request('canvas.invoke', { handle: handleOf(context, 'context'), method: 'createPattern', result }, args)
  const pattern = Object.create(CanvasPattern.prototype) as CanvasPattern
  bind(pattern, 'pattern', result)
  return pattern
}

/** Whether drawing with it may throw. */
export function isOdd(paint: object): boolean {
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
    accept('color', String(color))
  }
  const shade = shades.get(self)
  if (shade) shade.stops += 1
})
asked(CanvasPattern.prototype, 'pattern', 'setTransform')
