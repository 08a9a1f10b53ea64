// Builds what does not run from its source: the guest bundle, the child and the product's entry, into dist/.
import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown, type Plugin, type RolldownOptions } from 'rolldown'
import { guestModules } from '../sandbox/guest/bundle.ts'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const at = (path: string): string => join(root, path)

/** Packages with native halves or data files are loaded from node_modules, never bundled. */
const external = [/^node:/, 'isolated-vm', 'sharp', /^@napi-rs\/canvas/, 'canvas', 'openai', /^@embedpdf\//, 'rolldown']

async function bundle(options: RolldownOptions, output: { file: string; format: 'esm' | 'iife'; name?: string }): Promise<void> {
  const build = await rolldown({ ...options, onwarn: (warning, warn) => (/EVAL|CIRCULAR/.test(warning.code ?? '') ? undefined : warn(warning)) })
  const { file, ...rest } = output
  await build.write({ ...rest, file: at(`dist/${file}`), minify: 'dce-only', inlineDynamicImports: output.format === 'iife' })
  await build.close()
}

const near = { platform: 'node', external } as const

/** Builds everything; about half a second. */
export async function build(plugins: Plugin[] = guestModules()): Promise<void> {
  rmSync(at('dist'), { recursive: true, force: true })
  const guest = { input: at('sandbox/guest/main.ts'), platform: 'neutral', plugins } as const
  await Promise.all([
    bundle(guest, { file: 'guest.js', format: 'iife', name: 'easelGuest' }),
    bundle({ ...near, input: at('sandbox/child.ts') }, { file: 'child.js', format: 'esm' }),
    bundle({ ...near, input: at('sandbox/native/gif/worker.ts') }, { file: 'gif-worker.js', format: 'esm' }),
    bundle({ ...near, input: at('src/main.ts') }, { file: 'main.js', format: 'esm' }),
  ])
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build()
