// easel: tables read, summarized, melted, printed
import { markdownTable, readTable, summarize, melt, toNumber } from 'easel'

for (const name of ['regions.csv', 'gb.csv', 'sales.csv', 'people.json']) {
  const { rows, columns, notes, encoding, delimiter } = await readTable(name)
  console.log(name, rows, columns, notes, encoding, delimiter)
}
console.log(summarize(await readTable('regions.csv')))
console.log(melt(await readTable('regions.csv'), { id: ['地区'], name: 'year', value: 'gdp' }).slice(0, 4))
console.log(['1,234.5', '12 %', '1.234,5', '(5)', 'n/a', '￥3'].map((text) => toNumber(text)))
console.log(markdownTable((await readTable('sales.csv')).rows, { most: 3, language: 'zh' }))
