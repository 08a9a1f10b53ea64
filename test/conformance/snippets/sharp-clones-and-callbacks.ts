// Clones, callbacks, many at once, and a pipeline reused
import sharp from 'sharp'
import { readFileSync } from 'node:fs'

const source = sharp(readFileSync('photo.png')).resize(48)
const many = await Promise.all(['png', 'webp', 'jpeg'].map((format) => source.clone().toFormat(format as 'png').toBuffer()))
console.log(many.map((bytes) => bytes.length))
await new Promise<void>((resolve, reject) => {
  source.clone().toFile('callback.png', (error, info) => {
    console.log(error, info)
    resolve()
  })
})
await new Promise<void>((resolve) => {
  sharp('photo.png').metadata((error, metadata) => {
    console.log(error, metadata.width)
    resolve()
  })
})
console.log(await Promise.all(Array.from({ length: 30 }, (_, i) => sharp('photo.png').rotate(i * 12).png().toBuffer().then((b) => b.length))))
