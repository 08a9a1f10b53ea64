// work: ZIP archives listed and unpacked, and the tables in them read
import { readFileSync } from 'node:fs'
import { listZip, readTable, unzip } from 'easel'

console.log(await listZip('gbk.zip'))
const names = await unzip('gbk.zip')
console.log(names, readFileSync(names[1]!, 'utf8'), (await readTable(names[0]!)).rows)
console.log(await unzip('gbk.zip', { into: 'only', only: '*.txt' }))
for (const wrong of ['regions.csv', 'photo.png']) {
  try {
    await unzip(wrong)
  } catch (error) {
    console.log(String(error))
  }
}
for (const name of ['big5.csv', 'western.csv']) console.log(await readTable(name))
