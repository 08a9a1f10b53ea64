// arquero: tables from text and long files, packed ones, JSON, lines of JSON, fixed widths, Arrow, what is not there
import { writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import * as aq from 'arquero'

console.log(aq.fromCSV('a,b\n1,x\n2,"y ""z"""\n,\n').objects(), aq.fromCSV('a;b\n1;2', { delimiter: ';' }).objects(), aq.fromJSON('[{"a":1,"d":"2024-01-31"}]').objects())
const line = (i: number): string => `${i},城市 ${i % 9},note ${i},${i % 5 === 0 ? '' : i / 8},2024-01-${String((i % 28) + 1).padStart(2, '0')}`
const text = `\ufeffid,name,note,value,day\n${Array.from({ length: 9000 }, (_, i) => line(i)).join('\r\n')}\r\n`
writeFileSync('large.csv', text)
writeFileSync('large.csv.gz', gzipSync(text))
const [plain, packed] = [await aq.loadCSV('large.csv'), await aq.loadCSV('large.csv.gz')]
console.log(plain.numRows(), plain.columnNames(), plain.slice(4470, 4474).objects(), packed.toCSV() === plain.toCSV())
console.log(plain.groupby('name').rollup({ n: aq.op.count(), mean: aq.op.mean('value'), note: aq.op.max('note') }).orderby('name').objects({ limit: 2 }))
console.log((await aq.loadJSON('people.json')).objects(), (await aq.loadCSV('sales.csv', { autoType: false })).objects())
writeFileSync('lines.ndjson', '{"a":1}\n{"a":"茶"}\n')
writeFileSync('fixed.txt', 'ab 12\ncd 34\n')
console.log((await aq.loadJSON('lines.ndjson')).objects(), (await aq.loadFixed('fixed.txt', { widths: [3, 2], names: ['k', 'n'] })).objects())
const arrow = plain.select('id', 'name', 'value').slice(0, 500).toArrowIPC({ format: 'file' })!
writeFileSync('part.arrow', arrow)
console.log((await aq.loadArrow('part.arrow')).slice(0, 2).objects(), aq.fromArrow(arrow).numRows())
writeFileSync('out.csv', plain.filter((d) => d.value > 1100).toCSV())
await aq.loadCSV('missing.csv').catch((error) => console.log(error.code, error.message))
