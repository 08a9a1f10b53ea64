// Builds what does not run from its source: the guest bundle, the child, the product's entry and the page, into dist/.
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { rolldown, type Plugin, type RolldownOptions } from 'rolldown'
import { writeFontConfig } from '../../sandbox/fonts/fontconfig.ts'
import { guestModules } from '../../sandbox/guest/bundle.ts'
import { lazyBundle } from '../../sandbox/guest/lazy/bundle.ts'
import { LAZY_BUNDLES } from '../../sandbox/lazy-bundles.ts'
import { productFolder } from '../../sandbox/product.ts'
import { buildChartPages } from './chart-page.ts'
import { buildPage } from './page.ts'

const root = productFolder()
const at = (path: string): string => join(root, path)

/** Packages with native halves or data files are loaded from node_modules, never bundled. */
const external = [
  /^node:/,
  'isolated-vm',
  'sharp',
  /^@napi-rs\/canvas/,
  /^@duckdb\//,
  'canvas',
  'openai',
  /^@embedpdf\//,
  'rolldown',
]

interface Output {
  readonly format: 'esm' | 'iife' | 'cjs'
  readonly name?: string
  readonly strict?: true
}

const ENDING = { esm: 'js', cjs: 'cjs' }

async function bundle(options: RolldownOptions, output: Output, folder: string): Promise<void> {
  const quiet = { checks: { pluginTimings: false, eval: false, circularDependency: false } } as const
  const build = await rolldown({ ...quiet, ...options })
  const files =
    output.format === 'iife'
      ? { file: join(folder, 'guest.js') }
      : {
          dir: folder,
          entryFileNames: `[name].${ENDING[output.format]}`,
          chunkFileNames: `parts/[name]-[hash].${ENDING[output.format]}`,
        }
  await build.write({
    ...output,
    ...files,
    minify: output.format === 'iife' ? { mangle: false, compress: true, codegen: true } : 'dce-only',
  })
  await build.close()
}

/** Builds everything beside the old bundles, then swaps the folders: a start during a build sees either the old or the new dist/. */
export async function build(plugins: Plugin[] = guestModules()): Promise<void> {
  const fresh = at(`dist-${process.pid}`)
  const old = at(`dist-${process.pid}-old`)
  const input = {
    entry: at('src/entry.ts'),
    'gif-worker': at('sandbox/native/gif/worker.ts'),
    composer: at('src/export/compose-process.ts'),
  }
  const guest = {
    input: at('sandbox/guest/main.ts'),
    platform: 'neutral' as const,
    plugins,
    resolve: { mainFields: ['module', 'main'] },
  } satisfies RolldownOptions
  try {
    await bundle(guest, { format: 'iife', name: 'easelGuest' }, fresh)
    await buildLazyBundles(join(fresh, 'guest'))
    await promisify(execFile)(process.execPath, ['--no-node-snapshot', at('sandbox/child/guest-files.ts'), fresh])
    await bundle({ input, platform: 'node', external }, { format: 'esm' }, fresh)
    // Node starts CommonJS 30 ms sooner: it links nothing, and loads of its own modules what is used.
    const child = { child: at('sandbox/child/child.ts') }
    await bundle({ input: child, platform: 'node', external }, { format: 'cjs', strict: true }, fresh)
    const helpers = { sql: at('sandbox/helper-process/sql.ts') }
    await bundle({ input: helpers, platform: 'node', external }, { format: 'cjs', strict: true }, fresh)
    await buildPage(at('src/web'), join(fresh, 'web'))
    await buildChartPages(at('sandbox/helpers'), join(fresh, 'chart-page'))
    if (existsSync(at('dist'))) renameSync(at('dist'), old)
    renameSync(fresh, at('dist'))
    await fillFontCache(writeFontConfig(at('dist/fonts')))
  } finally {
    for (const folder of [fresh, old]) rmSync(folder, { recursive: true, force: true })
  }
}

async function buildLazyBundles(folder: string): Promise<void> {
  mkdirSync(folder)
  for (const name of Object.keys(LAZY_BUNDLES)) writeFileSync(join(folder, `${name}.js`), await lazyBundle(name))
}

/** Looks through the fonts once for all: what a sandbox may not write, it would have to do anew each time. */
async function fillFontCache(config: string): Promise<void> {
  const draw = "require('sharp')({ text: { text: 'a', font: 'sans' } }).png().toBuffer()"
  await promisify(execFile)(process.execPath, ['-e', draw], { cwd: root, env: { FONTCONFIG_FILE: config } })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build()
