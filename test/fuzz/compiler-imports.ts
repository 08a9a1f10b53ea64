// What the real compiler takes for imports in many snippets at once: each is a file of one virtual project, and the
// compiler's own list of what it would resolve is read back. It mends mistakes, so it sees imports in broken code too.
import { API } from 'typescript/unstable/sync'
import { createVirtualFileSystem } from 'typescript/unstable/fs'

/** Modules and files that the compiler would look for, a list for each snippet. */
export function compilerImports(snippets: readonly string[]): string[][] {
  const names = snippets.map((_, i) => `/fuzz/s${i}.ts`)
  const files = Object.fromEntries(names.map((name, i) => [name, snippets[i] ?? '']))
  const compilerOptions = {
    noLib: true,
    types: [],
    module: 'esnext',
    moduleResolution: 'bundler',
    target: 'esnext',
    moduleDetection: 'force',
    noEmit: true,
  }
  files['/fuzz/tsconfig.json'] = JSON.stringify({ compilerOptions, files: names })
  const api = new API({ cwd: '/fuzz', fs: createVirtualFileSystem(files) })
  try {
    const project = api.updateSnapshot({ openProjects: ['/fuzz/tsconfig.json'] }).getProject('/fuzz/tsconfig.json')
    if (!project) throw new Error('the compiler has no project')
    return names.map((name) => {
      const source = project.program.getSourceFile(name)
      if (!source) throw new Error(`the compiler has no ${name}`)
      const named = [...source.imports, ...source.moduleAugmentations].map(
        (node) => (node as { text?: string }).text ?? '?',
      )
      const references = [
        ...source.referencedFiles,
        ...source.typeReferenceDirectives,
        ...source.libReferenceDirectives,
      ]
      return [...named, ...source.ambientModuleNames, ...references.map(({ fileName }) => `/// ${fileName}`)]
    })
  } finally {
    api.close()
  }
}
