// Builds what does not run from its source: the guest bundle, the child and the product's entry, into dist/.
import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown, type Plugin, type RolldownOptions } from 'rolldown'
import { writeFontConfig } from '../sandbox/fonts.ts'
import { guestModules } from '../sandbox/guest/bundle.ts'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const at = (path: string): string => join(root, path)

/** Packages with native halves or data files are loaded from node_modules, never bundled. */
const external = [/^node:/, 'isolated-vm', 'sharp', /^@napi-rs\/canvas/, 'canvas', 'openai', /^@embedpdf\//, 'rolldown']

interface Output {
  readonly format: 'esm' | 'iife'
  readonly name?: string
}

async function bundle(options: RolldownOptions, output: Output): Promise<void> {
  const quiet = { checks: { pluginTimings: false, eval: false, circularDependency: false } } as const
  const build = await rolldown({ ...quiet, ...options })
  const files = output.format === 'iife' ? { file: at('dist/guest.js') } : { dir: at('dist'), chunkFileNames: 'parts/[name]-[hash].js' }
  await build.write({ ...output, ...files, minify: output.format === 'iife' ? { mangle: false, compress: true, codegen: true } : 'dce-only' })
  await build.close()
}

/** Builds everything. */
export async function build(plugins: Plugin[] = guestModules()): Promise<void> {
  rmSync(at('dist'), { recursive: true, force: true })
  const input = {
    entry: at('src/entry.ts'),
    child: at('sandbox/child.ts'),
    'gif-worker': at('sandbox/native/gif/worker.ts'),
  }
  await bundle({ input: at('sandbox/guest/main.ts'), platform: 'neutral', plugins, resolve: { mainFields: ['module', 'main'] } }, { format: 'iife', name: 'easelGuest' })
  await bundle({ input, platform: 'node', external }, { format: 'esm' })
  writeFontConfig(at('dist/fonts'))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build()
