// Animated pictures: pages, delays, frames joined and taken apart
import sharp from 'sharp'

const all = sharp('turning.gif', { animated: true })
console.log(await all.metadata())
await all.clone().resize(18).gif().toFile('small.gif')
await all.clone().webp({ quality: 70 }).toFile('turning.webp')
await sharp('turning.gif', { page: 2 }).toFile('third.png')
await sharp('turning.gif', { pages: 2 }).toFile('two.gif')
const frames = await Promise.all([0, 1, 2, 3].map((page) => sharp('turning.gif', { page }).grayscale().png().toBuffer()))
await sharp(frames, { join: { animated: true } }).gif({ delay: [10, 20, 30, 40], loop: 3 }).toFile('gray.gif')
await sharp(frames, { join: { across: 2, shim: 4, background: 'orange' } }).toFile('sheet.png')
console.log(await sharp('gray.gif', { animated: true }).metadata().then(({ delay, loop, pages }) => ({ delay, loop, pages })))
