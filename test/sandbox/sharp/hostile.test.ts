// Requests that our guest code would never send: the native half of sharp refuses each.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { sharpOperations } from '../../../sandbox/native/sharp/operations.ts'
import { watchLoop } from '../../measures.ts'
import { contextOf } from './guest.ts'
import { drawnPictures } from './pictures.ts'

let pictures: Map<string, Buffer>
let one: Uint8Array
let secret: string

beforeAll(async () => {
  pictures = await drawnPictures()
  one = new Uint8Array(pictures.get('one.png')!)
  secret = join(mkdtempSync(join(tmpdir(), 'sharp-hostile-')), 'secret.png')
  writeFileSync(secret, pictures.get('photo.png')!)
})

const run = (args: unknown, bytes: readonly Uint8Array[] = [one]) =>
  sharpOperations['sharp.run']!(args, bytes, contextOf(new Map(pictures)))
const message = async (args: unknown, bytes?: readonly Uint8Array[]): Promise<string> => {
  try {
    await run(args, bytes)
  } catch (error) {
    return (error as Error).message
  }
  return 'it ran'
}
const input = { $bytes: 0, $kind: 'Buffer' }
const calls = (...list: unknown[]) => ({ input, calls: list, end: 'buffer' })

describe('the native half refuses', () => {
  test.each([
    'constructor',
    '__proto__',
    'hasOwnProperty',
    'toString',
    '_pipeline',
    '_read',
    'emit',
    'pipe',
    'on',
    'clone',
    'toFile',
    'toBuffer',
    'metadata',
    'eval',
    '',
  ])('the method %j', async (method) => {
    expect(await message(calls([method, []]))).toBe(`sharp.run: there is no method ${JSON.stringify(method)}`)
  })

  test.each([
    ['null', null],
    ['a string', 'sharp'],
    ['a list', [1]],
    ['no calls', { input, end: 'buffer' }],
    ['calls that are no list', { input, calls: { length: 1 }, end: 'buffer' }],
    ['a call that is a string', calls('resize')],
    ['a method that is a number', calls([7, []])],
    ['arguments that are an object', calls(['resize', { 0: 1 }])],
    ['an unknown ending', { input, calls: [], end: 'pipeline' }],
    ['an unknown property', { input, calls: [], end: 'buffer', fileOut: '/tmp/x.png' }],
    ['a name that is an object', { input, calls: [], end: 'file', name: { toString: 1 } }],
    ['an empty name', { input, calls: [], end: 'file', name: '' }],
    ['a very long name', { input, calls: [], end: 'file', name: 'x'.repeat(5000) }],
    ['ten thousand calls and one', calls(...Array.from({ length: 10_001 }, () => ['flip', []]))],
  ])('%s', async (_, args) => {
    expect(await message(args)).toMatch(/^sharp\.run: /)
  })

  test.each([
    ['a byte array that is not there', { $bytes: 5, $kind: 'Buffer' }],
    ['a byte array below zero', { $bytes: -1, $kind: 'Buffer' }],
    ['a byte array by a half', { $bytes: 0.5, $kind: 'Buffer' }],
    ['a byte array of a class that is none of ours', { $bytes: 0, $kind: 'Function' }],
    ['a byte array with more to it', { $bytes: 0, $kind: 'Buffer', constructor: 1 }],
  ])('%s', async (_, reference) => {
    expect(await message({ input: reference, calls: [], end: 'buffer' })).toBe('sharp.run: no such byte array')
  })

  test('bytes where only values may be', async () => {
    expect(await message(calls(['resize', [input]]))).toBe('sharp.run: a key may not be "$bytes"')
    expect(await message(calls(['composite', [[{ input, blend: input }]]]))).toBe(
      'sharp.run: a key may not be "$bytes"',
    )
  })

  test('keys of prototypes, deep nesting and functions', async () => {
    const proto = JSON.parse('{"__proto__": {"width": 5}}') as object
    expect(await message(calls(['resize', [proto]]))).toBe('sharp.run: a key may not be "__proto__"')
    expect(await message(calls(['resize', [{ constructor: 1 }]]))).toBe('sharp.run: a key may not be "constructor"')
    const deep = JSON.parse('['.repeat(5000) + ']'.repeat(5000)) as unknown
    expect(await message(calls(['linear', [deep]]))).toBe('sharp.run: a value is nested more than 8 deep')
    expect(await message(calls(['composite', [deep]]))).toMatch(/nested|call stack/)
    expect(await message(calls(['resize', [() => 1]]))).toBe('sharp.run: only JSON values may be sent')
    expect(({} as { width?: number }).width).toBeUndefined()
  })

  test('numbers out of any range, as sharp does', async () => {
    for (const number of [1e308, -1, 2 ** 53, { $number: 'Infinity' }, { $number: 'NaN' }]) {
      expect(await message(calls(['resize', [number]]))).toMatch(
        /^Expected positive integer between 1 and 100000000 for width/,
      )
    }
    expect(await message(calls(['median', [1001]]))).toMatch(/^Expected integer between 1 and 1000 for size/)
    expect(await message(calls(['affine', [[1e300, 0, 0, 1e300]]]))).toMatch(/would have/)
    expect(await message(calls(['rotate', [1e300]]))).not.toBe('')
  })

  test('no input, and a stream that is none', async () => {
    expect(await message({ calls: [], end: 'buffer' })).toBe('sharp.run: the picture is missing')
    expect(await message({ input, stream: 0, calls: [], end: 'buffer' })).toBe('sharp.run: nothing was streamed')
    expect(await message({ stream: 9, calls: [], end: 'buffer' })).toBe('sharp.run: nothing was streamed')
  })

  test('paths of the host, wherever sharp would take one', async () => {
    expect(await message({ input: secret, calls: [], end: 'metadata' })).toBe(`Input file is missing: ${secret}`)
    expect(await message({ input: [secret, secret], calls: [], end: 'buffer' })).toBe(
      `Input file is missing: ${secret}`,
    )
    expect(await message(calls(['composite', [[{ input: secret }]]]))).toBe(`Input file is missing: ${secret}`)
    expect(await message(calls(['composite', [[{ input: [secret, secret] }]]]))).toMatch(/^Input file is missing/)
    expect(await message(calls(['boolean', [secret, 'and']]))).toBe(`Input file is missing: ${secret}`)
    expect(await message(calls(['joinChannel', [[secret]]]))).toBe(`Input file is missing: ${secret}`)
    expect(await message({ input: '/dev/null/easel-0', calls: [], end: 'buffer' })).toBe(
      'Input file is missing: /dev/null/easel-0',
    )
    expect(await message({ input: { file: secret }, calls: [], end: 'buffer' })).not.toBe('it ran')
  })

  test('font files, profiles by path, tiles and raw folders', async () => {
    const text = { text: 'A', fontfile: '/etc/passwd' }
    const fontfile =
      "text.fontfile cannot be read in the sandbox: name a font family with text.font, for example 'sans'"
    expect(await message({ input: { text }, calls: [], end: 'metadata' })).toBe(fontfile)
    expect(await message(calls(['composite', [[{ input: { text } }]]]))).toBe(fontfile)
    const profile = 'An ICC profile cannot be read from a file in the sandbox: use one of srgb, p3, cmyk'
    expect(await message(calls(['withIccProfile', ['/etc/passwd']]))).toBe(profile)
    expect(await message(calls(['withMetadata', [{ icc: secret }]]))).toBe(profile)
    const tile = 'tile() is not available in the sandbox: it writes many small files. Cut tiles with extract() instead'
    expect(await message(calls(['tile', [{ basename: '../../x' }]]))).toBe(tile)
    expect(await message(calls(['toFormat', ['dz']]))).toBe(tile)
    expect(await message(calls(['toFormat', [{ id: 'tile' }]]))).toBe(tile)
    for (const name of ['x.dzi', 'x.zip', 'x.v']) {
      expect(await message({ input, calls: [], end: 'file', name })).toMatch(
        /^Files of type \.\w+ cannot be written in the sandbox/,
      )
    }
  })
})

