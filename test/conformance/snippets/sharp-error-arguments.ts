// Wrong arguments throw at once, in sharp's words
import sharp from 'sharp'

const tries: (() => unknown)[] = [
  () => sharp('photo.png').resize(-5),
  () => sharp('photo.png').resize({ width: 'wide' as never }),
  () => sharp('photo.png').rotate('left' as never),
  () => sharp('photo.png').blur(0.1),
  () => sharp('photo.png').jpeg({ quality: 101 }),
  () => sharp('photo.png').composite([{} as never]),
  () => sharp('photo.png').extract({ left: 0, top: 0, width: 0, height: 5 }),
  () => sharp('photo.png').toFormat('bmp' as never),
  () => sharp('photo.png').gamma(9),
  () => sharp('photo.png').convolve({ width: 2, height: 2, kernel: [1, 2, 3] }),
  () => sharp(42 as never),
  () => sharp({ create: { width: 10, height: 10, channels: 5 as never, background: 'red' } }),
  () => sharp(Buffer.alloc(0)),
  () => sharp('photo.png').flatten({ background: 'nocolour' }),
  () => sharp('photo.png').modulate({ brightness: -1 }),
]
for (const attempt of tries) {
  try {
    console.log('no error', attempt.toString())
    attempt()
  } catch (error) {
    console.log(`${error.name}: ${error.message}`)
  }
}
