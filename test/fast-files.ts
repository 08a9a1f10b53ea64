// Which test files are fast: those that can start no process and need no build. What a file imports tells, and what that
// imports, so nobody keeps a list; `no-processes.ts` sees to it that it is true.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** Imports of values that stand at the margin, and those of a file that is loaded on the way. */
const IMPORTS = /^(?:import|export)\s(?!type\b)(?:[^'";]*?\bfrom\s+)?'([^']+)'|\bimport\('(\.[^']+)'\)/gm

const root = join(import.meta.dirname, '..')
const SLOW: ReadonlySet<string> = new Set(['node:child_process', join(root, 'test/built.ts')])
/** What changes the whole process it is in: libraries with settings for all, the font register, mocks and environments. */
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
const CHANGES = /\bvi\.|process\.env\[|process\.env\.|globalThis\.\w+ =|Object\.assign\(globalThis/

/** The fast ones of the files that the pattern finds, as paths from the root of the repository; `pure`: that share nothing. */
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
