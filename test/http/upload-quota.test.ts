// Uploads in progress count towards the data folder's limit, each byte once.
import { expect, test } from 'vitest'
import type { SessionStore } from '../../sessions/store.ts'
import { reserveUpload } from '../../src/http/files/upload-quota.ts'

test('bytes that are stored no longer count as under way', async () => {
  let bytes = 0
  const store = { size: async () => ({ bytes, limit: 100 }), list: async () => [] } as unknown as SessionStore
  const first = await reserveUpload(store, 'a')
  expect(first.count(60)).toBeUndefined()
  const refused = await reserveUpload(store, 'b')
  expect(refused.count(60)).toMatchObject({ code: 'EASEL_LIMIT_FOLDER' })
  refused.end()
  bytes = 60
  first.stored(60)
  const other = await reserveUpload(store, 'c')
  expect(other.count(20)).toBeUndefined()
  first.end()
  expect(other.count(10)).toBeUndefined()
  expect(other.count(20)).toMatchObject({ code: 'EASEL_LIMIT_FOLDER' })
})
