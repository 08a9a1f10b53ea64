// Path2D: a handle; plain segments are recorded, everything that answers or may fail is asked at once.
import { bind, newHandle } from './handles.ts'
import { asked, recorded, variantsOf } from './methods.ts'
import { METHODS } from './table.ts'
import { begin, codeOf, put, request } from './wire.ts'

const NEW = codeOf('path', 'new', 'r')

/** As the real Path2D (its own name is Path): empty, from an SVG path string, or a copy. */
export class Path {
  constructor(...args: unknown[]) {
    const handle = newHandle()
    if (args.length === 0) {
      begin(NEW, 0, 1)
      put(handle)
    } else {
      request('canvas.path', { handle }, args)
    }
    bind(this, 'path', handle)
  }
}

const variants = variantsOf('path')
for (const name of METHODS.path) {
  const list = variants.get(name)
  if (list) recorded(Path.prototype, 'path', name, list, () => true)
  else asked(Path.prototype, 'path', name)
}
