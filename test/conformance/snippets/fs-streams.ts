// Streams of files: read, write, pipe, for await
import { createReadStream, createWriteStream, readFileSync } from 'node:fs'

const out = createWriteStream('lines.txt')
out.write('first\n')
out.write(Buffer.from('second\n'))
await new Promise<void>((resolve) => out.end('third', resolve))
console.log(readFileSync('lines.txt', 'utf8'), out.bytesWritten)
let text = ''
for await (const part of createReadStream('lines.txt', { encoding: 'utf8', start: 2, end: 8 })) text += part
console.log(text)
const sizes: number[] = []
await new Promise<void>((resolve, reject) => {
  createReadStream('photo.png', { highWaterMark: 1000 }).on('data', (part) => sizes.push(part.length)).on('end', () => resolve()).on('error', reject)
})
console.log(sizes.every((size, i) => size === 1000 || i === sizes.length - 1))
await new Promise<void>((resolve) => {
  createReadStream('none').on('error', (error: NodeJS.ErrnoException) => {
    console.log(error.code, error.message)
    resolve()
  })
})
