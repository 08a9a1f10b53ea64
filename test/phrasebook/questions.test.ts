// Questions about a table's rows and numbers: which table is meant, the x axis, what is ranked, the answer.
import { describe, expect, it } from 'vitest'
import type { FileInfo } from '../../sandbox/protocol.ts'
import { conversation } from './dialogue.ts'
import { inShort, insurance, long, scene, shop, understood, wide } from './scene.ts'
import { understand } from '../../src/phrasebook/understand.ts'

const people = scene({ 'insurance.csv': insurance })
const gdp = scene({ 'gdp.csv': wide })
const world = scene({ 'world.csv': long })
const store = scene({ 'shop.csv': shop })

const ALONG_NUMBERS = [
  ['charges over age as a line chart', 'line age: average charges'],
  ['line chart of charges by age', 'line age: average charges'],
  ['charges by age', 'line age: average charges'],
  ['plot charges against age', 'line age: average charges'],
  ['total charges by age as a bar chart', 'bar age: charges'],
  ['bar chart of bmi by children', 'bar children: average bmi'],
  ['charges by age and smoker as a line chart', 'line age and smoker: average charges'],
  ['average charges by age', 'table age: average charges'],
  ['number of people by age', 'table age: count'],
  ['scatter plot of charges by age', 'scatter age: charges'],
  ['charges by age, top 5', 'table age: average charges top 5 ; bar age: average charges top 5'],
  ['按年龄画费用的折线图', 'line age: average charges'],
  ['各年龄的平均费用', 'table age: average charges'],
  ['费用随年龄变化的折线图', 'line age: average charges'],
  ['费用随年龄的变化趋势', 'line age: average charges'],
  ['不同年龄的费用的柱状图', 'bar age: average charges'],
  ['每个年龄的人数', 'table age: count'],
  ['按年龄画费用的散点图', 'scatter age: charges'],
  ['charges by region', 'bar region: charges'],
  ['average cost by gender', 'table sex: average charges'],
  ['各地区的平均花费', 'table region: average charges'],
] as const

const RANKED = [
  [people, '年龄最大的5个人', 'table all top 5', 'age'],
  [people, '费用最高的5个人,做成表格', 'table all top 5', 'charges'],
  [people, 'the 5 oldest people', 'table all top 5', 'age'],
  [people, 'the 3 most expensive', 'table all top 3', 'charges'],
  [people, 'the five youngest', 'table least all top 5', 'age'],
  [people, '年龄最小的3个人', 'table least all top 3', 'age'],
  [people, '最贵的三个', 'table all top 3', 'charges'],
  [people, '最年轻的10个人', 'table least all top 10', 'age'],
  [people, 'top 5 by bmi', 'table all top 5', 'bmi'],
  [people, 'top 5 people by charges', 'table all top 5', 'charges'],
  [people, 'the 5 highest charges', 'table all top 5', 'charges'],
  [people, 'the 3 people with the lowest bmi', 'table least all top 3', 'bmi'],
  [people, 'top 3 regions by charges', 'table region: sum charges top 3 ; bar region: charges top 3', 'total charges'],
  [store, 'the 3 cheapest', 'table least all top 3', 'price'],
  [store, '价格最低的3个商品', 'table least item: average price top 3 ; bar item: average price top 3', 'price 平均值'],
  [world, 'top 3 by population', 'table all top 3', 'population'],
  [gdp, '2022年GDP最低的5个省,做成表格', 'table least 地区+2022年 top 5', '2022年'],
  [gdp, '2020年GDP最高的5个省的柱状图', 'bar 地区: 2020年 top 5', '2020年'],
] as const

const REFUSED = [
  [people, '收入最高的5个人', '表格里没有"收入"这一列'],
  [people, '销售额最高的3个', '表格里没有"销售额"这一列'],
  [people, 'top 5 regions by profit', 'The table has no column for "profit"'],
  [people, 'top 5 companies by charges', 'The table has no column for "companies"'],
  [people, 'the 5 tallest people', 'The table has no column for "height"'],
  [people, 'bar chart of the 5 oldest people', 'The rows have no names that a chart could show.'],
  [people, '年龄最大的5个人的柱状图', '这些行没有可以标在图上的名称'],
  [people, 'histogram of bmi by sex', 'I did not understand "sex"'],
] as const

/** The file that each turn reads. */
async function readBy(files: Readonly<Record<string, FileInfo>>, ...asks: readonly string[]): Promise<string[]> {
  const turns = await conversation(files, ...asks)
  return turns.map(({ code }) => /readTable\('(.*?)'\)/.exec(code)?.[1] ?? '')
}

