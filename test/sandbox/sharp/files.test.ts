// Pictures by name, read and written in the session's folder, with the results and errors that sharp gives for paths.
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SharpConstructor } from 'sharp'
import real from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { type FakeFiles, loadGuest } from './guest.ts'
import { comparable, drawnPictures } from './pictures.ts'

let guest: SharpConstructor
let files: FakeFiles

beforeAll(async () => {
  const pictures = await drawnPictures()
  const half = (name: string) => pictures.get(name)!.subarray(0, pictures.get(name)!.length >> 1)
  for (const name of ['photo.jpg', 'photo.png', 'photo.webp', 'photo.avif', 'photo.tiff'])
    pictures.set(`half-${name}`, half(name))
  pictures.set('cut.gif', pictures.get('anim.gif')!.subarray(0, 200))
  pictures.set('empty.png', Buffer.alloc(0))
  pictures.set('words.png', Buffer.from('these are words, not a picture'))
  pictures.set('bad.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect'))
  pictures.set('folder/画 "1".png', pictures.get('square.png')!)
  files = new Map(pictures)
  guest = await loadGuest(files)
  // The reference run reads real paths, which the native half has blocked in this process.
  real.unblock({ operation: ['VipsForeignLoad'] })
  process.chdir(mkdtempSync(join(tmpdir(), 'sharp-files-')))
  mkdirSync('folder')
  for (const [name, data] of pictures) writeFileSync(name, data)
})

