// Questions about tables, in English and Chinese: what is asked for, of which rows, in which order and form.
import { describe, expect, it } from 'vitest'
import { snippetOf } from '../../src/phrasebook/code/snippet.ts'
import { understand } from '../../src/phrasebook/understand.ts'
import { conversation } from './dialogue.ts'
import { CHINESE, ENGLISH, gdpCard, salesCard } from './query-sentences.ts'
import { inShort, scene, understood } from './scene.ts'

const sales = scene({ 'sales.csv': salesCard })
const gdp = scene({ 'gdp-provinces.csv': gdpCard })

describe('a question about a table', () => {
  it.each(ENGLISH)('%# is understood in English: %o "%s"', (situation, text, jobs) => {
    expect({ text, jobs: inShort(understood(text, situation)) }).toEqual({ text, jobs })
  })
  it.each(CHINESE)('%# is understood in Chinese: %o "%s"', (situation, text, jobs) => {
    expect({ text, jobs: inShort(understood(text, situation)) }).toEqual({ text, jobs })
  })

  it('is a short program over plain rows', () => {
    expect(snippetOf(understood('which product has the highest average sales in 2022?', sales).jobs))
      .toBe(`import { markdownTable, readTable } from 'easel'

const YEAR = 2022

const format = (value: unknown) =>
  typeof value === 'number' ? value.toLocaleString('en-US', { maximumFractionDigits: 2 }) : String(value ?? 'no data')

const { rows: table } = await readTable('sales.csv')
const rows = table.filter((row) => row.year === YEAR)
const averageOf = (some: typeof rows, column: string) => {
  const values = some.map((row) => row[column]).filter((value) => typeof value === 'number')
  return values.length > 0 ? Number((values.reduce((sum, value) => sum + value, 0) / values.length).toPrecision(12)) : null
}
const groups = Map.groupBy(rows, (row) => row.product)
const result = [...groups].map(([product, group]) => ({ product, 'average sales': averageOf(group, 'sales') }))
const ordered = result.toSorted((a, b) => Number(b['average sales'] ?? -Infinity) - Number(a['average sales'] ?? -Infinity))
const [best] = ordered

console.log(\`\${best?.product} has the highest average sales: \${format(best?.['average sales'])}\`)
console.log('\\n' + markdownTable(ordered.slice(0, 5)))
`)
  })

  it('finds values by their parts, their short forms and their English names', () => {
    for (const [situation, text, value] of [
      [sales, 'total sales of juice', 'Juice 果汁'],
      [sales, '果汁的总销售额', 'Juice 果汁'],
      [sales, 'total sales in East', '华东 East'],
      [gdp, '内蒙古 2022 年的 GDP', '内蒙古自治区'],
      [gdp, 'GDP of Guangdong in 2022', '广东省'],
    ] as const)
      expect(understood(text, situation).jobs[0]).toMatchObject({
        choice: { type: 'where', conditions: [{ is: [value] }] },
      })
  })

  it('reads a misspelled name as the nearest one, and says so', () => {
    const request = understood('total slaes by regoin', sales)
    expect(inShort(request)).toBe('table region: sum sales')
    expect(request.notes).toEqual(['"slaes" was read as sales.', '"regoin" was read as region.'])
    expect(understand('total moustaches by regoin', sales)).toMatchObject({
      message: expect.stringContaining('I did not understand "moustaches", "regoin"'),
    })
  })

  it('takes 万亿 in the unit of the column', () => {
    const request = understood('2022 年 GDP 超过 3 万亿的地区', gdp)
    expect(request.jobs[0]).toMatchObject({ choice: { conditions: [{ column: '2022年', sign: '>', value: 30_000 }] } })
    expect(request.notes).toContain('"2022年"最大是 129,513.6，因此按亿为单位的 30,000 理解。')
  })

  it('names the years or columns that there are where none fits', () => {
    expect(understand('GDP in 1999', gdp)).toMatchObject({ message: 'The table has the years 2003 to 2022, not 1999.' })
    expect(understand('top 5 regions by profit', sales)).toMatchObject({
      message: 'The table has no column for "profit"; the columns are year, region, product, units, sales.',
    })
  })
})

describe('a conversation of questions about a table', () => {
  const CONVERSATIONS: readonly (readonly [keyof typeof FILES, readonly string[], readonly string[]])[] = [
    [
      'sales.csv',
      ['total sales by region', 'and by product?', 'now as a pie chart', 'only 2022', 'as a table'],
      [
        'Total sales by region (sales.csv)',
        'Total sales by product (sales.csv)',
        'A pie chart of sales.csv → sales-pie.png',
        'A pie chart of sales.csv → sales-pie-2.png',
        'Total sales by product, 2022 (sales.csv)',
      ],
    ],
    [
      'sales.csv',
      ['sort by sales', 'sort ascending instead', 'top 10 instead', 'save it as xlsx'],
      [
        'Rows by sales, descending (sales.csv) → sales-table.csv',
        'Rows by sales, ascending (sales.csv) → sales-table-2.csv',
        'Top 10 rows by sales (sales.csv)',
        'Top 10 rows by sales (sales.csv) → sales-top10.xlsx',
      ],
    ],
    [
      'sales.csv',
      ['total sales in 2022', 'and in 2023?', 'what about Juice?'],
      ['Total sales, 2022 (sales.csv)', 'Total sales, 2023 (sales.csv)', 'Total sales, Juice 果汁, 2023 (sales.csv)'],
    ],
    [
      'gdp-provinces.csv',
      ['which region grew fastest from 2003 to 2022?', 'and from 2010 to 2020?', 'as a bar chart'],
      [
        'Growth by 地区, 2003年 to 2022年 (gdp-provinces.csv)',
        'Growth by 地区, 2010年 to 2020年 (gdp-provinces.csv)',
        'Growth by 地区, 2010年 to 2020年 (gdp-provinces.csv) → gdp-provinces-chart.png',
      ],
    ],
    [
      'sales.csv',
      ['各地区的总销售额', '按产品呢?', '换成折线图', '只看2021年'],
      [
        '各region的sales 总和（sales.csv）',
        '各product的sales 总和（sales.csv）',
        'sales.csv 的折线图 → sales-line.png',
        'sales.csv 的折线图 → sales-line-2.png',
      ],
    ],
  ]
  const FILES = { 'sales.csv': salesCard, 'gdp-provinces.csv': gdpCard }

  it.each(CONVERSATIONS)('%s: %j', async (name, asks, plans) => {
    const turns = await conversation({ [name]: FILES[name] }, ...asks)
    expect(turns.map(({ step }) => (step.type === 'run' ? step.text : step))).toEqual(plans)
  })
})
