// Wrong calls fail in the guest as with the real package: same name, code, message and line.
import { beforeAll, expect, test } from 'vitest'
import { makeGuest, runOutside } from './fixture.ts'
import type { Guest } from './fixture.ts'

let guest: Guest
beforeAll(async () => {
  guest = await makeGuest()
}, 60_000)

const WRONG = `x.arc(1,2,3)
x.arc(1,2,3,0,1,1)
x.arc('1',2,3,0,1)
x.rect(1,2,3)
x.roundRect(1,2,30,40,[{x:1,y:2}])
x.roundRect(1,2,30,40,{x:1,y:2})
x.roundRect(1,2,30,40,'5')
x.quadraticCurveTo(1,2,3)
x.bezierCurveTo(1,2,3,4,5)
x.moveTo(1)
x.lineTo()
x.fillRect(1,2,3,'4')
x.fill({})
x.fill(5)
x.fill('bad')
x.fill(new k.Path2D(),5)
x.stroke(5)
x.stroke({})
x.clip(5)
x.rotate('a')
x.scale(2)
x.transform(1,2,3,4,5)
x.setTransform(1,2,3)
x.setTransform({a:1})
x.setTransform()
x.setTransform(null)
x.setLineDash('a')
x.setLineDash()
x.setLineDash([-1,2]);x.strokeRect(0,0,5,5)
x.setLineDash([0,0]);x.strokeRect(0,0,5,5)
x.fillText('a',1)
x.fillText(Symbol('a'),1,2)
x.measureText(Symbol('a'))
x.measureText('a\\0b')
x.fillText('a\\0b',1,2)
x.drawImage()
x.drawImage(null,0,0)
x.drawImage({},0,0)
x.drawImage(c,1)
x.drawImage(c,0,0,5)
x.drawImage(c,'0',0)
x.drawImage(new k.ImageData(2,2),0,0)
x.drawCanvas({},0,0)
x.createPattern(c,'bad')
x.createPattern({},'repeat')
x.createPattern(new k.Image(),'repeat')
x.createPattern(c,'repeat').setTransform()
x.createPattern(c,'repeat').setTransform({})
x.createLinearGradient(0,0,1)
x.createRadialGradient(0,0,1)
x.createConicGradient(0,0)
x.createLinearGradient(0,0,1,1).addColorStop(0,'bad')
x.createLinearGradient(0,0,1,1).addColorStop('0','red')
x.createLinearGradient(0,0,1,1).addColorStop(0)
x.fillStyle=x.createLinearGradient(0,0,1,1);x.fillRect(0,0,5,5)
x.strokeStyle=x.createRadialGradient(0,0,-1,0,0,2);x.strokeRect(0,0,5,5)
x.createImageData(2)
x.createImageData('2',2)
x.createImageData(new k.ImageData(2,2))
x.getImageData(0,0,0,2)
x.getImageData(0,0,2)
x.getImageData(900,900,2,2)
x.getImageData(NaN,0,1,1)
x.getImageData(0,0,1,1,{colorSpace:'bad'})
x.putImageData({},0,0)
x.putImageData(new k.ImageData(2,2),0)
x.isPointInPath(1)
x.font='bad'
x.font=''
x.textAlign='bad'
x.textBaseline='bad'
x.shadowColor='bad'
x.lang=3
x.fillRect.call({},1,2,3,4)
new k.Path2D('bad')
new k.Path2D(5)
new k.Path2D({})
new k.Path2D().addPath({})
new k.Path2D().op(new k.Path2D(),9)
new k.Path2D().roundRect(0,0,5,5,{x:1})
new k.ImageData()
new k.ImageData(2)
new k.ImageData('a',2)
new k.ImageData(new Uint8ClampedArray(15),2)
new k.ImageData(new Uint8ClampedArray(16),3)
new k.ImageData(new Uint8ClampedArray(16),2,3)
new k.ImageData(new Uint8Array(16),2,2)
new k.ImageData(new Uint16Array(6),1)
new k.ImageData(new Uint8ClampedArray(16),2,'4')
k.createCanvas()
k.createCanvas(5)
k.createCanvas('5',5)
k.createCanvas(null,5)
c.getContext()
c.getContext('webgl')
c.toBuffer()
c.toBuffer('image/bad')
c.toDataURL('bad')
c.toDataURL(5)
c.encodeSync('bad')
c.encode('bad')
await c.toDataURLAsync('bad')
c.width='7'
new k.Image('a')
new k.Image().alt=3
new k.Image().width='a'
m('canvas').createCanvas(5,5,'pdf')
m('canvas').createCanvas(5,5,'odd')
m('canvas').registerFont('/nowhere.ttf',{family:'X'})
m('canvas').registerFont('/nowhere.ttf',{})
m('canvas').createCanvas(5,5).toBuffer('image/odd')
k.GlobalFonts.setAlias(1)
k.GlobalFonts.registerFromPath(5)
k.GlobalFonts.remove({})
new k.FontKey()
await k.loadImage(5)
await k.loadImage(Buffer.from('garbage'))
await k.loadImage(Buffer.alloc(0))
await k.loadImage('data:image/png;base64,')
await k.loadImage('data:image/png;base64,AAAA')`.split('\n')

const body = (line: string): string =>
  `const k=m('@napi-rs/canvas');const c=k.createCanvas(20,20);const x=c.getContext('2d');try{${line};return 'fine'}catch(e){return [e.constructor.name,e.name,e.code??null,e.message]}`

for (const line of WRONG) {
  test(`${line} fails, or does not, as outside`, async () => {
    expect(await guest.run(body(line)).then(JSON.stringify)).toBe(JSON.stringify(await runOutside(body(line))))
  })
}

test('what the sandbox leaves out says so and what to use instead', async () => {
  const refused = await guest.run(
    `const k=m('@napi-rs/canvas');const said=[];for(const f of [()=>new k.GifEncoder(5,5),()=>new k.LottieAnimation(),()=>k.convertSVGTextToPath('<svg/>'),()=>k.createCanvas(5,5).toBlob(()=>{}),()=>k.createCanvas(5,5).encodeStream('png'),()=>k.GlobalFonts.removeAll(),()=>k.GlobalFonts.loadSystemFonts()]){try{f();said.push('fine')}catch(e){said.push(e.code+': '+e.message)}};return said`,
  )
  expect(JSON.parse(JSON.stringify(refused))).toEqual([
    "EASEL_UNAVAILABLE: GifEncoder of @napi-rs/canvas is not available in the sandbox; use animate() of 'easel', or 'gifenc'",
    'EASEL_UNAVAILABLE: LottieAnimation of @napi-rs/canvas is not available in the sandbox; draw the frames yourself',
    'EASEL_UNAVAILABLE: convertSVGTextToPath of @napi-rs/canvas is not available in the sandbox; load the SVG with loadImage',
    "EASEL_UNAVAILABLE: canvas.toBlob is not available in the sandbox; use canvas.toBuffer('image/png') instead",
    "EASEL_UNAVAILABLE: canvas.encodeStream is not available in the sandbox; use await canvas.encode('png') instead",
    'EASEL_UNAVAILABLE: GlobalFonts.removeAll is not available in the sandbox: it would remove the shipped fonts; remove(key) removes fonts that you registered',
    'EASEL_UNAVAILABLE: GlobalFonts.loadSystemFonts is not available in the sandbox: only the shipped fonts and those you register are used, so that results are the same everywhere',
  ])
})
