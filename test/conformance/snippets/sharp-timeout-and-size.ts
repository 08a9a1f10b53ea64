// Sizes, sequential reading, quality by search, ICC and orientation as people combine them
import sharp from 'sharp'

let [low, high] = [10, 95]
while (high - low > 3) {
  const quality = Math.round((low + high) / 2)
  const size = (await sharp('photo.png').jpeg({ quality }).toBuffer()).length
  console.log(quality, size)
  if (size > 2000) high = quality
  else low = quality
}
await sharp('photo.jpg', { sequentialRead: false, failOn: 'none' }).autoOrient().resize({ width: 40, height: 40, fit: 'outside' }).withMetadata().jpeg({ quality: low }).toFile('best.jpg')
console.log(await sharp('best.jpg').metadata().then(({ width, height, orientation, space, density }) => ({ width, height, orientation, space, density })))
const { info } = await sharp('photo.png').timeout({ seconds: 20 }).pipelineColourspace('rgb16').resize(20).toBuffer({ resolveWithObject: true })
console.log(info)
