// Filters: blur, sharpen, median, convolve, threshold, normalise, CLAHE, dilate, erode
import sharp from 'sharp'

const photo = () => sharp('photo.png')
await photo().blur().toFile('blur-fast.png')
await photo().blur(3.5).toFile('blur.png')
await photo().sharpen({ sigma: 2, m1: 0, m2: 3, x1: 3, y2: 15, y3: 15 }).toFile('sharpen.png')
await photo().median(5).toFile('median.png')
await photo().convolve({ width: 3, height: 3, kernel: [-1, 0, 1, -2, 0, 2, -1, 0, 1], offset: 128 }).toFile('sobel.png')
await photo().threshold(100, { grayscale: false }).toFile('threshold.png')
await photo().normalise({ lower: 5, upper: 95 }).toFile('normal.png')
await photo().clahe({ width: 16, height: 16, maxSlope: 2 }).toFile('clahe.png')
await photo().threshold().dilate(2).toFile('dilate.png')
await photo().threshold().erode(2).toFile('erode.png')
const mask = await photo().threshold(90).png().toBuffer()
await photo().boolean(mask, 'eor').toFile('eor.png')
