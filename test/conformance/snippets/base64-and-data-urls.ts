// Data URLs and base64 of pictures, both ways
import sharp from 'sharp'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { writeFileSync } from 'node:fs'

const png = await sharp('photo.png').resize(12).png().toBuffer()
const url = `data:image/png;base64,${png.toString('base64')}`
console.log(url.length, Buffer.from(url.split(',')[1], 'base64').equals(png))
const image = await loadImage(url)
const canvas = createCanvas(image.width * 2, image.height * 2)
canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height)
writeFileSync('twice.png', canvas.toBuffer('image/png'))
console.log(canvas.toDataURL('image/jpeg', 0.5).slice(0, 30))
await sharp(Buffer.from(canvas.toDataURL().split(',')[1], 'base64')).toFile('again.png')
writeFileSync('page.html', `<img src="${url}">`)
