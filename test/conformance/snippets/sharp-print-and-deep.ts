// CMYK, 16 bit, gray and EXIF-turned uploads become ordinary pictures
import sharp from 'sharp'

for (const name of ['print.jpg', 'deep.png', 'gray.png', 'photo.jpg', 'photo.webp', 'see-through.png']) {
  const info = await sharp(name).resize(24).toColourspace('srgb').png().toFile(`small-${name}.png`)
  console.log(name, info)
}
await sharp('deep.png').toColourspace('rgb16').png().toFile('deep-again.png')
await sharp('print.jpg').keepIccProfile().toFile('print-again.jpg')