describe('questions about a table', () => {
  it.each(ALONG_NUMBERS)('"%s" has the named numbers along x: %s', (text, jobs) => {
    expect(inShort(understood(text, people))).toBe(jobs)
  })

  it.each(RANKED)('%# ranks rows, or groups that are named: "%s"', (situation, text, jobs, by) => {
    const request = understood(text, situation)
    expect(inShort(request)).toBe(jobs)
    const job = request.jobs[0]!
    expect(job.kind === 'query' ? job.sort?.by : 'series' in job && job.series[0]).toBe(by)
  })

  it.each(REFUSED)('%# refuses what the table lacks: "%s"', (situation, text, message) => {
    expect(understand(text, situation)).toMatchObject({ message: expect.stringContaining(message) })
  })

  it('says an average along numbers in the title, and sorts them as numbers', async () => {
    const [turn] = await conversation({ 'insurance.csv': insurance }, 'charges by age')
    expect(turn!.code).toContain("const TITLE = 'Average charges by age'")
    expect(turn!.code).toContain('.toSorted((a, b) => Number(a.name) - Number(b.name))')
    expect(turn!.code).toContain("console.log('The rows were grouped by age: average of charges.')")
  })

  it('means the one column of a kind, and none where two are', () => {
    const two = { ...insurance, columns: [...insurance.columns!, { name: 'price', type: 'number' }] }
    expect(understood('费用最高的3个', people).jobs[0]).toMatchObject({ sort: { by: 'charges' } })
    expect(understood('价格最高的3个', people).jobs[0]).toMatchObject({ sort: { by: 'charges' } })
    expect(understood('价格最高的3个', scene({ 'a.csv': two })).jobs[0]).toMatchObject({ sort: { by: 'price' } })
    const fees = { ...insurance, columns: [...insurance.columns!, { name: 'fee', type: 'number' }] }
    expect(understand('花费最高的3个', scene({ 'a.csv': fees }))).toHaveProperty('code', 'no_columns')
  })

  it('says nothing that is not so', () => {
    expect(understood('what is the average age?', people).notes).toEqual([])
    expect(understood('平均年龄是多少', people).notes).toEqual([])
    expect(understood('what is the average?', people).notes).toEqual([
      'The column age was used; name another to change that.',
    ])
    expect(understood('top 5 by charges as a table', people)).toMatchObject({
      notes: [],
      jobs: [{ caption: 'Top 5 rows by charges' }],
    })
    expect(understood('age and charges as a table', people)).toMatchObject({
      notes: [],
      jobs: [{ shape: { columns: ['age', 'charges'] } }],
    })
  })

  it('prints a result for reading, and saves it only when asked', async () => {
    const [turn] = await conversation({ 'insurance.csv': insurance }, 'average charges by region')
    expect(turn!.code).toContain("'Average charges by region:' + '\\n\\n' + markdownTable(result)")
    expect(turn!.code).not.toContain('writeFile')
    const [saved] = await conversation({ 'insurance.csv': insurance }, 'average charges by region as csv')
    expect(saved!.code).toContain("await writeFile('insurance-table.csv', '\\ufeff' + Papa.unparse(result))")
  })
})

describe('a conversation about a table', () => {
  const files = { 'insurance.csv': insurance }

  it.each([
    [['histogram of bmi', 'top 5 as a table', 'average charges by region as a chart']],
    [['top 5 as a table', 'what is the average age?']],
    [['top 5 as a table', 'histogram of bmi']],
    [['top 5 as a table', 'histogram of bmi', 'summarize the data']],
    [['费用最高的5个人', '各地区的平均费用，画柱状图']],
    [['年龄最大的5个人', '年龄的直方图']],
    [['average charges by region', 'charges by age']],
  ])('%j is about the table that came in', async (asks) => {
    expect(new Set(await readBy(files, ...asks))).toEqual(new Set(['insurance.csv']))
  })

  it('reads a result where the person points at it', async () => {
    const table: FileInfo = { ...insurance, rows: 5 }
    const journal = { 'insurance.csv': insurance, 'insurance-top5.csv': table }
    const situation = { ...scene(journal), asked: [], uploads: ['insurance.csv'], results: ['insurance-top5.csv'] }
    for (const text of [
      'average charges of those five by region',
      'average charges in that table by region',
      'histogram of bmi of them',
      'bar chart',
      '它们的平均费用',
      '结果里的平均年龄',
    ])
      expect({ text, inputs: understood(text, situation).inputs }).toEqual({ text, inputs: ['insurance-top5.csv'] })
    for (const text of ['average charges by region', 'top 3', 'histogram of bmi', '各地区的平均费用'])
      expect({ text, inputs: understood(text, situation).inputs }).toEqual({ text, inputs: ['insurance.csv'] })
  })

  it('takes "top 2" after a chart for the two largest of it', async () => {
    for (const [first, then] of [
      ['average charges by region as a chart', 'top 2'],
      ['average charges by region as a chart', 'the top 2'],
      ['各地区平均费用的柱状图', '前2名'],
    ] as const) {
      const [, turn] = await conversation(files, first, then)
      expect(turn!.code).toContain("const X = 'region'\nconst Y = 'charges'\nconst TOP_ROWS = 2")
    }
    const [, table] = await conversation(files, 'charges by age', 'top 5 as a table')
    expect(table!.code).toContain('Map.groupBy(rows, (row) => row.age)')
    expect(table!.code).toContain('const TOP_ROWS = 5')
  })

  it('changes what is grouped by or shown, and keeps the other', async () => {
    const [, bySex] = await conversation(files, 'bar chart of charges by region', 'by sex')
    expect(bySex!.code).toContain("const X = 'sex'\nconst Y = 'charges'")
    const [, bmi] = await conversation(files, 'bar chart of charges by region', 'bmi instead')
    expect(bmi!.code).toContain("const X = 'region'\nconst Y = 'bmi'")
  })

  it('answers a question of its own as one, and shows the same columns as a table', async () => {
    const [, age] = await conversation(files, 'average charges by region as a chart', 'what is the average age?')
    expect(age!.code).toContain("averageOf(rows, 'age')")
    const [, table] = await conversation(files, 'line chart of charges by age', '做成表格')
    expect(table!.code).toContain('Map.groupBy(rows, (row) => row.age)')
    expect(table!.text).not.toContain('说出别的列名')
    const [, chart] = await conversation(files, 'the 5 oldest people', 'make a bar chart of them')
    expect(chart!.text).toContain('The rows have no names that a chart could show.')
  })

  it('keeps the year of a measure when the form changes', async () => {
    const [, line] = await conversation({ 'gdp.csv': wide }, '2022年GDP最高的5个省,做成表格', '画成折线图')
    expect(line!.code).toContain("const TITLE = '各地区的2022年GDP'")
    expect(line!.code).toContain("const Y = '2022年'\nconst TOP_ROWS = 5")
  })
})
