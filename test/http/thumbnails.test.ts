// Thumbnails over HTTP: of pictures only, with the same rules as the files.
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { openScene } from './scene.ts'
import { bring, filesOf, problemOf } from './client.ts'
import { bitmap } from '../sandbox/native/image-input-scene.ts'

const flat = (width: number, height: number, background = 'red') =>
  sharp({ create: { width, height, channels: 3, background } })

test('a picture of any kind that is read has one, upright and small; it is asked for again by its tag', async () => {
  const { client, logged } = await openScene()
  const one = client()
  const id = await one.session()
  const frames = await Promise.all(['red', 'blue'].map((colour) => flat(50, 40, colour).png().toBuffer()))
  await bring(one, id, {
    'photo.jpg': await flat(1600, 800).withExif({}).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    'spin.gif': await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer(),
    'scan.tif': await flat(640, 640).tiff().toBuffer(),
    'old.bmp': bitmap(61, 30, [1, 2, 3]),
    'line.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="12"><rect width="24" height="12"/></svg>',
  })
  const files = await filesOf(one, id)
  const sizes: unknown[] = []
  for (const file of files) {
    const answer = await one.fetch(`/api/sessions/${id}/files/${file.id}/thumbnail`)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'private, no-cache',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    })
    const { width, height, pages = 1, format } = await sharp(await answer.arrayBuffer()).metadata()
    sizes.push([file.name, format, width, height, pages])
  }
  expect(sizes).toEqual([
    ['photo.jpg', 'webp', 160, 320, 1],
    ['spin.gif', 'webp', 50, 40, 1],
    ['scan.tif', 'webp', 320, 320, 1],
    ['old.bmp', 'webp', 61, 30, 1],
    ['line.svg', 'webp', 320, 160, 1],
  ])
  const path = `/api/sessions/${id}/files/${files[0]!.id}/thumbnail`
  const { headers } = await one.fetch(path)
  const again = await one.fetch(path, { headers: { 'if-none-match': headers.get('etag') ?? '' } })
  expect([again.status, await again.text()]).toEqual([304, ''])
  expect((await one.fetch(path, { method: 'HEAD' })).headers.get('content-length')).toBe(headers.get('content-length'))
  expect(logged).toEqual([])
})

test('what is no picture has none, nor what cannot be read, and nobody sees those of another', async () => {
  const { client, service } = await openScene()
  const one = client()
  const id = await one.session()
  await bring(one, id, { 'a.csv': 'a,b\n1,2\n', 'cut.png': (await flat(9, 9).png().toBuffer()).subarray(0, 60) })
  await bring(one, id, { 'whole.png': await flat(9, 9).png().toBuffer() })
  const [table, cut, whole] = (await filesOf(one, id)).map((file) => `/api/sessions/${id}/files/${file.id}/thumbnail`)
  expect(await problemOf(one.fetch(table!))).toMatchObject({
    status: 404,
    code: 'no_thumbnail',
    detail: 'There is no thumbnail of "a.csv". It is text/csv.',
  })
  expect(await problemOf(one.fetch(cut!))).toMatchObject({ status: 404, code: 'no_thumbnail' })
  expect(await problemOf(client().fetch(whole!))).toMatchObject({ status: 404, code: 'not_found' })
  expect(await problemOf(one.fetch(whole!.replace(/files\/.*\/t/, 'files/none/t')))).toMatchObject({
    code: 'not_found',
  })
  // Also of an idle session, which stays idle.
  await service.deactivate(id)
  expect((await one.fetch(whole!)).status).toBe(200)
  expect(service.active(id)).toBeUndefined()
})

test('a JPEG over the limit has one all the same, as it is decoded small; another picture over it has none', async () => {
  const { client } = await openScene({ limits: { picturePixels: 1_000_000 } })
  const one = client()
  const id = await one.session()
  const large = flat(1600, 1200).withMetadata({ orientation: 6 })
  const brought = await bring(one, id, {
    'large.jpg': await large.jpeg().toBuffer(),
    'scans.jpg': await large.jpeg({ progressive: true }).toBuffer(),
    'large.png': await large.png().toBuffer(),
  })
  const has = 'It has 1,920,000 pixels (1600 x 1200); the limit is 1,000,000.'
  expect(brought.map((file) => (file as { problem?: string }).problem)).toEqual([
    `${has} This JPEG can be read if it is first resized to at most 533 x 400.`,
    `${has} Make a smaller copy and attach that.`,
    `${has} Make a smaller copy and attach that.`,
  ])
  const paths = brought.map((file) => `/api/sessions/${id}/files/${file.id}/thumbnail`)
  const made = await sharp(await (await one.fetch(paths[0]!)).arrayBuffer()).metadata()
  expect([made.width, made.height]).toEqual([240, 320])
  for (const path of paths.slice(1)) expect(await problemOf(one.fetch(path))).toMatchObject({ code: 'no_thumbnail' })
})
