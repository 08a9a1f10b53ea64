// A second implementation passes the same tests.
import { describe } from 'vitest'
import { createMemoryDisk, openMemoryStore } from '../doubles/memory-store.ts'
import { describeStore } from './conformance.ts'

describe('the store in memory', () => {
  describeStore(async () => {
    const disk = createMemoryDisk()
    return { open: async (options) => openMemoryStore({ disk, ...options }), remove: async () => undefined }
  })
})
