// The imports that the real compiler sees in many snippets at once: each is a file of one virtual project, and the
// compiler's list of modules to resolve is read back. It repairs errors, so it sees imports in broken code too.
import { API } from 'typescript/unstable/sync'

export interface Compiler {
  /** Modules and files that it would look up, a list per snippet. */
  importsOf(snippets: readonly string[]): string[][]
  close(): void
}

const OPTIONS = {
  noLib: true,
  types: [],
  module: 'esnext',
  moduleResolution: 'bundler',
  target: 'esnext',
  moduleDetection: 'force',
  noEmit: true,
}
const FOLDER = '/fuzz'

/** Starts the compiler, which sees nothing of the disk. */
export function openCompiler(): Compiler {
  const files = new Map<string, string>()
  const api = new API({
    cwd: FOLDER,
    fs: {
      readFile: (name) => files.get(name) ?? null,
      fileExists: (name) => files.has(name),
      directoryExists: (name) => name === '/' || `${name}/`.startsWith(`${FOLDER}/`),
      getAccessibleEntries: () => ({ files: [], directories: [] }),
      realpath: (name) => name,
    },
  })
  let count = 0
  return {
    importsOf(snippets) {
      // A new folder each time, as the compiler caches what it has read.
      const folder = `${FOLDER}/${++count}`
      const names = snippets.map((_, i) => `${folder}/s${i}.ts`)
      const config = `${folder}/tsconfig.json`
      files.clear()
      for (const [i, name] of names.entries()) files.set(name, snippets[i] ?? '')
      files.set(config, JSON.stringify({ compilerOptions: OPTIONS, files: names }))
      const project = api.updateSnapshot({ openProjects: [config] }).getProject(config)
      if (!project) throw new Error('the compiler has no project')
      const found = names.map((name) => {
        const source = project.program.getSourceFile(name)
        if (!source) throw new Error(`the compiler has no ${name}`)
        const nodes = [...source.imports, ...source.moduleAugmentations]
        const references = [
          ...source.referencedFiles,
          ...source.typeReferenceDirectives,
          ...source.libReferenceDirectives,
        ]
        return [
          ...nodes.map((node) => (node as { text?: string }).text ?? '?'),
          ...references.map(({ fileName }) => fileName),
        ]
      })
      api.updateSnapshot({ closeProjects: [config] })
      api.clearSourceFileCache()
      return found
    },
    close: () => api.close(),
  }
}
