// Rolldown plugins for the guest bundle: imports of modules that snippets use resolve to their guest versions.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'rolldown'
import { canvasPlugin } from './canvas/package/bundle.ts'
import { chartPlugin } from './chart/bundle.ts'
import { dynamicImports } from './lazy/dynamic-imports.ts'
import { libraryRealm } from './library-realm.ts'
import { guestSharp } from './sharp/bundle.ts'

const require = createRequire(import.meta.url)
const here = dirname(fileURLToPath(import.meta.url))

const PARTS: Readonly<Record<string, string>> = {
  'node:fs': join(here, 'fs/module.ts'),
  'node:fs/promises': join(here, 'fs/promises-module.ts'),
  'node:zlib': join(here, 'node/zlib-functions.ts'),
  'node:path': join(here, 'core/path.ts'),
  path: join(here, 'core/path.ts'),
  events: require.resolve('events/'),
  stream: join(here, 'core/stream.ts'),
  'node:stream': join(here, 'core/stream.ts'),
  util: join(here, 'core/util-package.ts'),
  'readable-stream': require.resolve('readable-stream/lib/ours/browser.js'),
  'buffer/': require.resolve('buffer/'),
}

export function guestModules(): Plugin[] {
  return [guestSharp(), canvasPlugin(), chartPlugin(), dynamicImports(), libraryRealm(), guestParts()]
}

function guestParts(): Plugin {
  return {
    name: 'guest-parts',
    resolveId(source, importer = '') {
      if (source.endsWith('/gif/host.ts') || (source === './host.ts' && importer.includes('/helpers/gif')))
        return join(here, 'gif-proxy.ts')
      if (source === './encode-png.ts') return join(here, 'encode-png-proxy.ts')
      if (source === './library.ts' && importer.includes('/helpers/chart/page')) return join(here, 'library-proxy.ts')
      if (source === './host.ts' && importer.includes('/helpers/sql')) return join(here, 'sql-proxy.ts')
      if (source.endsWith('/notes.ts') && importer.includes('/sandbox/helpers/')) return join(here, 'notes-proxy.ts')
      if (source.endsWith('/space.ts') && importer.includes('/sandbox/helpers/')) return join(here, 'space-proxy.ts')
      if (source.endsWith('/cell-number.ts')) return join(here, 'cell-number-proxy.ts')
      if (source === './file-version.ts') return join(here, 'file-version-proxy.ts')
      if (source === './min-lazy-rows.ts') return join(here, 'min-lazy-rows-proxy.ts')
      return PARTS[source]
    },
  }
}
