// Finds the native TypeScript compiler and the folder of the snippets' types, wherever Easel is installed.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { productFolder } from '../../sandbox/product.ts'

/** The product's folder, symlinks resolved. */
export const PRODUCT_FOLDER = productFolder()
/** The folder in which the documents of the language server seem to lie; its tsconfig.json is theirs. */
export const TYPES_FOLDER = path.join(PRODUCT_FOLDER, 'sandbox/guest-types')

/** The path of the native `tsc`. Throws when this platform's TypeScript package is not installed. */
export function findCompiler(): string {
  const platform = `@typescript/typescript-${process.platform}-${process.arch}`
  // The platform's package is a dependency of `typescript`, so it is looked for from there.
  const typescript = createRequire(import.meta.url).resolve('typescript/package.json')
  const folder = path.dirname(createRequire(typescript).resolve(`${platform}/package.json`))
  const compiler = path.join(folder, 'lib/tsc')
  if (!existsSync(compiler)) throw new Error(`TypeScript's ${platform} has no compiler; install Easel again.`)
  return compiler
}
