// Pictures on a canvas: loadImage by name and bytes, drawImage in its three forms, patterns, canvas on canvas
import { createCanvas, Image, loadImage } from '@napi-rs/canvas'
import { readFile, writeFile } from 'node:fs/promises'

const photo = await loadImage('photo.png')
const see = await loadImage(await readFile('see-through.png'))
console.log(photo.width, photo.height, see.naturalWidth, photo instanceof Image)
const canvas = createCanvas(200, 150)
const ctx = canvas.getContext('2d')
ctx.drawImage(photo, 0, 0)
ctx.drawImage(see, 100, 0, 80, 60)
ctx.drawImage(photo, 10, 10, 30, 30, 0, 70, 90, 70)
const small = createCanvas(8, 8)
small.getContext('2d').fillRect(0, 0, 4, 4)
ctx.fillStyle = ctx.createPattern(small, 'repeat')
ctx.fillRect(100, 80, 90, 60)
ctx.imageSmoothingEnabled = false
ctx.drawImage(small, 150, 40, 40, 40)
await writeFile('images.png', canvas.toBuffer('image/png'))
await loadImage('nothing.png').catch((error) => console.log(error.name))
