// Path2D: a handle. Simple segments are recorded; methods that return a value or may fail are sent synchronously.
import { bind, newHandle } from './handles.ts'
import { defineSynchronous, defineRecorded, variantsOf } from './methods.ts'
import { METHODS } from './command-table.ts'
import { begin, codeOf, put, request } from './wire.ts'

const NEW = codeOf('path', 'new', 'r')

/** Like the real Path2D (whose `name` is Path): empty, from an SVG path string, or a copy. */
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
  if (list) defineRecorded(Path.prototype, 'path', name, list, () => true)
  else defineSynchronous(Path.prototype, 'path', name)
}