type Act = (sharp: SharpConstructor) => Promise<unknown>
const outcome = async (act: Act, sharp: SharpConstructor): Promise<string> => {
  try {
    return comparable(await act(sharp))
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`
  }
}

const DRAWN = [
  'photo.png',
  'photo.jpg',
  'photo.webp',
  'photo.tiff',
  'photo.avif',
  'alpha.png',
  'gray.png',
  'deep.png',
  'cmyk.jpg',
]
const SPECIAL = ['turned.jpg', 'wide.jpg', 'one.png', 'anim.gif', 'anim.webp', 'drawing.svg', 'folder/画 "1".png']

describe('metadata and stats by name and by bytes are those of plain Node:', () => {
  test.each([...DRAWN, ...SPECIAL])('%s', async (name) => {
    const acts: Act[] = [
      (sharp) => sharp(name).metadata(),
      (sharp) => sharp(name, { animated: true }).metadata(),
      (sharp) => sharp(readFileSync(name)).metadata(),
      (sharp) => sharp(name).resize(3).stats(),
      (sharp) => sharp(name).resize(9).png().toBuffer({ resolveWithObject: true }),
    ]
    for (const act of acts) expect(await outcome(act, guest)).toBe(await outcome(act, real))
  })
})

test('metadata has size for bytes only, and Buffers for EXIF, ICC and XMP', async () => {
  expect(await guest('photo.jpg').metadata()).not.toHaveProperty('size')
  const { size, exif, icc, xmp } = await guest(readFileSync('wide.jpg')).metadata()
  expect([size, Buffer.isBuffer(icc), Buffer.isBuffer(xmp), exif]).toEqual([
    files.get('wide.jpg')!.length,
    true,
    true,
    undefined,
  ])
  expect(Buffer.isBuffer((await guest('turned.jpg').metadata()).exif)).toBe(true)
  expect((await guest('one.png').stats()).channels[0]!.stdev).toBeNaN()
})

describe('toFile writes the bytes and gives the info of plain Node:', () => {
  const writes: Record<string, Act> = {
    'out.png': (sharp) => sharp('photo.jpg').resize(20).toFile('out.png'),
    'out.JPEG': (sharp) => sharp('alpha.png').toFile('out.JPEG'),
    'out.webp': (sharp) => sharp('anim.gif', { animated: true }).toFile('out.webp'),
    'out.gif': (sharp) => sharp('anim.webp', { animated: true }).resize(10).toFile('out.gif'),
    'out.tif': (sharp) => sharp('photo.png').toFile('out.tif'),
    'out.avif': (sharp) => sharp('one.png').toFile('out.avif'),
    'no-extension': (sharp) => sharp('photo.jpg').toFile('no-extension'),
    drawing: (sharp) => sharp('drawing.svg').toFile('drawing'),
    'out.constructor': (sharp) => sharp('photo.webp').toFile('out.constructor'),
    'data.json': (sharp) => sharp('photo.webp').toFile('data.json'),
    'wrong.png': (sharp) => sharp('photo.png').jpeg().toFile('wrong.png'),
    'cmyk-out.jpg': (sharp) => sharp('photo.png').toColourspace('cmyk').toFile('cmyk-out.jpg'),
    joined: (sharp) => sharp(['square.png', 'photo.png'], { join: { across: 2 } }).toFile('joined'),
    'folder/deep.png': (sharp) => sharp('square.png').toFile('./folder/../folder/deep.png'),
    'layers.png': (sharp) =>
      sharp('photo.png')
        .composite([{ input: 'square.png', gravity: 'west' }])
        .boolean('alpha.png', 'or')
        .toFile('layers.png'),
    'channels.png': (sharp) => sharp('gray.png').joinChannel(['gray.png', 'gray.png']).toFile('channels.png'),
  }
  test.each(Object.entries(writes))('%s', async (name, act) => {
    expect(await outcome(act, guest)).toBe(await outcome(act, real))
    expect(Buffer.from(files.get(name)!).equals(readFileSync(name))).toBe(true)
  })
})

const raster = { create: { width: 4, height: 4, channels: 3 as const, background: 'red' } }
const failures: Record<string, Act> = {
  'a missing file': (sharp) => sharp('nope.png').toBuffer(),
  'a missing absolute file': (sharp) => sharp('/mnt/data/nope.png').metadata(),
  'SVG given as a name': (sharp) => sharp('<svg xmlns="x">é</svg>').toBuffer(),
  'an empty file': (sharp) => sharp('empty.png').toBuffer(),
  'a folder': (sharp) => sharp('folder').metadata(),
  'words named .png': (sharp) => sharp('words.png').stats(),
  'half a JPEG': (sharp) => sharp('half-photo.jpg').toBuffer(),
  'half a PNG': (sharp) => sharp('half-photo.png').toBuffer(),
  'half a WebP': (sharp) => sharp('half-photo.webp').toBuffer(),
  'a cut GIF': (sharp) => sharp('cut.gif').toBuffer(),
  'half a TIFF': (sharp) => sharp('half-photo.tiff').toBuffer(),
  'half an AVIF': (sharp) => sharp('half-photo.avif').toBuffer(),
  'half an AVIF as bytes': (sharp) => sharp(readFileSync('half-photo.avif')).toBuffer(),
  'words as bytes': (sharp) => sharp(readFileSync('words.png')).toBuffer(),
  'a cut GIF as bytes': (sharp) => sharp(readFileSync('cut.gif')).toBuffer(),
  'broken SVG': (sharp) => sharp('bad.svg').png().toBuffer(),
  'a missing layer': (sharp) =>
    sharp('photo.png')
      .composite([{ input: 'gone.png' }])
      .toBuffer(),
  'a layer of words': (sharp) =>
    sharp(readFileSync('photo.png'))
      .composite([{ input: 'words.png' }])
      .toBuffer(),
  'a missing layer below a bad extract': (sharp) =>
    sharp('photo.png')
      .extract({ left: 150, top: 0, width: 99, height: 9 })
      .composite([{ input: 'gone.png' }])
      .toBuffer(),
  'a missing operand': (sharp) => sharp('photo.png').boolean('gone.png', 'and').toBuffer(),
  'a missing picture to join': (sharp) => sharp(['photo.png', 'gone.png'], { join: { across: 2 } }).toBuffer(),
  'the input as output': (sharp) => sharp('photo.png').toFile('./folder/../photo.png'),
  'no name for the output': (sharp) => sharp('photo.png').toFile(''),
  'pixels without a format': (sharp) => sharp(raster).toFile('out.xyz'),
  'an extension in mixed case': (sharp) => sharp(raster).toFile('out.PnG'),
  'raw pixels to a file': (sharp) => sharp('photo.png').raw().toFile('out.png'),
  'raw pixels of a missing file': (sharp) => sharp('nope.png').raw().toFile('out.png'),
  'a JPEG 2000 file': (sharp) => sharp('photo.png').toFile('out.jp2'),
  'a JPEG XL file from pixels': (sharp) => sharp(raster).toFile('out.jxl'),
}

describe('a file that fails has the error of plain Node:', () => {
  test.each(Object.entries(failures))('%s', async (_, act) => {
    const there = await outcome(act, real)
    expect(there).toMatch(/^Error: /)
    expect(await outcome(act, guest)).toBe(there)
  })
})

test('a file that cannot be written has the first lines of the error of plain Node', async () => {
  for (const name of ['none/out.png', 'folder', 'folder/']) {
    const act: Act = (sharp) => sharp('photo.png').toFile(name)
    const here = await outcome(act, guest)
    expect(here).toMatch(/unable to open for write\nsystem error: (No such file|Is a)/)
    expect((await outcome(act, real)).startsWith(here)).toBe(true)
  }
})

test('names outside the session are missing, and nothing is written there', async () => {
  for (const name of ['/etc/passwd', '../../etc/passwd', '/mnt/data/../x.png', '/dev/null', '/proc/self/environ']) {
    expect(await outcome((sharp) => sharp(name).metadata(), guest)).toBe(`Error: Input file is missing: ${name}`)
  }
  const before = files.size
  expect(await outcome((sharp) => sharp('photo.png').toFile('/tmp/easel.png'), guest)).toMatch(
    /^Error: \/tmp\/easel.png: unable to open for write/,
  )
  expect(await outcome((sharp) => sharp('photo.png').toFile('../easel.png'), guest)).toMatch(/Permission denied$/)
  expect(files.size).toBe(before)
})

test('an absolute name below the session folder is the same file', async () => {
  expect((await guest('/mnt/data/folder/../photo.png').metadata()).width).toBe(160)
  await guest('photo.png').toFile('/mnt/data/absolute.png')
  expect(files.has('absolute.png')).toBe(true)
})
