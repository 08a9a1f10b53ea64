// easel: tables written and read again, the same bytes inside and outside
import { readFile } from 'node:fs/promises'
import { melt, readTable, writeTable } from 'easel'

const regions = await readTable('regions.csv')
const rows = [
  { 地区: '北京', day: '2024-01-31', at: '2024-01-31T10:00:00', amount: 12345.5, code: '007', ok: true, note: '=1+1' },
  { 地区: '上海', day: '2024-02-29', at: null, amount: -1, code: '0', ok: false, note: 'a\nb <c>' },
]
for (const ending of ['xlsx', 'ods', 'csv', 'tsv', 'parquet', 'json', 'jsonl', 'md', 'html']) {
  const name = await writeTable(rows, `out.${ending}`)
  const bytes = await readFile(name)
  console.log(name, bytes.length)
}
for (const name of ['out.xlsx', 'out.ods', 'out.parquet', 'out.html', 'out.md']) {
  const back = await readTable(name)
  console.log(name, back.columns, back.rows, back.notes)
}
await writeTable({ regions, long: melt(regions, { id: '地区' }) }, 'two.xlsx')
console.log((await readTable('two.xlsx', { sheet: 'long' })).rows.length, (await readTable('two.xlsx')).notes)
await readTable('two.xlsx', { sheet: 'none' }).catch((error) => console.log(error.message))
await writeTable(rows, 'out.docx').catch((error) => console.log(error.message))
