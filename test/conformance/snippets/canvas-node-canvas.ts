// The canvas package's own names
import { createCanvas, loadImage } from 'canvas'
import { writeFileSync } from 'node:fs'

const canvas = createCanvas(120, 90)
const ctx = canvas.getContext('2d')
ctx.drawImage(await loadImage('photo.png'), 0, 0, 120, 90)
ctx.font = 'bold 18px sans-serif'
ctx.fillStyle = 'white'
ctx.fillText('标签 A', 8, 24)
writeFileSync('out.png', canvas.toBuffer())
console.log(canvas.toDataURL().length, canvas.width, canvas.height)
