// A whole job on pixels: ordered and error-diffusion dithering by hand
import sharp from 'sharp'

const { data, info } = await sharp('photo.png').grayscale().raw().toBuffer({ resolveWithObject: true })
const { width, height } = info
const bayer = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5]
const ordered = Uint8Array.from(data, (value, i) => (value / 16 > bayer[(i % width) % 4 + (Math.floor(i / width) % 4) * 4] ? 255 : 0))
await sharp(ordered, { raw: { width, height, channels: 1 } }).png({ palette: true, colours: 2 }).toFile('ordered.png')
const work = Float64Array.from(data)
for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
  const at = y * width + x
  const value = work[at] < 128 ? 0 : 255
  const error = work[at] - value
  work[at] = value
  for (const [dx, dy, weight] of [[1, 0, 7], [-1, 1, 3], [0, 1, 5], [1, 1, 1]]) if (x + dx >= 0 && x + dx < width && y + dy < height) work[at + dy * width + dx] += (error * weight) / 16
}
await sharp(Uint8Array.from(work), { raw: { width, height, channels: 1 } }).toFile('diffused.png')
const noise = Uint8Array.from({ length: 64 * 64 * 3 }, () => Math.random() * 256)
await sharp(noise, { raw: { width: 64, height: 64, channels: 3 } }).toFile('noise.png')
