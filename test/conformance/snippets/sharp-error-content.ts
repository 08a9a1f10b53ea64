// Pictures that cannot be read or worked on: libvips' words
import sharp from 'sharp'
import { readFile, writeFile } from 'node:fs/promises'

await writeFile('text.png', 'this is not a picture')
await writeFile('empty.png', '')
await writeFile('short.jpg', (await readFile('photo.jpg')).subarray(0, 400))
const jobs: (() => Promise<unknown>)[] = [
  () => sharp('text.png').toBuffer(),
  () => sharp('empty.png').metadata(),
  () => sharp('short.jpg').png().toBuffer(),
  () => sharp('photo.png').extract({ left: 90, top: 0, width: 50, height: 5 }).toBuffer(),
  () => sharp('photo.png').composite([{ input: 'badge.svg', top: 0, left: 0 }, { input: { create: { width: 200, height: 200, channels: 3, background: 'red' } } }]).toBuffer(),
  () => sharp(Buffer.from('nonsense')).toBuffer(),
  () => sharp('photo.png').toFile('photo.png'),
  () => sharp('photo.png').toFile('a.unknown'),
]
for (const job of jobs) {
  await job().then(
    () => console.log('fine'),
    (error) => console.log(`${error.name}: ${error.message}`),
  )
}
