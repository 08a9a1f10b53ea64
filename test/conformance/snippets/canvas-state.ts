// What a context remembers, and what it says of wrong values
import { createCanvas } from '@napi-rs/canvas'

const ctx = createCanvas(10, 10).getContext('2d')
ctx.fillStyle = 'ReD'
console.log(ctx.fillStyle, ctx.strokeStyle, ctx.font, ctx.lineWidth, ctx.globalAlpha)
ctx.fillStyle = 'not a colour'
ctx.globalAlpha = 7
ctx.lineWidth = -3
console.log(ctx.fillStyle, ctx.globalAlpha, ctx.lineWidth)
ctx.save()
ctx.textAlign = 'center'
ctx.filter = 'blur(2px)'
ctx.restore()
console.log(ctx.textAlign, ctx.filter, ctx.canvas.width, ctx.lineJoin, ctx.miterLimit, ctx.shadowColor)
