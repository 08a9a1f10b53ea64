// Where packages really lie: beside the product's own, or in a folder above it where it is a package itself.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { productFolder } from '../../sandbox/product.ts'

/** The folders of these packages, or of all in a scope (`@img`); one that is not installed has none. */
export function packageFolders(names: readonly string[]): string[] {
  const folders: string[] = []
  for (let at = productFolder(); at !== dirname(at); at = dirname(at)) {
    if (!at.endsWith('/node_modules')) folders.push(join(at, 'node_modules'))
  }
  return names.flatMap((name) => folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? [])
}
