// zlib at once, with callbacks, as promises and as streams
import { readFileSync, writeFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import zlib, { brotliCompressSync, createGunzip, createGzip, deflateRawSync, gunzipSync, gzip, gzipSync, inflateSync } from 'zlib'

const text = 'a line of text, and another one\n'.repeat(200)
for (const level of [1, 6, 9]) console.log(level, gzipSync(text, { level }).toString('base64'))
console.log(brotliCompressSync(text).length, deflateRawSync(text, { memLevel: 9, strategy: zlib.constants.Z_HUFFMAN_ONLY }).length)
console.log(brotliCompressSync(text, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } }).toString('hex'))
const packed = await promisify(zlib.deflate)(Buffer.from(text))
console.log(inflateSync(packed).equals(Buffer.from(text)), zlib.unzipSync(gzipSync('x')).toString())
gzip('later', (error, bytes) => console.log(error, bytes.length))
const parts: Buffer[] = []
for await (const part of Readable.from([text, text]).pipe(createGzip()).pipe(createGunzip())) parts.push(part as Buffer)
console.log(Buffer.concat(parts).length, zlib.crc32(text), zlib.crc32(Buffer.from('b'), zlib.crc32('a')))
for (const wrong of [() => gunzipSync('nothing'), () => inflateSync(Buffer.from([1, 2]))]) {
  try {
    wrong()
  } catch (error) {
    console.log((error as Error).message, (error as { code?: string }).code)
  }
}
writeFileSync('photo.png.gz', gzipSync(readFileSync('photo.png')))
