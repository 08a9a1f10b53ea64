// Finds the fast test files: those that start no process and need no build. It follows imports, so no list has to be
// maintained; `no-processes.ts` enforces the result.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** Top-level imports of values, and those of a file that is loaded on the way. */
const IMPORTS = /^(?:import|export)\s(?!type\b)(?:[^'";]*?\bfrom\s+)?'([^']+)'|\bimport\('(\.[^']+)'\)/gm

const root = join(import.meta.dirname, '..')
const SLOW: ReadonlySet<string> = new Set(['node:child_process', join(root, 'test/built.ts')])
/** Whatever changes its whole process: libraries with global settings, the font registry, mocks and environments. */
const SHARED: ReadonlySet<string> = new Set([
  'sharp',
  '@napi-rs/canvas',
  'canvas',
  'chart.js',
  'chart.js/auto',
  'chartjs-node-canvas',
  'isolated-vm',
  join(root, 'sandbox/fonts/register.ts'),
])
const CHANGES = /\bvi\.|process\.chdir|process\.env\[|process\.env\.|globalThis\.\w+ =|Object\.assign\(globalThis/

/** The fast files that match the pattern, as paths from the root; `pure`: those that share no process-wide state. */
export function fastFiles(
  pattern: string,
  exclude: readonly string[],
): { readonly fast: string[]; readonly pure: string[] } {
  const known = new Map<string, readonly string[]>()
  const importsOf = (file: string): readonly string[] => {
    const found = known.get(file) ?? readImports(file)
    known.set(file, found)
    return found
  }
  const fast: string[] = []
  const pure: string[] = []
  for (const file of globSync(pattern, { cwd: root, exclude })) {
    const reached = new Set([join(root, file)])
    for (const at of reached) for (const one of importsOf(at)) reached.add(one)
    if (!SLOW.isDisjointFrom(reached)) continue
    const isPure = SHARED.isDisjointFrom(reached) && !CHANGES.test(readFileSync(join(root, file), 'utf8'))
    ;(isPure ? pure : fast).push(file)
  }
  return { fast, pure }
}

function readImports(file: string): readonly string[] {
  if (!file.endsWith('.ts') || !existsSync(file)) return []
  const names = Array.from(readFileSync(file, 'utf8').matchAll(IMPORTS), ([, name, later]) => name ?? later ?? '')
  return names.map((name) => (name.startsWith('.') ? resolve(dirname(file), name) : name))
}
