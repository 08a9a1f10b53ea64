// A second implementation passes the same tests.
import { createMemoryDisk, openMemoryStore } from '../sessions/memory.ts'
import { describeStore } from './store-conformance.ts'

describeStore('the store in memory', async () => {
  const disk = createMemoryDisk()
  return { open: async (options) => openMemoryStore({ disk, ...options }), remove: async () => undefined }
})
