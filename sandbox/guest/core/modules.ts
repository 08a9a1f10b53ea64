// The modules that a snippet can import, as namespace objects, each created on first import.
import { MODULE_NAMES } from '../../module-names.ts'
import type { canvasModules as CanvasModules } from '../canvas/index.ts'
import type { chartModules as ChartModules } from '../chart/index.ts'
import { fsModule, promisesModule } from '../fs/fs.ts'
import { bufferModule } from './buffer/buffer.ts'
import { loadLazyModule } from './lazy-bundles.ts'
import pathModule from './path.ts'
import { utilModule } from './util.ts'

type Namespace = Record<string, unknown>

// The bundler runs a required module at the first call of `require`, not at startup.
declare const require: (name: string) => Namespace

/** A namespace whose default export is the whole module, like Node's own and CommonJS modules. */
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
  easel: () => require('../../helpers/index.ts'),
  fs: () => whole(fsModule),
  'fs/promises': () => whole(promisesModule),
  path: () => whole(pathModule),
  buffer: () => whole(bufferModule),
  util: () => whole(utilModule),
  crypto: () => whole(require('../node/crypto.ts').cryptoModule),
  zlib: () => whole(require('../node/zlib.ts').zlibModule),
  url: () => whole(require('../node/url.ts').urlModule),
  events: () => whole(require('../node/events.ts').eventsModule),
  stream: () => whole(require('./stream.ts').streamModule),
  'stream/promises': () => whole(require('./stream.ts').streamPromises),
  timers: () => whole(require('../node/timers.ts').timersModule),
  'timers/promises': () => whole(require('../node/timers.ts').timersPromises),
  assert: () => whole(require('../node/assert.ts').assertModule),
  'assert/strict': () => whole(require('../node/assert.ts').strictModule),
  process: () => whole(require('../node/process.ts').processStandIn),
}

const KNOWN: ReadonlySet<string> = new Set(MODULE_NAMES)

/** Installs globals that are created on first access; most cells never use them. */
export function installLazyGlobals(realm: Record<string, unknown>): void {
  const makers: Record<string, () => unknown> = {
    process: () => require('../node/process.ts').processStandIn,
    crypto: () => require('../node/crypto.ts').webcrypto,
    Blob: () => require('../node/blob.ts').Blob,
  }
  for (const name of ['Event', 'CustomEvent', 'EventTarget', 'AbortSignal', 'AbortController']) {
    makers[name] = () => (require('../node/web-events.ts').webEvents as Namespace)[name]
  }
  for (const [name, make] of Object.entries(makers)) {
    const settle = (value: unknown): unknown => {
      Object.defineProperty(realm, name, { value, writable: true, configurable: true, enumerable: false })
      return value
    }
    Object.defineProperty(realm, name, {
      get: () => settle(make()),
      set: settle,
      configurable: true,
      enumerable: false,
    })
  }
}

const charts = (): typeof ChartModules => require('../chart/index.ts').chartModules as typeof ChartModules
const canvases = (): typeof CanvasModules => require('../canvas/index.ts').canvasModules as typeof CanvasModules
/** What Node's `import` sees of a CommonJS package, whichever of its builds was bundled. */
const commonJs = (required: Namespace): unknown => {
  const { __esModule: _, ...all } = required
  return typeof all['default'] === 'object' && Object.keys(all).length === 1 ? all['default'] : all
}

const made = new Map<string, Namespace>()

/** The namespace of a module that a snippet may import; undefined for unknown modules. */
export function findModule(name: string): Namespace | undefined {
  return KNOWN.has(name) ? makeModule(name) : undefined
}

/** `import()` of a package in sandbox/helpers, whose lazy bundle snippets need not be able to import. */
const importLazily = async (name: string): Promise<Namespace> => makeModule(name)
// Declared in the bundle's intro; see guest/lazy/dynamic-imports.ts.
declare let $import: typeof importLazily
$import = importLazily

/** The one namespace of a module, whichever of its names it is called by. */
function makeModule(name: string): Namespace {
  const plain = name.startsWith('node:') ? name.slice(5) : name.startsWith('dayjs/') ? withoutEnding(name) : name
  let namespace = made.get(plain)
  if (!namespace) {
    namespace = loadLazyModule(plain, makeModule) ?? (MAKERS[plain] as () => Namespace)()
    made.set(plain, namespace)
  }
  return namespace
}

const withoutEnding = (name: string): string => (name.endsWith('.js') ? name.slice(0, -3) : name)
