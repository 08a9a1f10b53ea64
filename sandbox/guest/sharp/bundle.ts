// How the guest sharp is bundled: from the installed package, with the native module and Node's own modules swapped.
// Runs at build time, in plain Node; nothing of it reaches the sandbox.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'rolldown'
import sharp from 'sharp'

const require = createRequire(import.meta.url)
const here = dirname(fileURLToPath(import.meta.url))
const dist = dirname(require.resolve('sharp'))
const streams = dirname(require.resolve('readable-stream/package.json'))
const decoder = require.resolve('string_decoder/', { paths: [streams] })
const FACTS = '\0sharp:facts'

const guest = (name: string): string => join(here, `${name}.ts`)

/** Imports made by sharp's own files and what they get instead. */
const inSharp: Readonly<Record<string, string>> = {
  './sharp.mjs': guest('recorder'),
  './utility.mjs': guest('statics'),
  'node:path': guest('paths'),
  'node:stream': guest('stream'),
  'node:util': guest('debug-log'),
  '@img/colour': guest('colour'),
}
/** Imports made by readable-stream's files. */
const inStreams: Readonly<Record<string, string>> = {
  'process/': guest('process'),
  buffer: guest('buffer'),
  events: require.resolve('events/'),
  'abort-controller': guest('abort'),
  'string_decoder/': decoder,
}
/** Imports made by this folder. */
const inGuest: Readonly<Record<string, string>> = {
  'sharp:dist': join(dist, 'index.mjs'),
  'sharp:is': join(dist, 'is.mjs'),
  'sharp:facts': FACTS,
  'sharp:colour': require.resolve('@img/colour', { paths: [dist] }),
  'sharp:events': require.resolve('events/'),
  'sharp:path': require.resolve('path-browserify'),
  'sharp:duplex': join(streams, 'lib/internal/streams/duplex.js'),
  'sharp:legacy-stream': join(streams, 'lib/internal/streams/legacy.js'),
}

/** The rolldown plugin that makes `import sharp from 'sharp'` mean the guest sharp, anywhere in the bundle. */
export function guestSharp(): Plugin {
  return {
    name: 'guest-sharp',
    resolveId(source, importer = '') {
      if (source === 'sharp') return guest('index')
      if (importer.startsWith(dist + sep)) return inSharp[source]
      if (importer.startsWith(streams + sep)) return inStreams[source]
      if (importer === decoder && source === 'safe-buffer') return guest('buffer')
      return inGuest[source]
    },
    load(id) {
      return id === FACTS ? `export default ${JSON.stringify(facts())}` : undefined
    },
  }
}

/** What the installed sharp says of itself. */
function facts(): { format: object; interpolators: object; versions: object } {
  const { version } = JSON.parse(readFileSync(join(dist, '../package.json'), 'utf8')) as { version: string }
  const { format, interpolators, versions } = sharp
  return { format, interpolators, versions: { ...versions, sharp: version } }
}
