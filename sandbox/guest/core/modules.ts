// The modules that a snippet can import, as namespace objects; each is made when it is first asked for.
import * as gifenc from 'gifenc'
import Papa from 'papaparse'
import { pathModule } from './path.ts'
import { canvasModules } from '../canvas/index.ts'
import { chartModules } from '../chart/index.ts'
import { fsModule, promisesModule } from '../fs/fs.ts'
import sharp from '../sharp/index.ts'
import { bufferModule } from './buffer.ts'
import { utilModule } from './console.ts'

type Namespace = Record<string, unknown>

declare const require: (name: string) => Namespace

/** A module whose default export is the whole, as Node gives its own modules and CommonJS. */
const whole = (all: unknown): Namespace => ({ ...(all as object), default: all })

const MAKERS: Readonly<Record<string, () => Namespace>> = {
  sharp: () => ({ default: sharp }),
  'chart.js': () => ({ ...chartModules['chart.js']?.() }),
  'chart.js/auto': () => ({ ...chartModules['chart.js/auto']?.() }),
  'chartjs-node-canvas': () => whole(chartModules['chartjs-node-canvas']?.()),
  gifenc: () => whole(gifenc),
  '@napi-rs/canvas': () => whole(canvasModules['@napi-rs/canvas']?.()),
  canvas: () => whole(canvasModules.canvas?.()),
  papaparse: () => whole(Papa),
  easel: () => require('../easel/index.ts'),
  fs: () => whole(fsModule),
  'fs/promises': () => whole(promisesModule),
  path: () => whole(pathModule),
  buffer: () => whole(bufferModule),
  util: () => whole(utilModule),
}

const made = new Map<string, Namespace>()

/** The namespace of a module by its name, with or without `node:`; undefined if there is none. */
export function moduleNamed(name: string): Namespace | undefined {
  const plain = name.startsWith('node:') ? name.slice(5) : name
  if (!Object.hasOwn(MAKERS, plain) || (plain !== name && !['fs', 'fs/promises', 'path', 'buffer', 'util'].includes(plain))) return undefined
  let namespace = made.get(plain)
  if (!namespace) {
    namespace = (MAKERS[plain] as () => Namespace)()
    made.set(plain, namespace)
  }
  return namespace
}
