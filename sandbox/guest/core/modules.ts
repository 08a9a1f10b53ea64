// The modules that a snippet can import, as namespace objects; each is made when it is first asked for.
import type { canvasModules as CanvasModules } from '../canvas/index.ts'
import type { chartModules as ChartModules } from '../chart/index.ts'
import { fsModule, promisesModule } from '../fs/fs.ts'
import { bufferModule } from './buffer.ts'
import pathModule from './path.ts'
import { utilModule } from './util.ts'

type Namespace = Record<string, unknown>

// The bundler makes each `require` run its module at the first call, not at the start.
declare const require: (name: string) => Namespace

/** A module whose default export is the whole, as Node gives its own modules and CommonJS. */
const whole = (all: unknown): Namespace => ({ ...(all as object), default: all })

const MAKERS: Readonly<Record<string, () => Namespace>> = {
  sharp: () => ({ default: require('../sharp/index.ts').default }),
  'chart.js': () => ({ ...charts()['chart.js']?.() }),
  'chart.js/auto': () => ({ ...charts()['chart.js/auto']?.() }),
  'chartjs-node-canvas': () => whole(charts()['chartjs-node-canvas']?.()),
  gifenc: () => whole(commonJs(require('gifenc'))),
  '@napi-rs/canvas': () => whole(canvases()['@napi-rs/canvas']?.()),
  canvas: () => whole(canvases().canvas?.()),
  papaparse: () => whole(commonJs(require('papaparse'))),
  easel: () => require('../easel/index.ts'),
  fs: () => whole(fsModule),
  'fs/promises': () => whole(promisesModule),
  path: () => whole(pathModule),
  buffer: () => whole(bufferModule),
  util: () => whole(utilModule),
}

const charts = (): typeof ChartModules => require('../chart/index.ts').chartModules as typeof ChartModules
const canvases = (): typeof CanvasModules => require('../canvas/index.ts').canvasModules as typeof CanvasModules
/** What Node's `import` sees of a CommonJS package, whichever of its builds the bundler took. */
const commonJs = (required: Namespace): unknown => {
  const { __esModule: _, ...all } = required
  return typeof all['default'] === 'object' && Object.keys(all).length === 1 ? all['default'] : all
}

const made = new Map<string, Namespace>()

/** The namespace of a module by its name, with or without `node:`; undefined if there is none. */
export function moduleNamed(name: string): Namespace | undefined {
  const plain = name.startsWith('node:') ? name.slice(5) : name
  if (
    !Object.hasOwn(MAKERS, plain) ||
    (plain !== name && !['fs', 'fs/promises', 'path', 'buffer', 'util'].includes(plain))
  )
    return undefined
  let namespace = made.get(plain)
  if (!namespace) {
    namespace = (MAKERS[plain] as () => Namespace)()
    made.set(plain, namespace)
  }
  return namespace
}
