// node:fs: write, read, append in every form
import fs, { readFileSync, writeFileSync, appendFileSync } from 'node:fs'
import { readFile, writeFile, appendFile } from 'node:fs/promises'

writeFileSync('a.txt', 'héllo 中文')
appendFileSync('a.txt', '\nmore')
await writeFile('b.bin', Uint8Array.of(1, 2, 255))
await appendFile('b.bin', Buffer.from([9]))
await fs.promises.writeFile('c.txt', 'aGk=', 'base64')
writeFileSync('d.txt', Buffer.from('buffer'), { encoding: 'utf8', flag: 'a' })
writeFileSync('e.txt', new Float32Array([1, 2]))
writeFileSync('f.txt', 'h\u00e9', 'latin1')
console.log(readFileSync('a.txt', 'utf8'), readFileSync('b.bin'), await readFile('c.txt', { encoding: 'utf8' }), readFileSync('e.txt').length, readFileSync('f.txt'))
console.log(readFileSync('a.txt').toString('hex'), readFileSync('a.txt', 'base64'), (await readFile('a.txt', 'latin1')).length)
await new Promise<void>((resolve) => {
  fs.readFile('a.txt', 'utf8', (error, text) => {
    console.log(error, text)
    resolve()
  })
})
await new Promise<void>((resolve) => {
  fs.writeFile('g.txt', 'callback', (error) => {
    console.log(error, fs.existsSync('g.txt'))
    resolve()
  })
})
writeFileSync('big.txt', 'line 行\n'.repeat(50_000))
console.log(readFileSync('big.txt', 'utf8').split('\n').length)
await writeFile('list.txt', ['one\n', 'two\n'])
