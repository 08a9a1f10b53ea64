// arquero: verbs, expressions that it compiles, closures, windows, joins, pivots, samples by the cell's seed
import * as aq from 'arquero'
import { desc, escape, op, table } from 'arquero'

const rows = Array.from({ length: 30 }, (_, i) => ({ 地区: ['北京', '上海', '广州'][i % 3]!, year: 2020 + (i % 4), sales: ((i * 53) % 97) / 2 }))
const sales = aq.from(rows)
const factor = 3
console.log(sales.groupby('地区').rollup({ total: (d) => op.sum(d.sales), mean: op.mean('sales'), n: op.count() }).orderby(desc('total')).objects())
console.log(sales.derive({ share: (d) => d.sales / op.sum(d.sales), thrice: escape((d: { sales: number }) => d.sales * factor) }).slice(0, 3).objects())
console.log(sales.params({ least: 40 }).filter((d, $) => d.sales > $.least).numRows(), sales.filter('d => d.year === 2021').count().get('count', 0))
console.log(sales.groupby('地区').orderby('year').derive({ run: aq.rolling((d) => op.sum(d.sales), [-1, 0]), lag: op.lag('sales', 1), rank: op.row_number() }).array('run'))
console.log(sales.groupby('地区', 'year').rollup({ s: op.sum('sales') }).groupby('地区').pivot('year', 's').toMarkdown())
console.log(sales.join(table({ 地区: ['北京', '上海'], code: ['BJ', 'SH'] })).dedupe('code').select(aq.not('sales')).objects())
console.log(sales.fold(['year', 'sales']).numRows(), sales.spread({ a: (d) => [d.year, d.sales] }, { limit: 2 }).columnNames(), sales.impute({ sales: () => 0 }).semijoin(table({ year: [2020] }), 'year').numRows())
console.log(sales.sample(4).objects(), sales.derive({ r: () => op.random() }).get('r', 0), op.round(2.5), op.quantile('sales', 0.5).toString())
console.log(aq.bin('sales', { maxbins: 5 }), table({ when: [new Date(Date.UTC(2024, 0, 31))] }).derive({ m: (d) => op.utcmonth(d.when), f: (d) => op.format_utcdate(d.when) }).objects())
aq.addFunction('twice', (value: number) => value * 2, { override: true })
console.log(table({ a: [1, 2] }).derive({ b: 'd => op.twice(d.a)' }).objects(), sales.columnNames(), `${sales}`, sales.toCSV({ limit: 2 }), sales.toHTML({ limit: 1 }))
sales.print(3)
for (const wrong of [() => sales.derive({ x: (d) => factor * d.sales }), () => sales.derive({ x: 'd => missing(d.sales)' }), () => sales.select('none')])
  try { wrong() } catch (error) { console.log(String(error)) }
