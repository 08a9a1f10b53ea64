// The built product, for tests that read what is in it: they need the build, and so are not among the fast ones.
import { join } from 'node:path'

/** The folder dist/. */
export const built = join(import.meta.dirname, '../dist')
