// Streams into and out of sharp
import sharp from 'sharp'
import { createReadStream, createWriteStream } from 'node:fs'

const pipeline = sharp().resize(30).flop().png()
createReadStream('photo.png').pipe(pipeline)
console.log((await pipeline.toBuffer()).length)
await new Promise((resolve) => {
  sharp('photo.png').negate().webp().pipe(createWriteStream('negative.webp')).on('finish', resolve)
})
