// The guest's canvas gives the bytes, properties and errors of the real package.
import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { DRAWINGS } from './drawings.ts'
import { makeGuest, plain, runOutside } from './fixture.ts'
import type { Guest } from './fixture.ts'

let guest: Guest
beforeAll(async () => {
  guest = await makeGuest()
}, 60_000)

const start = `const k=m('@napi-rs/canvas');const c=k.createCanvas(200,150);const x=c.getContext('2d');`
const hash = (text: unknown): string => createHash('sha256').update(String(text)).digest('hex')

async function same(body: string): Promise<unknown> {
  const inside = plain(await guest.run(body))
  expect(inside).toEqual(plain(await runOutside(body)))
  return inside
}

describe('drawings', () => {
  const blank = `${start} return [c.toBuffer('image/png').toString('base64'),c.data().toString('base64')]`
  for (const [name, body] of Object.entries(DRAWINGS)) {
    test(`${name}: same PNG and same pixels`, async () => {
      const whole = `${start}{${body}};return [c.toBuffer('image/png').toString('base64'),c.data().toString('base64')]`
      const [inside, outside, empty] = (await Promise.all([
        guest.run(whole),
        runOutside(whole),
        runOutside(blank),
      ])) as string[][]
      expect(inside?.map(hash)).toEqual(outside?.map(hash))
      expect(hash(inside?.[1])).not.toBe(hash(empty?.[1]))
    })
  }
})

describe('drawing without pixels', () => {
  const draw = `x.fillStyle='tomato';x.fillRect(20,20,90,70);x.font='30px Arial';x.fillText('编码 ab',30,60);x.strokeRect(3,3,9,9);`
  const svg = `const k=m('@napi-rs/canvas');`
  const forms = {
    'an SVG with text as paths': `${svg}const c=k.createCanvas(200,150,k.SvgExportFlag.ConvertTextToPaths);const x=c.getContext('2d');${draw} return [c.getContent().toString(),c.width,c.height,x.canvas===c,c.getContext('2d')===x]`,
    'an SVG with text': `${svg}const c=k.createCanvas(200,150,k.SvgExportFlag.NoPrettyXML);const x=c.getContext('2d');${draw} return [c.getContent().toString(),x.measureText('ab').width]`,
    'a resized SVG': `${svg}const c=k.createCanvas(200,150,1);const x=c.getContext('2d');c.width=90;c.height=50;${draw} return [c.getContent().toString(),c.width,c.height]`,
    'a PDF of two pages': `${svg}const d=new k.PDFDocument({title:'两页',creator:'x'});let x=d.beginPage(200,150);${draw} d.endPage();x=d.beginPage(90,90);x.fillRect(1,1,9,9);d.endPage();return d.close().toString('base64')`,
    'a PDF closed with an open page': `${svg}const d=new k.PDFDocument();const x=d.beginPage(200,150);${draw} return d.close().toString('base64')`,
  }
  for (const [name, body] of Object.entries(forms)) test(`${name}: same bytes`, async () => void (await same(body)))

  test('a page is not drawn on after its end, nor read', async () => {
    const page = `${svg}const d=new k.PDFDocument({});const x=d.beginPage(200,150);`
    const message = (body: string): Promise<unknown> =>
      guest.run(`${page}try{${body}}catch(error){return error.message}`)
    expect(await message('x.getImageData(0,0,9,9)')).toBe(
      'A page of a PDF has no pixels to read; draw on a canvas instead',
    )
    for (const end of ['d.endPage()', 'd.close()', 'd.beginPage(9,9)'])
      expect(await message(`${end};x.fillRect(0,0,9,9);x.measureText('late')`)).toMatch(/^no context has the handle/)
    expect(await message("k.createCanvas(9,9).getContext('2d').drawImage(k.createCanvas(9,9,1),0,0)")).not.toBe(
      undefined,
    )
    expect(await message('d.beginPage(0,0)')).toBe('Failed to begin page')
  })

  test('an SVG that is larger than a picture may be is refused', async () => {
    await expect(guest.run(`${svg}k.createCanvas(1e6,1e6,1)`)).rejects.toThrow(
      /^An SVG canvas has 1000000000000 pixels/,
    )
  })
})

describe('encodings', () => {
  const draw = `${start}x.fillStyle='tomato';x.fillRect(20,20,90,70);x.font='30px Arial';x.fillText('编码',90,80);`
  const forms = [
    `c.toBuffer('image/jpeg',80)`,
    `c.toBuffer('image/webp',50)`,
    `c.toBuffer('image/gif')`,
    `c.toBuffer('image/avif',{quality:40,speed:10})`,
    `c.encodeSync('jpeg',70)`,
    `await c.encode('png')`,
    `await c.encode('webp',60)`,
    `c.toDataURL()`,
    `c.toDataURL('image/jpeg',.5)`,
    `await c.toDataURLAsync('image/png')`,
    `x.getImageData(5,5,100,80).data`,
    `m('canvas').createCanvas(9,9).toBuffer()`,
    `m('canvas').createCanvas(9,9).toBuffer('raw')`,
    `m('canvas').createCanvas(9,9).toBuffer('image/jpeg',{quality:.4})`,
    `new (m('canvas').Canvas)(9,9).toDataURL('image/jpeg')`,
    `await new Promise((done)=>m('canvas').createCanvas(9,9).toBuffer((e,b)=>done(b),'image/jpeg'))`,
    `await new Promise((done)=>{const p=[];m('canvas').createCanvas(9,9).createPNGStream().on('data',(d)=>p.push(d)).on('end',()=>done(Buffer.concat(p)))})`,
    `await new Promise((done)=>{const p=[];m('canvas').createCanvas(9,9).createJPEGStream({quality:.9}).on('data',(d)=>p.push(d)).on('end',()=>done(Buffer.concat(p)))})`,
  ]
  for (const form of forms) {
    test(`${form} gives the same bytes`, async () => {
      expect(
        String(await same(`${draw}const o=${form};return typeof o==='string'?o:Array.from(o)`)).length,
      ).toBeGreaterThan(80)
    })
  }

  test('encode takes the picture as it is when it is called', async () => {
    expect(
      await same(
        `${draw}const first=c.encode('png');x.fillRect(0,0,200,150);const second=c.encode('png');return [(await first).toString('base64'),(await second).toString('base64')]`,
      ),
    ).toBeTruthy()
  })
})

