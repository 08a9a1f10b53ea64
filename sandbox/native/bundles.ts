// The text of a lazy bundle for the guest: files of dist/guest/ by a fixed list of names, and nothing else.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { LAZY_BUNDLES } from '../lazy-bundles.ts'
import { productFolder } from '../product.ts'
import type { Operations } from './operation.ts'

const bundleName = z.enum(Object.keys(LAZY_BUNDLES))
const folder = join(productFolder(), 'dist/guest')

export const bundleOperations: Operations = {
  'bundle.source': (args) => [readFileSync(join(folder, `${bundleName.parse(args)}.js`), 'utf8'), []],
}
