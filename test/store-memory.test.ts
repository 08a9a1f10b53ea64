// A second implementation passes the same tests.
import { describe } from 'vitest'
import { createMemoryDisk, openMemoryStore } from '../sessions/memory.ts'
import { describeStore } from './store-conformance.ts'

describe('the store in memory', () => {
  describeStore(async () => {
    const disk = createMemoryDisk()
    return { open: async (options) => openMemoryStore({ disk, ...options }), remove: async () => undefined }
  })
})
