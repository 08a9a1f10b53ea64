import { expect, test } from 'vitest'
import { encodeGif } from '../../../../sandbox/helpers/gif/encode.ts'
import { openGif } from '../../../../sandbox/helpers/gif/host.ts'
import { openGifEncoder, type GifEncoderOptions } from '../../../../sandbox/native/gif/encoder.ts'
import { painted, photo } from './drawings.ts'

const chart = (n: number) =>
  painted(90, 60, (x, y) => (y % 10 < 7 && x < 20 + n * 9 ? [y * 4, 90, 200 - n] : [255, 255, 255]))
const mixed = [chart(0), chart(1), photo(90, 60, 0), photo(90, 60, 3), chart(2), chart(2), photo(90, 60, 9), chart(7)]
const options = { width: 90, height: 60, delay: 100, loop: 0, quality: 'good' } as const

async function pooled(more: Partial<GifEncoderOptions>): Promise<Uint8Array> {
  const session = openGifEncoder({ ...options, ...more })
  for (const frame of mixed) await session.add(frame)
  return session.finish()
}

test('one, two and three threads give the bytes of no thread at all', async () => {
  const alone = Buffer.from(encodeGif(mixed, options))
  for (const threads of [1, 2, 3])
    expect(Buffer.from(await pooled({ threads })).equals(alone), `${threads} threads`).toBe(true)
})

test('frames added without waiting keep their order', async () => {
  const session = openGif(options)
  for (const frame of mixed) void session.add(frame)
  expect(Buffer.from(await session.finish()).equals(Buffer.from(encodeGif(mixed, options)))).toBe(true)
})

test('progress counts every frame', async () => {
  const seen: number[] = []
  await pooled({ threads: 2, onProgress: (done) => seen.push(done) })
  expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
})

test('a frame’s own delay wins over the list', async () => {
  const session = openGifEncoder({ ...options, threads: 1 })
  await session.add(chart(0), 300)
  await session.add(chart(1))
  const same = encodeGif([chart(0), chart(1)], { ...options, delay: [300, 100] })
  expect(Buffer.from(await session.finish()).equals(Buffer.from(same))).toBe(true)
})

test('a frame of another size fails the GIF with a sentence', async () => {
  const session = openGifEncoder({ ...options, threads: 1 })
  await session.add(chart(0))
  await expect(session.add(painted(9, 9, () => [0, 0, 0]))).rejects.toThrow(
    'frame 2 is 9x9, but the GIF is 90x60; resize it first',
  )
  await expect(session.finish()).rejects.toThrow('frame 2 is 9x9, but the GIF is 90x60; resize it first')
})

test('no frames are refused', async () => {
  await expect(openGifEncoder({ ...options, threads: 1 }).finish()).rejects.toThrow('a GIF needs at least one frame')
})

test('a worker that cannot start fails the GIF instead of hanging it', async () => {
  const workerUrl = new URL('data:text/javascript,throw new Error("no such luck")')
  await expect(pooled({ threads: 1, workerUrl })).rejects.toThrow('no such luck')
})

test('a worker that dies fails its GIF, and the next GIF gets another', async () => {
  const code = 'import{parentPort as p}from"node:worker_threads";p.on("message",()=>process.exit(3))'
  const workerUrl = new URL(`data:text/javascript,${encodeURIComponent(code)}`)
  for (let k = 0; k < 2; k++)
    await expect(pooled({ threads: 1, workerUrl })).rejects.toThrow('a GIF worker thread ended with code 3')
})

test('cancelling and aborting end the session at once and free the threads for the next', async () => {
  const cancelled = openGifEncoder({ ...options, threads: 1 })
  for (const frame of mixed) void cancelled.add(frame).catch(() => undefined)
  cancelled.cancel()
  await expect(cancelled.finish()).rejects.toThrow('the GIF was cancelled')

  const controller = new AbortController()
  const aborted = openGifEncoder({ ...options, threads: 1, signal: controller.signal })
  await aborted.add(mixed[0]!)
  controller.abort(new Error('enough'))
  await expect(aborted.add(mixed[1]!)).rejects.toThrow('enough')
  expect((await pooled({ threads: 1 })).length).toBeGreaterThan(1000)
})
