// easel: SQL over files and tables, its values, its errors, its chance and clock
import { readTable, sql } from 'easel'

console.log(await sql("select kind, sum(amount) as total, min(date) as first from 'sales.csv' group by all order by all"))
console.log(await sql("select 城市, 人口 from 'gb.csv' order by 人口 desc"), await sql("summarize 'regions.csv'"))
const ages = [
  { name: 'Ann', city: '云州' },
  { name: '陈', city: null },
]
console.log(await sql("from ages join 'people.json' using (name) order by name", { ages }))
console.log(await sql('select * from sales where amount > $min', { sales: await readTable('sales.csv'), min: 10 }))
console.log(await sql("pivot (select kind, amount, month(date) as month from 'sales.csv') on kind using sum(amount) group by month"))
console.log(
  await sql(
    "select random() as r, uuid() as u, now() as n, current_date as d, [1.5, null] as list, {'a': 1::hugeint} as struct, 9007199254740993 as big, timestamp '2026-01-01 10:00:00' as t",
  ),
)
console.log(await sql('select sum(x) as sum, avg(x) as mean from (select random() as x from range(10000))'))
console.log((await sql("select range as i, 'n' || range % 7 as name from range(120000) order by hash(range)")).slice(0, 3))
// A query reads neither the clock nor the chance of the cell unless it asks for them.
console.log(Date.now(), performance.now(), Math.random())
for (const query of ["from 'nothing.csv'", 'from nothing', "select amont from 'sales.csv'", "copy (select 1) to 'x'", 'select $a']) {
  try {
    console.log(await sql(query))
  } catch (error) {
    console.log(String(error))
  }
}
