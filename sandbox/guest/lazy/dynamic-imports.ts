// `await import('package')` in the helpers: in plain Node it is Node's own; in the guest bundle it loads the package's
// lazy bundle. Every package that helpers import so is in LAZY_BUNDLES, and none of those is part of the guest bundle.
import type { Plugin } from 'rolldown'
import { LAZY_MODULES } from '../../lazy-bundles.ts'

/** The variable of the bundle whose `import` takes the place of `import()`; core/modules.ts sets it. */
const NAME = '$packages'

/** The rolldown plugin of the guest bundle; the build fails on any other import of a package of this kind. */
export function dynamicImports(): Plugin {
  return {
    name: 'easel-dynamic-imports',
    intro: () => `const ${NAME} = {};`,
    resolveId(source, importer = '', { kind }) {
      if (!importer.includes('/sandbox/') || /^[./\0]/.test(source)) return undefined
      if (kind === 'dynamic-import') {
        if (LAZY_MODULES.has(source)) return { id: source, external: true }
        throw new Error(`${importer} imports '${source}' dynamically: add it to sandbox/lazy-bundles.ts.`)
      }
      if (!LAZY_MODULES.has(source)) return undefined
      throw new Error(`${importer} imports '${source}' statically, which makes every start slower: use await import().`)
    },
    renderChunk: (code) => code.replace(DYNAMIC, `${NAME}.import($1)`),
  }
}

const names = [...LAZY_MODULES.keys()].map((name) => name.replaceAll(/[.-]/g, String.raw`\$&`)).join('|')
const DYNAMIC = new RegExp(String.raw`\bimport\((["'\`](?:${names})["'\`])\)`, 'g')
