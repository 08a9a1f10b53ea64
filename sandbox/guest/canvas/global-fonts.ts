// GlobalFonts: the shipped fonts are there; a font file of the session may be added.
import { bind, newHandle } from './handles.ts'
import { forgetMeasures } from './text.ts'
import { request } from './wire.ts'

const keys = new WeakMap<object, number>()

/** What `register` gives; it cannot be constructed. */
export class FontKey {
  constructor() {
    throw new Error('Class contains no `constructor`, can not new it!')
  }
  get typefaceId(): number {
    const id = keys.get(this)
    if (id === undefined) throw new TypeError('Illegal invocation')
    return id
  }
}

type Method = (...args: unknown[]) => unknown

const refuse =
  (name: string, why: string): Method =>
  () => {
    throw Object.assign(new Error(`GlobalFonts.${name} is not available in the sandbox: ${why}`), {
      code: 'EASEL_UNAVAILABLE',
    })
  }

/** The methods of the real GlobalFonts; `families` and `has` are added by the package's own JavaScript. */
export const GlobalFonts: Record<string, Method> = {
  register: (...args) => added('register', args),
  registerFromPath: (...args) => added('registerFromPath', args),
  remove: (...args) => changed('remove', args),
  removeBatch: (...args) => changed('removeBatch', args),
  setAlias: (...args) => changed('setAlias', args),
  getFamilies: (...args) => font('getFamilies', args),
  hasVariations: (...args) => font('hasVariations', args),
  getVariationAxes: (...args) => font('getVariationAxes', args),
  removeAll: refuse('removeAll', 'it would take the shipped fonts away; remove(key) takes back what you registered'),
  loadSystemFonts: refuse(
    'loadSystemFonts',
    'only the shipped fonts and those you register are used, so that results are the same everywhere',
  ),
  loadFontsFromDir: refuse('loadFontsFromDir', 'register each file with registerFromPath(name, family)'),
}

function added(method: string, args: readonly unknown[]): FontKey | null {
  const result = newHandle()
  const id = font(method, args, result)
  forgetMeasures()
  if (typeof id !== 'number') return null
  const key = Object.create(FontKey.prototype) as FontKey
  keys.set(key, id)
  bind(key, 'fontkey', result)
  return key
}

function changed(method: string, args: readonly unknown[]): unknown {
  const answer = font(method, args)
  forgetMeasures()
  return answer
}

function font(method: string, args: readonly unknown[], result?: number): unknown {
  return request('canvas.fonts', { method, result: result ?? 0 }, args)
}
