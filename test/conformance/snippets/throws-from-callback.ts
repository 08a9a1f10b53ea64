// An error deep in callbacks of sharp and chart.js
import sharp from 'sharp'

const sizes = await Promise.all(['photo.png', 'gray.png'].map(async (name) => (await sharp(name).metadata()).width))
console.log(sizes)
await Promise.all(sizes.map(async (size) => sharp('photo.png').extract({ left: 0, top: 0, width: size * 10, height: 1 }).toBuffer()))
