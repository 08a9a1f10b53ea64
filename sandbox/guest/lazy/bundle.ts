// How the lazy bundles are built: each is the text of a function of the guest's module table, see
// core/lazy-bundles.ts. A module resolves to the file that plain Node imports, unless it needs what an isolate lacks.
import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { rolldown, type Plugin } from 'rolldown'
import { LAZY_BUNDLES, LAZY_MODULES } from '../../lazy-bundles.ts'
import { MODULE_NAMES, NODE_NAMES } from '../../module-names.ts'
import { lookUpInRealm } from '../library-realm.ts'

const here = dirname(fileURLToPath(import.meta.url))
const inPackage = (name: string, file: string): string =>
  join(dirname(findPackageJSON(name, import.meta.url) ?? ''), file)

/** Modules whose file for Node reads files, starts threads or is larger: these export the same beside that. */
const FILES: Readonly<Record<string, string>> = {
  fflate: inPackage('fflate', 'esm/browser.js'),
  // The build without node:zlib.
  jschardet: inPackage('jschardet', 'dist/jschardet.esm.min.js'),
  hyparquet: inPackage('hyparquet', 'src/index.js'),
  // The ES modules of which the CommonJS file for Node was made, so that arquero takes only what it uses.
  '@uwdata/flechette': inPackage('@uwdata/flechette', 'src/index.js'),
  'hyparquet-writer': inPackage('hyparquet-writer', 'src/index.js'),
}
/** Files of arquero that use web streams, and their replacements. */
const ARQUERO: Readonly<Record<string, string>> = Object.fromEntries(
  ['byte-stream', 'text-stream', 'pipeline', 'is-readable-stream'].map((name) => [
    `${name}.js`,
    join(here, `arquero/${name}.ts`),
  ]),
)

/** The text of a lazy bundle. */
export async function lazyBundle(bundle: string): Promise<string> {
  const modules = LAZY_BUNDLES[bundle] ?? []
  const build = await rolldown({
    input: ENTRY,
    platform: 'neutral',
    checks: { pluginTimings: false, eval: false, circularDependency: false },
    resolve: { mainFields: ['main'] },
    plugins: [entry(modules), packages(), lookUpInRealm()],
  })
  const { output } = await build.generate({
    format: 'iife',
    name: 'easelModules',
    exports: 'default',
    minify: { mangle: false, compress: true, codegen: true },
  })
  await build.close()
  const missing = output[0].imports
  if (missing.length > 0) throw new Error(`The bundle ${bundle} imports what the sandbox lacks: ${missing.join(', ')}.`)
  const code = asciiOf(output[0].code)
  return `(function($find,$realm){'use strict';${code}\nreturn easelModules})`
}

/** The code with escapes for all but ASCII: V8 keeps and reads such text three times as fast. */
function asciiOf(code: string): string {
  return code.replace(/[^\t\n -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

const ENTRY = '\0easel:entry'
const FOUND = '\0easel:found:'

/** The entry: a table from modules to functions that return what Node's `import` sees, evaluating each when called. */
function entry(modules: readonly string[]): Plugin {
  return {
    name: 'easel-lazy-entry',
    resolveId: (source) => (source === ENTRY ? ENTRY : undefined),
    async load(id) {
      if (id !== ENTRY) return undefined
      const lines: string[] = []
      for (const name of modules) {
        const found = await this.resolve(NODE_NAMES.get(name) ?? name, import.meta.filename)
        if (!found) throw new Error(`${name} is not installed.`)
        lines.push(`${JSON.stringify(name)}: () => ${namespace(name, found.id)}`)
      }
      return `${NAMESPACES}\nexport default {\n${lines.join(',\n')}\n}`
    },
  }
}

const NAMESPACES = `function names(all) {
  const found = {}
  for (const name of Object.keys(all).sort()) if (name !== '__esModule') found[name] = all[name]
  return found
}`

/** CommonJS packages of which Node's `import` sees the names too, not only the whole as the default. */
const NAMED: ReadonlySet<string> = new Set(['ml-regression'])

/** An expression for the namespace of a module. */
function namespace(name: string, file: string): string {
  const all = `require(${JSON.stringify(file)})`
  // The files of FILES are ES modules.
  if (name in FILES || !isCommonJs(file)) return `names(${all})`
  return NAMED.has(name) ? `({ ...names(${all}), default: ${all} })` : `({ default: ${all} })`
}

function isCommonJs(file: string): boolean {
  if (!file.endsWith('.js') || file.endsWith('.esm.js')) return file.endsWith('.cjs')
  const manifest = findPackageJSON(pathToFileURL(file).href) ?? ''
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { type?: string }).type !== 'module'
}

/** Resolves Node's modules to the guest's own. */
function packages(): Plugin {
  const shared = new Set(MODULE_NAMES.filter((name) => !LAZY_MODULES.has(name)))
  return {
    name: 'easel-lazy-packages',
    resolveId(source, importer = '') {
      if (source.endsWith('/requestAnimationFrame.js') && importer.includes('/node_modules/zrender/'))
        return join(here, 'no-frames.ts')
      const replaced = importer.includes('/node_modules/arquero/') ? ARQUERO[basename(source)] : undefined
      return replaced ?? FILES[source] ?? (shared.has(source) ? FOUND + source : undefined)
    },
    load: (id) =>
      id.startsWith(FOUND) ? `module.exports = $find(${JSON.stringify(id.slice(FOUND.length))})` : undefined,
  }
}
