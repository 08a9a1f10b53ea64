// Hashes of texts and bytes, and random values by the cell's seed
import crypto, { createHash, createHmac, randomBytes, randomInt, randomUUID } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'

for (const name of ['md5', 'sha1', 'sha256', 'sha512', 'sha3-256']) {
  console.log(name, createHash(name).update('Grüße').update(Buffer.from([1, 2, 3])).digest('hex'))
}
const photo = createHash('sha256').update(readFileSync('photo.png'))
console.log(photo.copy().digest('base64'), photo.digest('base64url'))
console.log(createHmac('sha256', 'key').update('text', 'utf8').digest('hex'), createHash('sha1').update('00ff', 'hex').digest())
console.log(crypto.hash('sha1', 'abc'), crypto.getHashes().includes('sha256'), createHash('shake256', { outputLength: 8 }).digest('hex'))
for (const wrong of [() => createHash('none'), () => createHash('sha1').update(5 as never), () => photo.digest()]) {
  try {
    wrong()
  } catch (error) {
    console.log((error as Error).message, (error as { code?: string }).code)
  }
}
console.log(randomUUID(), randomInt(100), randomInt(5, 8), randomBytes(6).toString('hex'), Math.random())
console.log(crypto.getRandomValues(new Uint8Array(4)), globalThis.crypto.randomUUID(), crypto.randomFillSync(new Uint16Array(2)))
randomBytes(2, (error, bytes) => console.log(error, bytes))
console.log(crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('a')))
console.log(Buffer.from(await globalThis.crypto.subtle.digest('SHA-256', new Uint8Array([1]))).toString('hex'))
const piped = createHash('sha256')
await pipeline(createReadStream('photo.png'), piped)
console.log(piped.digest('hex'), piped.read() !== null)
const ended = createHash('md5').setEncoding('hex')
ended.on('finish', () => console.log('finish', ended.read()))
ended.write('a')
ended.end('b')
createReadStream('photo.png').pipe(createHmac('sha1', 'key')).on('data', (bytes) => console.log(bytes))
