// Metadata of every upload, and what withMetadata keeps
import sharp from 'sharp'
import { readdirSync } from 'node:fs'

for (const name of readdirSync('.').filter((name) => /\.(png|jpg|webp|gif|svg)$/.test(name)).sort()) {
  const { exif, icc, ...rest } = await sharp(name).metadata()
  console.log(name, rest, exif?.length, icc?.length)
}
await sharp('photo.jpg').keepExif().withExifMerge({ IFD0: { Copyright: 'nobody' } }).toFile('exif.jpg')
console.log(await sharp('exif.jpg').metadata().then(({ exif }) => exif.toString('latin1').includes('nobody')))
await sharp('photo.jpg').withMetadata({ density: 300 }).toFile('dense.jpg')
console.log((await sharp('dense.jpg').metadata()).density)
await sharp('photo.png').withIccProfile('p3').toFile('p3.png')
