// @napi-rs/canvas: text, its measures, fonts, alignment, Chinese
import { createCanvas, GlobalFonts } from '@napi-rs/canvas'
import { writeFileSync } from 'node:fs'

const canvas = createCanvas(360, 220)
const ctx = canvas.getContext('2d')
ctx.fillStyle = 'white'
ctx.fillRect(0, 0, 360, 220)
ctx.fillStyle = '#222'
let y = 10
for (const font of ['16px sans-serif', 'bold 20px Arial', 'italic 18px "Times New Roman"', '600 22px 微软雅黑', '15px no-such-family']) {
  ctx.font = font
  ctx.textBaseline = 'top'
  const { width, actualBoundingBoxAscent, actualBoundingBoxDescent } = ctx.measureText('中文 Grüße 123')
  console.log(ctx.font, width, actualBoundingBoxAscent, actualBoundingBoxDescent)
  ctx.fillText('中文 Grüße 123', 10, y)
  y += 30
}
ctx.textAlign = 'right'
ctx.direction = 'ltr'
ctx.strokeText('outline', 350, 180)
ctx.letterSpacing = '4px'
ctx.fillText('spaced', 350, 150, 60)
console.log(GlobalFonts.has('Noto Sans SC'), GlobalFonts.has('nothing'))
writeFileSync('text.png', canvas.toBuffer('image/png'))
