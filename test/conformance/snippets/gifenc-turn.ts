// gifenc: frames from sharp, a palette a frame, delays
import gifenc from 'gifenc'
import sharp from 'sharp'
import { writeFileSync } from 'node:fs'

const { GIFEncoder, quantize, applyPalette } = gifenc
const gif = GIFEncoder()
for (let i = 0; i < 6; i++) {
  const { data, info } = await sharp('photo.png').rotate(i * 60, { background: '#000' }).resize(48, 48).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const palette = quantize(data, 64, { format: 'rgb444' })
  gif.writeFrame(applyPalette(data, palette, 'rgb444'), info.width, info.height, { palette, delay: 50 + i })
}
gif.finish()
writeFileSync('turn.gif', gif.bytes())
console.log(gif.bytes().length, Object.keys(gifenc).sort())
