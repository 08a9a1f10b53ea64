// Grayscale below the original, as composite does it
import sharp from 'sharp'

const { width, height } = await sharp('photo.png').metadata()
const gray = await sharp('photo.png').grayscale().png().toBuffer()
const info = await sharp({ create: { width, height: height * 2, channels: 3, background: '#ffffff' } })
  .composite([
    { input: 'photo.png', top: 0, left: 0 },
    { input: gray, top: height, left: 0 },
  ])
  .png()
  .toFile('stacked.png')
console.log(info)