test('loaders that read paths, or formats that nobody needs, are blocked in this process', async () => {
  await expect(sharp(secret).metadata()).rejects.toThrow('Input file contains unsupported image format')
  const ppm = Buffer.from('P6 1 1 255\nabc')
  await expect(sharp(ppm).metadata()).rejects.toThrow('Input buffer contains unsupported image format')
  const matrix = Buffer.from('2 2\n1 2\n3 4\n')
  await expect(sharp(matrix).metadata()).rejects.toThrow('Input buffer contains unsupported image format')
})

test('SVG by name loads no other file', async () => {
  const draw = (href: string, extra = '') =>
    Buffer.from(`<?xml version="1.0"?>${extra}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="20" height="20">
      <image href="${href}" xlink:href="${href}" width="20" height="20"/><style>@import url("${href}");</style></svg>`)
  const hrefs = [
    `file://${secret}`,
    secret,
    'secret.png',
    'photo.png',
    'file:///etc/passwd',
    '../../../../etc/passwd',
    'http://127.0.0.1:1/x.png',
  ]
  const svgs = [...hrefs.map((href) => draw(href)), draw('x', `<!DOCTYPE svg [<!ENTITY x SYSTEM "file://${secret}">]>`)]
  for (const svg of svgs) {
    const files = new Map<string, Uint8Array>([...pictures, ['evil.svg', svg]])
    const request = {
      input: 'evil.svg',
      options: { svg: { stylesheet: `@import url("file://${secret}");` } },
      calls: [['raw', []]],
      end: 'buffer',
    }
    const [, [data]] = await sharpOperations['sharp.run']!(request, [], contextOf(files))
    expect(data!.every((value) => value === 0)).toBe(true)
  }
})

test('three hundred requests at once leave the event loop free', async () => {
  const request = {
    input: 'photo.jpg',
    calls: [
      ['resize', [40]],
      ['blur', [2]],
    ],
    end: 'buffer',
  }
  const context = contextOf(new Map(pictures))
  const { value, longest } = await watchLoop(() =>
    Promise.all(Array.from({ length: 300 }, async () => sharpOperations['sharp.run']!(request, [], context))),
  )
  expect(value).toHaveLength(300)
  expect(longest).toBeLessThan(1500)
})
