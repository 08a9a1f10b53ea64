// Streams, callbacks, clones and events of the guest sharp, and its bundle in a context without anything of Node.
import { createRequire } from 'node:module'
import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createContext, runInContext } from 'node:vm'
import type { Sharp, SharpConstructor } from 'sharp'
import real from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { bundledSource, contextOf, loadGuest, transportTo } from './guest.ts'
import { drawnPictures } from './pictures.ts'

let guest: SharpConstructor
let photo: Buffer

beforeAll(async () => {
  const pictures = await drawnPictures()
  photo = pictures.get('photo.jpg')!
  guest = await loadGuest(new Map(pictures))
})

const chunks = (data: Buffer) => Readable.from([data.subarray(0, 1000), data.subarray(1000)])
const collect = async (source: AsyncIterable<Buffer>) => Buffer.concat(await Array.fromAsync(source))

test('bytes piped in and out are those of plain Node', async () => {
  const through = async (sharp: SharpConstructor) => {
    const out = new PassThrough()
    chunks(photo)
      .pipe(sharp({ failOn: 'error' }).resize(30).webp())
      .pipe(out)
    return collect(out)
  }
  expect((await through(guest)).equals(await through(real))).toBe(true)
})

test('a file may be piped out, and info is emitted', async () => {
  const image = guest('photo.jpg').resize(12)
  const info = new Promise((resolve) => image.on('info', resolve))
  const data = await collect(image)
  expect(await info).toMatchObject({ format: 'jpeg', width: 12, size: data.length })
})

test('a written sharp answers metadata, stats and its clones', async () => {
  const image = guest()
  const results = Promise.all([
    image.metadata(),
    image.stats(),
    image.clone().resize(5).png().toBuffer(),
    image.clone().negate().toBuffer(),
  ])
  await pipeline(chunks(photo), image as unknown as NodeJS.WritableStream)
  const [metadata, stats, small, negative] = await results
  expect([metadata, stats]).toEqual([await real(photo).metadata(), await real(photo).stats()])
  expect(small.equals(await real(photo).resize(5).png().toBuffer())).toBe(true)
  expect(negative.equals(await real(photo).negate().toBuffer())).toBe(true)
})

test('an error in a stream is emitted with the text of plain Node', async () => {
  const failure = (sharp: SharpConstructor) =>
    new Promise<string>((resolve) => {
      const image = sharp().png()
      image.on('error', (error: Error) => resolve(error.message))
      image.resume()
      image.end(Buffer.from('no picture at all'))
    })
  expect(await failure(guest)).toBe('Input buffer contains unsupported image format')
  expect(await failure(guest)).toBe(await failure(real))
})

test('an empty stream has the error of plain Node', async () => {
  const failure = (sharp: SharpConstructor) => {
    const image = sharp()
    image.end()
    return image.toBuffer().catch((error: Error) => error.message)
  }
  expect(await failure(guest)).toBe(await failure(real))
})

test('callbacks get what promises get', async () => {
  const call = (sharp: SharpConstructor) =>
    new Promise((resolve) =>
      sharp(photo)
        .resize(9)
        .toBuffer((error, data, info) => resolve([error, data, info])),
    )
  expect(await call(guest)).toEqual(await call(real))
  const meta = (sharp: SharpConstructor) =>
    new Promise((resolve) => sharp(photo).metadata((error, found) => resolve([error, found])))
  expect(await meta(guest)).toEqual(await meta(real))
  const failed = await new Promise<Error>((resolve) => guest(photo).toFile('', (error) => resolve(error)))
  expect(failed.message).toBe('Missing output file path')
})

test('a clone goes its own way', async () => {
  const base = guest(photo).resize(40)
  const [gray, plain] = await Promise.all([base.clone().greyscale().png().toBuffer(), base.png().toBuffer()])
  expect(gray.equals(await real(photo).resize(40).greyscale().png().toBuffer())).toBe(true)
  expect(plain.equals(await real(photo).resize(40).png().toBuffer())).toBe(true)
  expect(base.clone()).toBeInstanceOf(guest)
})

test('one object may be run several times, and grow between', async () => {
  const runs = async (sharp: SharpConstructor) => {
    const image = sharp(photo).resize(30)
    const first = await image.toBuffer()
    const { data } = await image.flip().toUint8Array()
    await image.metadata()
    return [first, Buffer.from(data), await image.png().toBuffer()].map((bytes) => bytes.toString('base64'))
  }
  expect(await runs(guest)).toEqual(await runs(real))
})

test('warnings arrive as events, those of the native half too', async () => {
  const heard = async (sharp: SharpConstructor) => {
    const warnings: string[] = []
    const image = sharp(photo)
    image.on('warning', (warning: string) => warnings.push(warning))
    await image.resize(10).resize(20).greyscale().toColourspace('b-w').withIccProfile('p3').png().toBuffer()
    return warnings
  }
  expect(await heard(guest)).toEqual(await heard(real))
  expect(await heard(guest)).toEqual(['ignoring previous resize options', 'profile incompatible with image'])
})

test('the queue tells how much is under way', async () => {
  const lengths: number[] = []
  guest.queue.on('change', (length: number) => lengths.push(length))
  await Promise.all([guest(photo).resize(5).toBuffer(), guest(photo).resize(6).toBuffer()])
  expect(lengths).toEqual([1, 2, 1, 0])
  expect(guest.counters()).toEqual({ queue: 0, process: 0 })
})

test('the bundle runs where there is nothing of Node, and is small', async () => {
  const source = await bundledSource('iife')
  const { Buffer: NpmBuffer } = createRequire(import.meta.url)('buffer/') as { Buffer: typeof Buffer }
  const context = createContext({ queueMicrotask, structuredClone, Buffer: undefined })
  const names = [
    'Uint8Array',
    'ArrayBuffer',
    'Uint8ClampedArray',
    'Int8Array',
    'Uint16Array',
    'Int16Array',
    'Uint32Array',
    'Int32Array',
    'Float32Array',
    'Float64Array',
  ]
  // The npm Buffer belongs to this realm, so the related classes are passed along; the sandbox has only one realm.
  for (const name of names) (context as Record<string, unknown>)[name] = (globalThis as Record<string, unknown>)[name]
  context.Buffer = NpmBuffer
  const bare = runInContext(`${source}; guest`, context) as { sharp: SharpConstructor; connect: (to: unknown) => void }
  expect(source.length).toBeLessThan(200_000)
  expect(source).not.toMatch(/child_process|\brequire\("|process\.(?:env|platform)/)
  bare.connect(transportTo(contextOf(new Map())))
  const image: Sharp = bare
    .sharp(NpmBuffer.from(photo))
    .resize(20)
    .composite([{ input: { create: { width: 4, height: 4, channels: 3, background: 'red' } } }])
  const data = await image.clone().png().toBuffer()
  expect(data).toBeInstanceOf(NpmBuffer)
  const there = await real(photo)
    .resize(20)
    .composite([{ input: { create: { width: 4, height: 4, channels: 3, background: 'red' } } }])
    .png()
    .toBuffer()
  expect(Buffer.from(data).equals(there)).toBe(true)
  const written = bare.sharp().resize(9).png()
  written.write(NpmBuffer.from(photo.subarray(0, 500)))
  written.end(NpmBuffer.from(photo.subarray(500)))
  expect(Buffer.from(await written.toBuffer()).equals(await real(photo).resize(9).png().toBuffer())).toBe(true)
})
