// Every fit, position and kernel of resize
import sharp from 'sharp'

for (const fit of ['cover', 'contain', 'fill', 'inside', 'outside'] as const) {
  const info = await sharp('photo.png').resize(50, 50, { fit, background: '#102030' }).toFile(`fit-${fit}.png`)
  console.log(fit, info.width, info.height, info.size, info.channels)
}
for (const kernel of ['nearest', 'linear', 'cubic', 'mitchell', 'lanczos2', 'lanczos3', 'mks2013', 'mks2021'] as const) {
  await sharp('photo.png').resize({ width: 33, kernel }).toFile(`kernel-${kernel}.png`)
}
for (const position of ['top', 'right bottom', 'left', sharp.strategy.entropy, sharp.strategy.attention]) {
  await sharp('photo.png').resize(20, 40, { position }).toFile(`at-${String(position).replace(' ', '-')}.png`)
}
console.log(await sharp('photo.png').resize(400, 400, { fit: 'inside', withoutEnlargement: true }).toBuffer({ resolveWithObject: true }).then(({ info }) => info))
