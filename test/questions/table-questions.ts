// Questions that people ask of tables, and the short snippets in which a model answers them. The answers were computed with
// pandas from the same files.

export interface TableQuestion {
  readonly file: string
  readonly question: string
  readonly code: string
  /** What the snippet prints. */
  readonly answer: string
}

/** Over ten tables of vega-datasets, and the gross regional product of Chinese provinces. */
export const TABLE_QUESTIONS: readonly TableQuestion[] = [
  {
    file: 'cars.json',
    question: 'What is the average fuel economy by origin?',
    code: `import { readTable } from 'easel'
const { rows } = await readTable('cars.json')
const byOrigin = Object.groupBy(rows.filter(r => r.Miles_per_Gallon !== null), r => r.Origin)
for (const [origin, cars] of Object.entries(byOrigin).sort()) {
  const mean = cars.reduce((sum, r) => sum + r.Miles_per_Gallon, 0) / cars.length
  console.log(origin, mean.toFixed(2))
}`,
    answer: 'Europe 27.89\nJapan 30.45\nUSA 20.08\n',
  },
  {
    file: 'movies.json',
    question: 'Which three films earned most worldwide?',
    code: `import { readTable } from 'easel'
const { rows } = await readTable('movies.json')
const top = rows.toSorted((a, b) => b['Worldwide Gross'] - a['Worldwide Gross']).slice(0, 3)
for (const film of top) console.log(film.Title, film['Worldwide Gross'])`,
    answer: 'Avatar 2767891499\nTitanic 1842879955\nThe Lord of the Rings: The Return of the King 1133027325\n',
  },
  {
    file: 'stocks.csv',
    question: "What was Apple's last price of each of the last three years?",
    code: `import { readTable } from 'easel'
const { rows } = await readTable('stocks.csv')
const last = {}
for (const r of rows.filter(r => r.symbol === 'AAPL')) last[r.date.slice(0, 4)] = r.price
console.log(Object.entries(last).slice(-3))`,
    answer: "[ [ '2008', 85.35 ], [ '2009', 210.73 ], [ '2010', 223.02 ] ]\n",
  },
  {
    file: 'seattle-weather.csv',
    question: 'Which three months had the most rain?',
    code: `import { readTable } from 'easel'
import { rollups, sum } from 'd3-array'
const { rows } = await readTable('seattle-weather.csv')
const months = rollups(rows, days => sum(days, d => d.precipitation), d => d.date.slice(0, 7))
months.sort((a, b) => b[1] - a[1])
for (const [month, rain] of months.slice(0, 3)) console.log(month, rain.toFixed(1))`,
    answer: '2015-12 284.5\n2014-03 240.0\n2015-11 212.6\n',
  },
  {
    file: 'penguins.json',
    question: 'How strongly are flipper length and body mass related?',
    code: `import { readTable, pearson } from 'easel'
const { rows } = await readTable('penguins.json')
const { r, n } = pearson(rows.map(p => p['Flipper Length (mm)']), rows.map(p => p['Body Mass (g)']))
console.log(r.toFixed(6), n)`,
    answer: '0.871202 342\n',
  },
  {
    file: 'gapminder.json',
    question: 'Where did people live longest in 2000?',
    code: `import { sql } from 'easel'
const rows = await sql("select country, life_expect from 'gapminder.json' where year = 2000 order by life_expect desc limit 3")
for (const { country, life_expect } of rows) console.log(country, life_expect)`,
    answer: 'Japan 81.57\nHong Kong, China 80.75\nIceland 80.35\n',
  },
  {
    file: 'flights-2k.json',
    question: 'Which airports with at least 20 flights have the longest mean delay?',
    code: `import { readTable, sql } from 'easel'
const { rows } = await readTable('flights-2k.json')
const worst = await sql(\`select origin, avg(delay) as mean, count(*) as flights from flights
  group by origin having count(*) >= 20 order by mean desc limit 3\`, { flights: rows })
for (const w of worst) console.log(w.origin, w.mean.toFixed(2), w.flights)`,
    answer: 'JFK 24.71 24\nPIT 17.56 25\nLAS 15.19 54\n',
  },
  {
    file: 'airports.csv',
    question: 'Which states have the most airports?',
    code: `import { readTable } from 'easel'
const { rows } = await readTable('airports.csv')
const count = {}
for (const { state } of rows) count[state] = (count[state] || 0) + 1
console.log(Object.entries(count).sort((a, b) => b[1] - a[1]).slice(0, 3))`,
    answer: "[ [ 'AK', 263 ], [ 'TX', 209 ], [ 'CA', 205 ] ]\n",
  },
  {
    file: 'disasters.csv',
    question: 'In which two decades did natural disasters kill most people?',
    code: `import { sql } from 'easel'
console.log(await sql(\`select Year // 10 * 10 as decade, sum(Deaths) as deaths from 'disasters.csv'
  where Entity = 'All natural disasters' group by decade order by deaths desc limit 2\`))`,
    answer: '[\n  { decade: 1920, deaths: 8726293 },\n  { decade: 1930, deaths: 4701024 }\n]\n',
  },
  {
    file: 'us-employment.csv',
    question: 'By how much did employment outside farms grow over the whole time?',
    code: `import { readTable } from 'easel'
const { rows } = await readTable('us-employment.csv')
const [first, last] = [rows[0], rows.at(-1)]
console.log(first.month, last.month, last.nonfarm - first.nonfarm)`,
    answer: '2006-01-01 2015-12-01 7643\n',
  },
  {
    file: 'gdp.csv',
    question: '2003 年到 2022 年哪三个地区年均增长最快?',
    code: `import { readTable } from 'easel'
const { rows } = await readTable('gdp.csv')
const growth = rows.map(r => ({ name: r['地区'], rate: (r['2022年'] / r['2003年']) ** (1 / 19) - 1 }))
for (const g of growth.sort((a, b) => b.rate - a.rate).slice(0, 3)) console.log(g.name, (g.rate * 100).toFixed(2) + '%')`,
    answer: '贵州省 14.90%\n陕西省 14.31%\n西藏自治区 13.75%\n',
  },
  {
    file: 'gdp.csv',
    question: 'What share of the total of 2022 do the three largest have?',
    code: `import { readTable, melt } from 'easel'
const long = melt(await readTable('gdp.csv'), { id: '地区', name: 'year', value: 'gdp' })
const year = long.filter(r => r.year === '2022年')
const total = year.reduce((sum, r) => sum + r.gdp, 0)
for (const r of year.sort((a, b) => b.gdp - a.gdp).slice(0, 3)) console.log(r['地区'], (100 * r.gdp / total).toFixed(2) + '%')`,
    answer: '广东省 10.85%\n江苏省 10.23%\n山东省 7.33%\n',
  },
  {
    file: 'cars.json',
    question: 'How many cars have how many cylinders?',
    code: `import * as aq from 'arquero'
import { readTable } from 'easel'
const { rows } = await readTable('cars.json')
const counts = aq.from(rows).groupby('Cylinders').count().orderby('Cylinders').objects()
console.log(counts.map(c => c.Cylinders + ': ' + c.count).join(', '))`,
    answer: '3: 4, 4: 207, 5: 3, 6: 84, 8: 108\n',
  },
  {
    file: 'movies.json',
    question: 'Describe the IMDB ratings.',
    code: `import { describe, readTable } from 'easel'
const rating = describe(await readTable('movies.json')).find(c => c.column === 'IMDB Rating')
console.log(rating.count, rating.mean.toFixed(3), rating.std.toFixed(3), rating.min, rating.q1, rating.median, rating.q3, rating.max)`,
    answer: '2988 6.283 1.252 1.4 5.6 6.4 7.2 9.2\n',
  },
  {
    file: 'cars.json',
    question: 'How does fuel economy fall with horsepower?',
    code: `import { linearFit, readTable } from 'easel'
const { rows } = await readTable('cars.json')
const fit = linearFit(rows.map(r => r.Horsepower), rows.map(r => r.Miles_per_Gallon))
console.log(fit.slope.toFixed(5), fit.intercept.toFixed(5), fit.n)`,
    answer: '-0.15784 39.93586 392\n',
  },
  {
    file: 'movies.json',
    question: 'Which genres have the highest median gross in the US?',
    code: `import { quantile, readTable } from 'easel'
const { rows } = await readTable('movies.json')
const genres = Map.groupBy(rows.filter(r => r['Major Genre']), r => r['Major Genre'])
const medians = [...genres].map(([genre, films]) => [genre, quantile(films.map(f => f['US Gross']), 0.5)])
for (const [genre, median] of medians.sort((a, b) => b[1] - a[1]).slice(0, 3)) console.log(genre, median)`,
    answer: 'Adventure 68894777\nAction 40125355.5\nRomantic Comedy 27362712\n',
  },
  {
    file: 'seattle-weather.csv',
    question: 'How warm is it in each kind of weather?',
    code: `import { mean } from 'simple-statistics'
import { readTable } from 'easel'
const { rows } = await readTable('seattle-weather.csv')
const kinds = Object.groupBy(rows, r => r.weather)
for (const kind of Object.keys(kinds).sort()) console.log(kind, mean(kinds[kind].map(r => r.temp_max)).toFixed(2))`,
    answer: 'drizzle 15.93\nfog 16.76\nrain 13.45\nsnow 5.57\nsun 19.86\n',
  },
  {
    file: 'stocks.csv',
    question: 'Pivot table: the mean price of each share by year. Show 2008.',
    code: `import { sql } from 'easel'
const pivot = await sql(\`pivot (select symbol, year(date) as year, price from 'stocks.csv')
  on symbol using round(avg(price), 1) group by year order by year\`)
console.log(JSON.stringify(pivot.find(r => r.year === 2008)))`,
    answer: '{"year":2008,"AAPL":138.5,"AMZN":69,"GOOG":455,"IBM":107.2,"MSFT":25.2}\n',
  },
  {
    file: 'penguins.json',
    question: 'Mean body mass by species and sex, as a spreadsheet.',
    code: `import { readTable, sql, writeTable } from 'easel'
const { rows } = await readTable('penguins.json')
const means = await sql(\`select Species, Sex, round(avg("Body Mass (g)"), 1) as mass from penguins
  where Sex in ('MALE', 'FEMALE') group by all order by all\`, { penguins: rows })
await writeTable(means, 'mass.xlsx')
console.log((await readTable('mass.xlsx')).rows.map(r => r.mass).join(' '))`,
    answer: '3368.8 4043.5 3527.2 3939 4679.7 5484.8\n',
  },
  {
    file: 'movies.json',
    question: 'In which two months do most films come out?',
    code: `import { readTable } from 'easel'
import { rollups } from 'd3-array'
const { rows } = await readTable('movies.json')
const months = rollups(rows.filter(r => r['Release Date']), films => films.length, r => r['Release Date'].slice(5, 7))
console.log(months.sort((a, b) => b[1] - a[1]).slice(0, 2))`,
    answer: "[ [ '12', 443 ], [ '10', 308 ] ]\n",
  },
]
