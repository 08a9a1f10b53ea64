// The built product, for tests that inspect it. They need the build, so they are not among the fast tests.
import { join } from 'node:path'

/** The folder dist/. */
export const built = join(import.meta.dirname, '../dist')
