// GlobalFonts: the shipped fonts are always present, and a snippet may add font files of the session.
import { bind, newHandle } from './handles.ts'
import { clearMeasureCache } from './text.ts'
import { request } from './wire.ts'

const keys = new WeakMap<object, number>()

/** The return value of `register`; snippets cannot construct it. */
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

/** The native methods of GlobalFonts; the package's own JavaScript adds `families` and `has`. */
export const GlobalFonts: Record<string, Method> = {
  register: (...args) => addFont('register', args),
  registerFromPath: (...args) => addFont('registerFromPath', args),
  remove: (...args) => changeFonts('remove', args),
  removeBatch: (...args) => changeFonts('removeBatch', args),
  setAlias: (...args) => changeFonts('setAlias', args),
  getFamilies: (...args) => font('getFamilies', args),
  hasVariations: (...args) => font('hasVariations', args),
  getVariationAxes: (...args) => font('getVariationAxes', args),
  removeAll: refuse('removeAll', 'it would remove the shipped fonts; remove(key) removes fonts that you registered'),
  loadSystemFonts: refuse(
    'loadSystemFonts',
    'only the shipped fonts and those you register are used, so that results are the same everywhere',
  ),
  loadFontsFromDir: refuse('loadFontsFromDir', 'register each file with registerFromPath(name, family)'),
}

function addFont(method: string, args: readonly unknown[]): FontKey | null {
  const result = newHandle()
  const id = font(method, args, result)
  clearMeasureCache()
  if (typeof id !== 'number') return null
  const key = Object.create(FontKey.prototype) as FontKey
  keys.set(key, id)
  bind(key, 'fontkey', result)
  return key
}

function changeFonts(method: string, args: readonly unknown[]): unknown {
  const answer = font(method, args)
  clearMeasureCache()
  return answer
}

function font(method: string, args: readonly unknown[], result?: number): unknown {
  return request('canvas.fonts', { method, result: result ?? 0 }, args)
}
