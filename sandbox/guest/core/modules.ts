// The modules that a snippet can import, as namespace objects, each created on first import.
import { MODULE_NAMES, NODE_NAMES } from '../../module-names.ts'
import type { canvasModules as CanvasModules } from '../canvas/index.ts'
import type { chartModules as ChartModules } from '../chart/index.ts'
import { fsModule, promisesModule } from '../fs/fs.ts'
import { bufferModule } from './buffer/buffer.ts'
import { lacksBundle, makeLazyModule, requestBundle } from './lazy-bundles.ts'
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
  'chart.js/helpers': () => ({ ...charts()['chart.js/helpers']?.() }),
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
  return KNOWN.has(name) ? makeModule(plainName(name)) : undefined
}

/** The same for `import()`, whose module may be in a bundle that is not there yet. */
export async function importModule(name: string): Promise<Namespace | undefined> {
  return KNOWN.has(name) ? importPlain(plainName(name)) : undefined
}

async function importPlain(name: string): Promise<Namespace> {
  if (lacksBundle(name)) await requestBundle(name)
  return makeModule(name)
}

// `import()` in sandbox/helpers, of packages that snippets may not import; see guest/lazy/dynamic-imports.ts.
declare const $packages: { import: typeof importPlain }
$packages.import = (name) => importPlain(plainName(name))

/** The one namespace of a module. */
function makeModule(name: string): Namespace {
  let namespace = made.get(name)
  if (!namespace) {
    namespace = makeLazyModule(name, findOwn) ?? (MAKERS[name] as () => Namespace)()
    made.set(name, namespace)
  }
  return namespace
}

const findOwn = (name: string): Namespace => makeModule(plainName(name))

const SHORT_NAMES: ReadonlyMap<string, string> = new Map([...NODE_NAMES].map(([short, long]) => [long, short]))

/** The one name of a module: Node's own without `node:`, those of `NODE_NAMES` by the shorter one. */
function plainName(name: string): string {
  return name.startsWith('node:') ? name.slice(5) : (SHORT_NAMES.get(name) ?? name)
}
