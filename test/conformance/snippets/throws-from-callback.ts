// An error deep in callbacks of sharp and chart.js
import sharp from 'sharp'

const sizes = await Promise.all(['photo.png', 'gray.png'].map(async (name) => (await sharp(name).metadata()).width))
console.log(sizes)
// One of them: libvips joins the errors of two that fail at the same moment.
const widths = sizes.map((size, n) => (n === 0 ? size * 10 : 1))
await Promise.all(widths.map(async (width) => sharp('photo.png').extract({ left: 0, top: 0, width, height: 1 }).toBuffer()))
