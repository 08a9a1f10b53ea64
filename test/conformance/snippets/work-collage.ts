// A whole job: every picture of the folder as a thumbnail with its name in one sheet
import sharp from 'sharp'
import { readdir } from 'node:fs/promises'

const names = (await readdir('.')).filter((name) => /\.(png|jpe?g|webp|gif|svg)$/i.test(name)).sort()
const [size, columns] = [60, 4]
const tiles = await Promise.all(names.map(async (name, i) => ({
  input: await sharp(name).autoOrient().resize(size, size, { fit: 'contain', background: '#ddd' }).composite([{ input: Buffer.from(`<svg width="${size}" height="12"><text x="1" y="10" font-size="9" font-family="monospace">${name}</text></svg>`), gravity: 'south' }]).png().toBuffer(),
  left: (i % columns) * size,
  top: Math.floor(i / columns) * size,
})))
console.log(names, tiles.map(({ left, top }) => `${left},${top}`))
await sharp({ create: { width: columns * size, height: Math.ceil(names.length / columns) * size, channels: 4, background: '#fff' } }).composite(tiles).png().toFile('sheet.png')
