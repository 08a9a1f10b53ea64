// The embedded store passes the conformance suite in a data folder.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from 'vitest'
import { openStore } from '../../sessions/sqlite/store.ts'
import { describeStore } from './conformance.ts'

describe('the embedded store', () => {
  describeStore(async () => {
    const home = await mkdtemp(join(tmpdir(), 'easel-store-'))
    return {
      open: (options) => openStore({ folder: join(home, 'data'), ...options }),
      remove: () => rm(home, { recursive: true, force: true }),
    }
  })
})
