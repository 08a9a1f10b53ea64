// Raw pixels out, changed one by one, and in again
import sharp from 'sharp'

const { data, info } = await sharp('photo.png').raw().toBuffer({ resolveWithObject: true })
console.log(info, data.length, data)
for (let i = 0; i < data.length; i += info.channels) [data[i], data[i + 2]] = [data[i + 2], data[i]]
await sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } }).toFile('swapped.png')
const deep = await sharp('deep.png').raw({ depth: 'ushort' }).toBuffer()
console.log(new Uint16Array(deep.buffer, deep.byteOffset, 6))
const floats = Float32Array.from({ length: 12 }, (_, i) => i / 12)
await sharp(floats, { raw: { width: 4, height: 3, channels: 1 } }).linear(255).toColourspace('b-w').png().toFile('floats.png')