describe('properties read back', () => {
  const values: Record<string, string[]> = {
    fillStyle: [`'RED'`, `'#FF000080'`, `'nonsense'`, '5', 'null'],
    strokeStyle: [`'rgb(1 2 3 / 50%)'`, `'nonsense'`],
    font: [`'bold 12px "Foo Bar", serif'`, `'italic 700 1.5em X'`, '5'],
    textAlign: [`'center'`, '5'],
    textBaseline: [`'middle'`],
    direction: [`'rtl'`, `'inherit'`, `'odd'`],
    lineWidth: ['2', '0', '-1', 'NaN', 'Infinity', `'3'`],
    lineCap: [`'round'`, `'odd'`],
    lineJoin: [`'bevel'`, `'odd'`],
    miterLimit: ['2', '-1'],
    lineDashOffset: ['-3', 'NaN'],
    globalAlpha: ['.5', '2', `'.3'`],
    globalCompositeOperation: [`'xor'`, `'odd'`],
    shadowBlur: ['3', '-3', 'NaN'],
    shadowColor: [`'red'`, '3'],
    shadowOffsetX: ['3', 'NaN'],
    filter: [`'blur(3px)'`, `'odd'`, `'none'`],
    imageSmoothingEnabled: ['false', '0'],
    imageSmoothingQuality: [`'high'`, `'odd'`],
    letterSpacing: [`'3px'`, `'odd'`, `'3em'`],
    wordSpacing: [`'4px'`, `'odd'`],
    fontKerning: [`'none'`, `'odd'`],
    fontStretch: [`'condensed'`],
    fontVariantCaps: [`'small-caps'`],
    textRendering: [`'optimizeSpeed'`],
    lang: [`'zh'`],
    fontVariationSettings: [`'"wght" 500'`, `'odd'`],
  }
  for (const [name, list] of Object.entries(values)) {
    test(`${name}: default, after each value, after save, restore, reset and a new size`, async () => {
      const sets = list.map((value) => `x.${name}=${value};seen.push(x.${name});`).join('')
      expect(
        await same(
          `${start}const seen=[x.${name}];x.save();${sets}x.restore();seen.push(x.${name});${sets}x.reset();seen.push(x.${name});${sets}c.width=50;seen.push(x.${name});return seen`,
        ),
      ).toBeTruthy()
    })
  }

  test('a gradient set as style is the same object when read, also after a wrong value', async () => {
    const seen = await same(
      `${start}const g=x.createLinearGradient(0,0,1,1);g.addColorStop(0,'red');x.fillStyle=g;const a=x.fillStyle===g;x.fillStyle='nonsense';const b=x.fillStyle===g;x.strokeStyle=g;x.fillStyle='red';return [a,b,x.strokeStyle===g,x.fillStyle]`,
    )
    expect(seen).toEqual([true, true, true, 'red'])
  })

  test('sizes, transforms, dashes, attributes and hits agree', async () => {
    expect(
      await same(
        `${start}x.setLineDash([3]);x.translate(3,4);x.rotate(.2);const t=x.getTransform();x.beginPath();x.rect(10,10,50,50);const p=new k.Path2D('M0 0L9 0L9 9Z');return [c.width,c.height,x.canvas===c,c.getContext('2d')===x,x.getLineDash(),t.toString(),t instanceof k.DOMMatrix,x.getContextAttributes(),x.isPointInPath(20,20),x.isPointInPath(p,8,2),x.isPointInPath(20,20,'evenodd'),x.isPointInStroke(13,14),x.isPointInStroke(p,1,0),p.getBounds(),p.computeTightBounds(),p.toSVGString(),p.getFillType(),p.getFillTypeString(),p.equals(new k.Path2D(p)),p.simplify()===p,c instanceof k.Canvas,Object.keys(x),Object.keys(c)]`,
      ),
    ).toBeTruthy()
  })

  test('measureText gives the same metrics for every text state, asked twice', async () => {
    expect(
      await same(
        `${start}const all=[];for(let n=0;n<2;n++)for(const font of ['10px Arial','bold 22px serif','17px "Foo"'])for(const set of ['','letterSpacing=4px','textAlign=center','textBaseline=top','direction=rtl','fontKerning=none','wordSpacing=9px']){x.save();x.font=font;const [p,v]=set.split('=');if(p)x[p]=v;for(const t of ['','a','Ag中文 é','a b'])all.push(x.measureText(t));x.restore();all.push(x.measureText('after').width)};return all`,
      ),
    ).toBeTruthy()
  })

  test('a text measured again is not asked for again, and the answer is a copy', async () => {
    await guest.run(`${start}x.font='19px Arial';x.measureText('once')`)
    const before = guest.asks()
    const width = await guest.run(
      `${start}x.font='19px Arial';const t=x.measureText('once');t.width=1;return x.measureText('once').width`,
    )
    expect(width).toBeGreaterThan(30)
    // The canvas and its context are asked for; the text is not.
    expect(guest.asks() - before).toBe(2)
  })
})
