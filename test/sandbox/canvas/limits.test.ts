// Canvas limits: pixels, live canvases, numbers of objects; a million commands fit in memory.
import { beforeAll, describe, expect, test } from 'vitest'
import { makeGuest, plain } from './fixture.ts'
import type { Guest } from './fixture.ts'

const limits = { picturePixels: 1_000_000 }
let guest: Guest
beforeAll(async () => {
  guest = await makeGuest({ limits })
}, 60_000)

const caught = (body: string): Promise<unknown> =>
  guest
    .run(
      `const k=m('@napi-rs/canvas');const c=k.createCanvas(20,20);const x=c.getContext('2d');try{${body};return 'fine'}catch(e){return [e.name,e.code,e.message]}`,
    )
    .then(plain)

describe('pixels', () => {
  const tooLarge = (what: string, pixels: number) => [
    'LimitError',
    'EASEL_LIMIT_PIXELS',
    `${what} has ${pixels} pixels; the limit is 1000000. Make it smaller.`,
  ]

  test('a canvas of the limit is made, one row more is refused', async () => {
    expect(await caught('k.createCanvas(1000,1000)')).toBe('fine')
    expect(await caught('k.createCanvas(1000,1001)')).toEqual(tooLarge('A canvas', 1_001_000))
    expect(await caught('k.createCanvas(1e5,1e5)')).toEqual(tooLarge('A canvas', 1e10))
  })
  test('a canvas cannot grow past the limit afterwards', async () => {
    expect(await caught('c.width=1e6')).toEqual(tooLarge('A canvas', 20_000_000))
    expect(await caught('try{c.height=1e6}catch{};x.fillRect(0,0,5,5);if(c.height!==20)throw new Error("grew")')).toBe(
      'fine',
    )
  })
  test('a part larger than the limit is not read', async () => {
    expect(await caught('x.getImageData(0,0,1e5,1e5)')).toEqual(tooLarge('The part read from a canvas', 1e10))
  })
  test('an image whose header promises too much is not decoded', async () => {
    const svg = `Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="30000" height="30000"/>')`
    expect(await caught(`await k.loadImage(${svg})`)).toEqual(tooLarge('An image', 900_000_000))
  })
  test('what only looks like a root is not measured in place of the picture', async () => {
    const load = (text: string) => caught(`await k.loadImage(Buffer.from(${JSON.stringify(text)}))`)
    const big = "<svg xmlns='http://www.w3.org/2000/svg' width='30000' height='30000'/>"
    expect(await load(`<!-- <svg width='1' height='1'> -->${big}`)).toEqual(tooLarge('An image', 900_000_000))
    const box = "<svg xmlns='http://www.w3.org/2000/svg' width='100%' viewBox='0 0 30000 30000'/>"
    expect(await load(box)).toEqual(tooLarge('An image', 900_000_000))
    expect(await load("<svg xmlns='http://www.w3.org/2000/svg' width='-1' height='1'/>")).toEqual([
      'Error',
      'undefined',
      'An SVG with a width or height below 0 cannot be drawn.',
    ])
  })
  test('a name that would end the process is refused', async () => {
    const refused = ['TypeError', 'undefined', 'A name or an address for a canvas cannot have a NUL character in it.']
    for (const call of [
      String.raw`k.GlobalFonts.setAlias('\0','x')`,
      String.raw`k.GlobalFonts.setAlias('Noto Sans SC','a\0')`,
      String.raw`x.annotateLinkUrl(0,0,9,9,'\0')`,
      String.raw`x.annotateNamedDestination(0,0,'\0')`,
      String.raw`x.annotateLinkToDestination(0,0,9,9,'\0')`,
    ])
      expect([call, await caught(call)]).toEqual([call, refused])
  })
  test('canvases alive together share three times the limit; unreachable ones make room', async () => {
    const own = await makeGuest({ limits })
    const said = await own.run(
      `const k=m('@napi-rs/canvas');globalThis.kept=[];try{for(let i=0;i<4;i++)kept.push(k.createCanvas(1000,1000))}catch(e){return [kept.length,e.code,e.message]}`,
    )
    expect(plain(said)).toEqual([
      3,
      'EASEL_LIMIT_CANVASES',
      "The canvases and images alive at once have 4000000 pixels; the limit is 3000000. Reuse one canvas, or save each with `await canvas.encode('png')`, which frees those no longer used.",
    ])
  })
  test('a cell that makes a canvas a frame for three hundred frames does not run out', async () => {
    const own = await makeGuest({ limits })
    const made = await own.run(
      `const k=m('@napi-rs/canvas');let n=0;for(let i=0;i<300;i++){const c=k.createCanvas(200,200);c.getContext('2d').fillRect(0,0,9,9);n+=c.toBuffer('image/png').length>0?1:0;await new Promise((r)=>setImmediate(r))};return [n,typeof gc]`,
    )
    expect(plain(made)).toEqual([300, 'undefined'])
  })
})

test('an arc around NaN or infinity, which ends the process in plain Node, is an error at its line', async () => {
  const said = (what: string) => [
    'RangeError',
    'EASEL_CANVAS_NUMBER',
    `${what}. (In plain Node @napi-rs/canvas ends the process on this.)`,
  ]
  expect(await caught('x.arc(NaN,1,2,0,1)')).toEqual(said('arc: x must be a finite number; it is NaN'))
  expect(await caught('x.arc(1,-Infinity,2,0,1,true)')).toEqual(said('arc: y must be a finite number; it is -Infinity'))
  expect(await caught('new k.Path2D().ellipse(1,1,2,2,NaN,0,1)')).toEqual(
    said('ellipse: rotation must be a finite number; it is NaN'),
  )
  expect(await caught('x.arc(1,1,NaN,0,Infinity);x.stroke()')).toBe('fine')
})

test('no more than 200,000 gradients, paths and patterns are alive at once', async () => {
  const own = await makeGuest({ limits })
  const said = await own.run(
    `const x=m('@napi-rs/canvas').createCanvas(5,5).getContext('2d');try{for(let i=0;i<200001;i++)x.createLinearGradient(0,0,1,1);x.getLineDash()}catch(e){return [e.name,e.code,e.message]}`,
  )
  expect(plain(said)).toEqual([
    'LimitError',
    'EASEL_LIMIT_CANVAS_OBJECTS',
    'More than 200000 gradients, paths, patterns and canvases are alive at once. Make fewer, or reuse them.',
  ])
}, 30_000)

test('a million commands fit in memory', async () => {
  const before = process.memoryUsage().rss
  const sum = await guest.run(
    `const c=m('@napi-rs/canvas').createCanvas(300,200);const x=c.getContext('2d');for(let i=0;i<1e6;i++)x.fillRect(i%300,(i>>4)%200,3,3);return x.getImageData(0,0,300,200).data.reduce((a,b)=>a+b,0)`,
  )
  expect(sum).toBeGreaterThan(1e6)
  expect(process.memoryUsage().rss - before).toBeLessThan(400e6)
}, 30_000)
