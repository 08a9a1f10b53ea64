// GlobalFonts and registerFont in the guest: the shipped families are listed as outside, and a font file of the session
// can be added.
import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { fontFile } from '../../../sandbox/fonts/register.ts'
import { makeGuest, plain, runOutside } from './fixture.ts'
import type { Guest } from './fixture.ts'

let guest: Guest
const light = fontFile({ package: '@embedpdf/fonts-sc', file: '../fonts/NotoSansHans-Light.otf' })
beforeAll(async () => {
  guest = await makeGuest({ files: { 'fonts/light.otf': readFileSync(light), 'not-a-font.ttf': Buffer.from('nope') } })
}, 60_000)

const drawn = `const {createCanvas}=m('canvas');const c=createCanvas(120,40);const x=c.getContext('2d');x.font='24px Own';x.fillText('Light 轻',2,30);const seen=[x.measureText('Light').width,c.toBuffer('image/png').toString('base64')];`

test('families, has and the answers about variations are those of outside', async () => {
  const body = `const {GlobalFonts:g}=m('@napi-rs/canvas');return [g.families,g.has('Arial'),g.has('Nowhere'),g.has('微软雅黑'),g.hasVariations('Arial',400,5,0),g.getVariationAxes('Arial',400,5,0),g.setAlias('Nowhere','X')]`
  expect(plain(await guest.run(body))).toEqual(plain(await runOutside(body)))
})

test('registerFont takes a font file of the session, and its text is drawn as outside', async () => {
  const before = plain(await guest.run(`${drawn}return seen`)) as unknown[]
  const inside = plain(
    await guest.run(
      `m('canvas').registerFont('fonts/light.otf',{family:'Own'});${drawn}m('canvas').deregisterAllFonts();return seen`,
    ),
  ) as unknown[]
  const outside = plain(
    await runOutside(
      `m('canvas').registerFont('${light}',{family:'Own'});${drawn}m('canvas').deregisterAllFonts();return seen`,
    ),
  )
  expect(inside).toEqual(outside)
  expect(inside[1]).not.toBe(before[1])
  expect(plain(await guest.run(`${drawn}return seen`))).toEqual(before)
})

test('register takes bytes, gives a key, and remove takes it back', async () => {
  const body = (bytes: string): string =>
    `const {GlobalFonts:g}=m('@napi-rs/canvas');const k=g.register(${bytes},'Own');const seen=[typeof k.typefaceId,g.has('Own'),g.remove(k),g.has('Own'),g.remove(k)];return seen`
  const inside = plain(await guest.run(body(`Buffer.from('${readFileSync(light).toString('base64')}','base64')`)))
  expect(inside).toEqual(
    plain(await runOutside(body(`Buffer.from('${readFileSync(light).toString('base64')}','base64')`))),
  )
})

test('a file that is no font, or not there, gives null as outside', async () => {
  const seen = await guest.run(
    `const {GlobalFonts:g}=m('@napi-rs/canvas');return [g.registerFromPath('not-a-font.ttf','A'),g.registerFromPath('none.ttf','A'),g.registerFromPath('/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf','A'),g.register(Buffer.from('nope'),'A')]`,
  )
  expect(plain(seen)).toEqual([null, null, null, null])
})
