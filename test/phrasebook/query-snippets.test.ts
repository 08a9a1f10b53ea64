// The snippets that answer questions about tables are real programs: they type-check, run, and their figures are right.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { FileInfo } from '../../sandbox/protocol.ts'
import { tableFacts } from '../../sandbox/native/facts/table-facts.ts'
import { snippetOf } from '../../src/phrasebook/code/snippet.ts'
import { scene, understood } from './scene.ts'
import { ran, snippetFolder, typeErrors } from './snippet-folder.ts'

const SALES = `year,region,product,units,sales
2021,East,Tea,10,100
2021,East,Juice,20,400.5
2021,West,Tea,5,50
2022,East,Tea,12,120
2022,East,Juice,30,
2022,West,Juice,8,160`
const GDP = '地区,2020年,2021年,2022年\n北京市,100,110,121\n广东省,200,300,400\n西藏自治区,1,2,'

/** Requests by the name of their snippet: the table, the sentence, and what is printed, in part. */
const REQUESTS: Readonly<Record<string, readonly [string, string, string]>> = {
  value: ['sales.csv', 'what is the total of the sales column?', 'Total sales: 830.5'],
  filtered: ['sales.csv', 'total sales of Tea in 2021', 'Total sales, Tea, 2021: 150'],
  groups: ['sales.csv', 'median units by product', '| Tea | 10 |\n| Juice | 20 |'],
  several: ['sales.csv', 'max and min units by region', '| East | 30 | 10 |\n| West | 8 | 5 |'],
  deviation: ['sales.csv', 'standard deviation of units', 'Standard deviation of units: 9.26'],
  best: ['sales.csv', 'which region sold the least juice?', 'West has the lowest total sales: 160'],
  having: ['sales.csv', 'which products have total units above 50?', '| Juice | 58 |'],
  missing: ['sales.csv', 'sales less than 110', '| 2021 | East | Tea | 10 | 100 |\n| 2021 | West | Tea | 5 | 50 |\n'],
  excluded: ['sales.csv', 'total units except Tea', 'Total units, not Tea: 58'],
  share: ['sales.csv', 'what percentage of total units comes from Tea?', 'Tea has 31.76% of total units: 27 of 85'],
  shares: ['sales.csv', 'share of units by region', '| East | 72 | 84.71 |'],
  pivot: ['sales.csv', 'pivot table of units by product and year', '| Juice | 20 | 38 |'],
  counted: ['sales.csv', 'how many different products are there?', 'There are 2 different values of product:'],
  growth: ['sales.csv', 'which product grew fastest from 2021 to 2022?', 'Tea has the highest growth: -20%'],
  yearly: ['sales.csv', 'year-on-year growth of units', '| 2022 | 50 | 42.86 |'],
  last: ['sales.csv', 'last 1 rows', '| 2022 | West | Juice | 8 | 160 |'],
  wide: ['gdp.csv', '2022 年 GDP 最高的是哪个地区?', '2022年最高的是 广东省：400'],
  wideGrowth: ['gdp.csv', '广东省 2020 年到 2022 年增长了多少?', '广东省：增长率 100%，2020年 200 → 2022年 400'],
  annual: ['gdp.csv', '北京的年均增长率', '北京市：年均增长率 10%，2020年 100 → 2022年 121'],
  wideShare: ['gdp.csv', '2021年广东占多少?', '广东省占 2021年 总计的 72.82%：300 / 412'],
  compared: ['gdp.csv', 'compare 2020 and 2022', '| 西藏自治区 | 1 |  |'],
  average: ['gdp.csv', 'what was the average GDP in 2022?', 'Average 2022年: 260.5'],
  years: ['gdp.csv', 'GDP of 北京市 in each year as a table', '| 2021年 | 110 |'],
  summary: ['gdp.csv', '这个表格里有什么?', '3 行，4 列'],
}

const printed: Record<string, string> = {}
let problems = ''

const fileOf = (text: string) => ({
  size: Buffer.byteLength(text),
  read: (from: number, most: number) => Buffer.from(text).subarray(from, from + most),
})

beforeAll(async () => {
  const folder = await snippetFolder()
  const tables: Record<string, FileInfo> = {}
  for (const [name, text] of [
    ['sales.csv', SALES],
    ['gdp.csv', GDP],
  ] as const) {
    await writeFile(join(folder, name), text)
    tables[name] = { kind: 'table', mime: 'text/csv', bytes: text.length, ...(await tableFacts(name, fileOf(text))) }
  }
  const names = Object.keys(REQUESTS)
  for (const [name, [table, text]] of Object.entries(REQUESTS)) {
    const code = snippetOf(understood(text, scene({ [table]: tables[table]! })).jobs)
    await writeFile(join(folder, `${name}.ts`), `${code}console.log('=== end of ${name}')\n`)
  }
  problems = await typeErrors(
    folder,
    names.map((name) => `${name}.ts`),
  )
  let rest = await ran(
    folder,
    names.map((name) => `${name}.ts`),
  )
  for (const name of names) {
    const end = `=== end of ${name}\n`
    printed[name] = rest.slice(0, rest.indexOf(end))
    rest = rest.slice(rest.indexOf(end) + end.length)
  }
}, 60_000)

describe('the snippets that answer questions about tables', () => {
  it('type-check against the real packages, strictly', () => {
    expect(problems).toBe('')
  })

  it.each(Object.entries(REQUESTS))('answer "%s": %j', (name, [, , answer]) => {
    expect(printed[name]).toContain(answer)
  })
})
