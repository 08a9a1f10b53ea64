// Pixels of a canvas: getImageData, putImageData, createImageData, ImageData
import { createCanvas, ImageData } from '@napi-rs/canvas'
import { writeFileSync } from 'node:fs'

const canvas = createCanvas(20, 10)
const ctx = canvas.getContext('2d')
ctx.fillStyle = 'rgb(10 200 30)'
ctx.fillRect(2, 2, 8, 4)
const seen = ctx.getImageData(0, 0, 20, 10)
console.log(seen.width, seen.height, seen.data.length, [...seen.data.subarray(4 * (2 * 20 + 2), 4 * (2 * 20 + 4))])
for (let i = 0; i < seen.data.length; i += 4) {
  seen.data[i] = 255 - seen.data[i]
  seen.data[i + 3] = 255
}
ctx.putImageData(seen, 0, 0)
ctx.putImageData(new ImageData(new Uint8ClampedArray([255, 0, 0, 255, 0, 0, 255, 255]), 2, 1), 15, 5)
console.log(ctx.createImageData(3, 2).data.length)
writeFileSync('pixels.png', canvas.toBuffer('image/png'))
writeFileSync('raw.bin', canvas.data())
