// Which test files are fast: those that can start no process and need no build. What a file imports tells, and what that
// imports, so nobody keeps a list; `no-processes.ts` sees to it that it is true.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** Imports of values that stand at the margin, and those of a file that is loaded on the way. */
const IMPORTS = /^(?:import|export)\s(?!type\b)(?:[^'";]*?\bfrom\s+)?'([^']+)'|\bimport\('(\.[^']+)'\)/gm

const root = join(import.meta.dirname, '..')
const SLOW: ReadonlySet<string> = new Set(['node:child_process', join(root, 'test/built.ts')])

/** The fast ones of the files that the pattern finds, as paths from the root of the repository. */
export function fastFiles(pattern: string, exclude: readonly string[]): string[] {
  const known = new Map<string, readonly string[]>()
  const importsOf = (file: string): readonly string[] => {
    const found = known.get(file) ?? readImports(file)
    known.set(file, found)
    return found
  }
  return globSync(pattern, { cwd: root, exclude }).filter((file) => {
    const reached = new Set([join(root, file)])
    for (const at of reached) for (const one of importsOf(at)) reached.add(one)
    return SLOW.isDisjointFrom(reached)
  })
}

function readImports(file: string): readonly string[] {
  if (!file.endsWith('.ts') || !existsSync(file)) return []
  const names = Array.from(readFileSync(file, 'utf8').matchAll(IMPORTS), ([, name, later]) => name ?? later ?? '')
  return names.map((name) => (name.startsWith('.') ? resolve(dirname(file), name) : name))
}
