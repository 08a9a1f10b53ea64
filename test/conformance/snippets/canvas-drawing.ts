// @napi-rs/canvas: paths, gradients, patterns, shadows, clips, transforms
import { createCanvas, Path2D } from '@napi-rs/canvas'
import { writeFileSync } from 'node:fs'

const canvas = createCanvas(320, 240)
const ctx = canvas.getContext('2d')
const sky = ctx.createLinearGradient(0, 0, 0, 240)
sky.addColorStop(0, '#08f')
sky.addColorStop(1, 'rgba(255, 255, 255, 0.8)')
ctx.fillStyle = sky
ctx.fillRect(0, 0, 320, 240)
ctx.save()
ctx.translate(160, 120)
for (let i = 0; i < 12; i++) {
  ctx.rotate(Math.PI / 6)
  ctx.beginPath()
  ctx.ellipse(60, 0, 30, 10, 0, 0, Math.PI * 2)
  ctx.fillStyle = `hsl(${i * 30} 80% 50%)`
  ctx.fill()
}
ctx.restore()
ctx.shadowColor = 'rgba(0,0,0,0.5)'
ctx.shadowBlur = 6
ctx.shadowOffsetX = 4
ctx.lineWidth = 5
ctx.setLineDash([12, 4])
ctx.lineCap = 'round'
ctx.strokeStyle = 'crimson'
ctx.stroke(new Path2D('M20 20 C 80 120 160 -40 300 60 Z'))
ctx.globalCompositeOperation = 'multiply'
const disc = ctx.createRadialGradient(250, 180, 5, 250, 180, 50)
disc.addColorStop(0, 'yellow')
disc.addColorStop(1, 'transparent')
ctx.fillStyle = disc
ctx.arc(250, 180, 50, 0, 7)
ctx.clip()
ctx.fillRect(0, 0, 320, 240)
console.log(ctx.isPointInPath(250, 180), ctx.getLineDash(), ctx.getTransform().toString?.() !== '')
writeFileSync('drawing.png', canvas.toBuffer('image/png'))
writeFileSync('drawing.jpg', canvas.toBuffer('image/jpeg', 80))
writeFileSync('drawing.webp', await canvas.encode('webp', 75))
