// SVGCanvas and PDFDocument: drawing that is kept as shapes and text. Neither has pixels.
import { resetContextState } from './context-memory.ts'
import { bindContext, makeContext, type CanvasRenderingContext2D } from './context.ts'
import { bind, handleOf, newHandle } from './handles.ts'
import { define, defineSynchronous } from './methods.ts'
import { request } from './wire.ts'

interface Size {
  width: number
  height: number
}

const sizes = new WeakMap<object, Size>()

/** What `createCanvas` returns for an `SvgExportFlag`. */
export class SVGCanvas {
  declare ctx?: CanvasRenderingContext2D
  constructor(...args: unknown[]) {
    const handle = newHandle()
    sizes.set(this, request('canvas.svg', { handle }, args.slice(0, 3)) as Size)
    bind(this, 'svg', handle)
  }
}

for (const name of ['width', 'height'] as const) {
  Object.defineProperty(SVGCanvas.prototype, name, {
    get(this: object) {
      return sizeOf(this)[name]
    },
    set(this: SVGCanvas, value: unknown) {
      const size = sizeOf(this)
      size[name] = request('canvas.set', { handle: handleOf(this, 'svg'), name }, [value]) as number
      if (this.ctx) resetContextState(this.ctx)
    },
    enumerable: true,
    configurable: true,
  })
}

defineSynchronous(SVGCanvas.prototype, 'svg', 'getContent')

define(SVGCanvas.prototype, 'getContext', (self, args) => {
  const canvas = self as SVGCanvas
  if (canvas.ctx && args[0] === '2d') return canvas.ctx
  const context = makeContext(canvas, 'svg', args)
  Object.defineProperty(canvas, 'ctx', { value: context, writable: false, enumerable: false, configurable: false })
  return context
})

function sizeOf(canvas: object): Size {
  const size = sizes.get(canvas)
  if (!size) throw new TypeError('Illegal invocation')
  return size
}

/** A PDF that is drawn page by page; a page's context ends with its page. */
export class PdfDocument {
  constructor(metadata?: unknown) {
    const handle = newHandle()
    request('canvas.pdf', { handle }, [metadata])
    bind(this, 'pdf', handle)
  }
}

define(PdfDocument.prototype, 'beginPage', (self, args) => {
  const result = newHandle()
  request('canvas.invoke', { handle: handleOf(self, 'pdf'), method: 'beginPage', result }, args)
  return bindContext(result)
})
for (const name of ['endPage', 'close']) defineSynchronous(PdfDocument.prototype, 'pdf', name)
