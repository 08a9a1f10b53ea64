// Rotation, mirrors, affine transforms, trim and borders
import sharp from 'sharp'

await sharp('photo.png').rotate(90).toFile('r90.png')
await sharp('photo.png').rotate(45, { background: { r: 255, g: 200, b: 0, alpha: 0.5 } }).toFile('r45.png')
await sharp('photo.png').flip().flop().toFile('flip.webp')
await sharp('photo.png').affine([[1, 0.3], [0.1, 0.7]], { background: 'white', interpolator: sharp.interpolators.nohalo }).toFile('affine.png')
const framed = await sharp('photo.png').extend({ top: 10, bottom: 5, left: 3, right: 8, background: 'white' }).png().toBuffer()
const trimmed = await sharp(framed).trim({ background: 'white' }).toBuffer({ resolveWithObject: true })
console.log(trimmed.info)
await sharp('photo.png').extend({ top: 9, left: 9, extendWith: 'mirror' }).extract({ left: 2, top: 2, width: 50, height: 40 }).toFile('mirror.png')
await sharp('photo.jpg').autoOrient().toFile('upright.png')
