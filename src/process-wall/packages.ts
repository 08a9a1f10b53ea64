// Finds installed packages: in the product's node_modules, or above it if Easel is itself a dependency.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { productFolder } from '../../sandbox/product.ts'

/** The folders of these packages, or of whole scopes (`@img`); packages that are not installed are skipped. */
export function packageFolders(names: readonly string[]): string[] {
  const folders: string[] = []
  for (let at = productFolder(); at !== dirname(at); at = dirname(at)) {
    if (!at.endsWith('/node_modules')) folders.push(join(at, 'node_modules'))
  }
  return names.flatMap((name) => folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? [])
}
