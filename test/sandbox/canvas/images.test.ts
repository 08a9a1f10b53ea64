// Images in the guest: bytes, data URLs and files of the session; the network and other folders are out of reach.
import { createCanvas } from '@napi-rs/canvas'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { makeGuest, plain, runOutside } from './fixture.ts'
import type { Guest } from './fixture.ts'

let guest: Guest
const base64: Record<string, string> = {}
const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><circle cx="12" cy="9" r="8" fill="red"/></svg>'

beforeAll(async () => {
  const picture = sharp({ create: { width: 40, height: 30, channels: 4, background: '#38a8' } }).composite([
    { input: Buffer.from(SVG), left: 5, top: 5 },
  ])
  for (const format of ['png', 'jpeg', 'webp', 'gif', 'avif'] as const) {
    base64[format] = (await picture.clone().toFormat(format).toBuffer()).toString('base64')
  }
  base64['svg'] = Buffer.from(SVG).toString('base64')
  guest = await makeGuest({
    files: {
      'a.png': Buffer.from(base64['png'] as string, 'base64'),
      'deep/图 1.png': Buffer.from(base64['png'] as string, 'base64'),
    },
  })
}, 60_000)

const start = `const k=m('@napi-rs/canvas');const c=k.createCanvas(90,70);const x=c.getContext('2d');`
const shown = `x.drawImage(i,0,0);x.drawImage(i,5,5,20,15,30,30,50,35);return [i.width,i.height,i.naturalWidth,i.naturalHeight,i.complete,c.data().toString('base64')]`

async function same(body: string): Promise<unknown> {
  const inside = plain(await guest.run(body))
  expect(inside).toEqual(plain(await runOutside(body)))
  return inside
}

for (const format of ['png', 'jpeg', 'webp', 'gif', 'avif', 'svg']) {
  test(`a ${format} by loadImage(Buffer) draws the same`, async () => {
    expect(
      await same(`${start}const i=await k.loadImage(Buffer.from('${base64[format]}','base64'));${shown}`),
    ).toBeTruthy()
  })
  test(`a ${format} by loadImage(data URL) draws the same`, async () => {
    const mime = format === 'svg' ? 'image/svg+xml' : `image/${format}`
    expect(
      await same(`${start}const i=await k.loadImage('data:${mime};base64,${base64[format]}');${shown}`),
    ).toBeTruthy()
  })
}

test('src tells width and height at once, calls onload later, and decode() settles', async () => {
  const seen = await same(
    `${start}const i=new k.Image();const seen=[i.width,i.complete,i.src];let late=0;i.onload=()=>{late++};i.src=Buffer.from('${base64['png']}','base64');seen.push(i.width,i.height,i.complete,late,Buffer.isBuffer(i.src));await i.decode();await new Promise((r)=>setTimeout(r,20));return [...seen,late,i.currentSrc]`,
  )
  expect((seen as unknown[]).slice(0, 8)).toEqual([0, true, null, 40, 30, true, 0, true])
})

test('a picture that cannot be read calls onerror with the same text, and draws nothing', async () => {
  expect(
    await same(
      `${start}const i=new k.Image();let said;i.onerror=(e)=>{said=[e.code,e.message]};i.src=Buffer.from('${base64['png']}','base64').subarray(0,60);let d;try{await i.decode()}catch(e){d=e.message};await new Promise((r)=>setTimeout(r,20));return [said,d,i.width,i.complete]`,
    ),
  ).toBeTruthy()
})

test('a width set on an image scales it', async () => {
  expect(
    await same(
      `${start}const i=await k.loadImage(Buffer.from('${base64['png']}','base64'));i.width=20;i.alt='text';x.drawImage(i,0,0);return [i.width,i.height,i.naturalWidth,i.alt,c.data().toString('base64')]`,
    ),
  ).toBeTruthy()
})

test('an image is a pattern', async () => {
  expect(
    await same(
      `${start}const i=await k.loadImage(Buffer.from('${base64['png']}','base64'));x.fillStyle=x.createPattern(i,'repeat');x.fillRect(0,0,90,70);return c.data().toString('base64')`,
    ),
  ).toBeTruthy()
})

test('loadImage reads files of the session by every spelling of their path', async () => {
  const widths = await guest.run(
    `${start}const w=[];for(const p of ['a.png','./a.png','/mnt/data/a.png','deep/../a.png','deep/图 1.png'])w.push((await k.loadImage(p)).width);return w`,
  )
  expect(plain(widths)).toEqual([40, 40, 40, 40, 40])
})

test('Image.src reads a file of the session and keeps its name', async () => {
  const seen = await guest.run(
    `${start}const i=new k.Image();i.src='a.png';const early=[i.complete,i.width];await i.decode();return [...early,i.complete,i.width,i.src,i.currentSrc]`,
  )
  expect(plain(seen)).toEqual([false, 0, true, 40, 'a.png', 'a.png'])
})

const refused: Record<string, string> = {
  'none.png': 'Failed to read none.png: No such file or directory (os error 2)',
  '/etc/passwd': 'Failed to read /etc/passwd: No such file or directory (os error 2)',
  '../../etc/passwd': 'Failed to read ../../etc/passwd: No such file or directory (os error 2)',
  '/mnt/data': 'Failed to read /mnt/data: Is a directory (os error 21)',
  'http://127.0.0.1:1/x.png':
    "Cannot load http://127.0.0.1:1/x.png: the sandbox has no network. Add the picture to the session's files.",
}
for (const [name, message] of Object.entries(refused)) {
  test(`Image.src of ${name} is refused: ${message}`, async () => {
    expect(
      await guest.run(
        `${start}const i=new k.Image();i.src='${name}';return i.decode().then(()=>'read',(e)=>e.message)`,
      ),
    ).toBe(message)
  })
}

test('loadImage of a URL is refused, also as a URL object', async () => {
  const said = await guest.run(
    `${start}const said=[];for(const u of ['https://example.com/a.png',new URL('http://example.com/b.png')])await k.loadImage(u).catch((e)=>said.push(e.message));return said`,
  )
  expect(plain(said)).toEqual([
    "Cannot load https://example.com/a.png: the sandbox has no network. Add the picture to the session's files.",
    "Cannot load http://example.com/b.png: the sandbox has no network. Add the picture to the session's files.",
  ])
})

test('an SVG that names files shows nothing of them', async () => {
  const canvas = createCanvas(5, 5)
  expect(canvas.width).toBe(5)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="20" height="20"><image xlink:href="a.png" href="/mnt/data/a.png" width="20" height="20"/></svg>`
  const sum = await guest.run(
    `${start}const i=await k.loadImage(Buffer.from(${JSON.stringify(svg)}));x.drawImage(i,0,0);return x.getImageData(0,0,20,20).data.reduce((a,b)=>a+b,0)`,
  )
  expect(sum).toBe(0)
})
