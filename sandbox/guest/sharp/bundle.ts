// How the guest sharp is bundled: the installed package, with its native module and Node's modules replaced.
// Runs at build time in plain Node; none of it reaches the sandbox.
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

/** Imports of sharp's own files, and their replacements. */
const inSharp: Readonly<Record<string, string>> = {
  './sharp.mjs': guest('recorder'),
  './utility.mjs': guest('statics'),
  'node:path': guest('paths'),
  'node:stream': guest('stream'),
  'node:util': guest('debug-log'),
  '@img/colour': guest('colour'),
}
/** Imports of readable-stream's files, and their replacements. */
const inStreams: Readonly<Record<string, string>> = {
  'process/': guest('process'),
  buffer: guest('buffer'),
  events: require.resolve('events/'),
  'abort-controller': guest('abort'),
  'string_decoder/': decoder,
}
/** Imports of this folder's files. */
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

/** The rolldown plugin that resolves `sharp` to the guest sharp anywhere in the bundle. */
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

/** Static data that the installed sharp reports. */
function facts(): { format: object; interpolators: object; versions: object } {
  const { version } = JSON.parse(readFileSync(join(dist, '../package.json'), 'utf8')) as { version: string }
  const { format, interpolators, versions } = sharp
  return { format, interpolators, versions: { ...versions, sharp: version } }
}
