// Requests about tables: by category, as a table, distributions of a column, by year, in both languages.
import { describe, expect, it } from 'vitest'
import type { FileInfo } from '../../sandbox/protocol.ts'
import { conversation } from './dialogue.ts'
import { inShort, picture, scene, shop as shopTable, understood, wide as wideTable } from './scene.ts'

const salesTable: FileInfo = {
  ...shopTable,
  columns: ['year', 'region', 'product', 'units', 'sales'].map((name, n) => ({
    name,
    type: n === 1 || n === 2 ? 'text' : 'number',
  })),
}
const sales = scene({ 'sales.csv': salesTable })
const shop = scene({ 'shop.csv': shopTable })
const gdp = scene({ 'gdp-provinces.csv': wideTable })
const mixed = scene({ 'sales.csv': salesTable, 'photo.png': picture })

const GROUPED = [
  [sales, 'bar chart of sales by product', 'bar product: sales'],
  [sales, 'plot units per region', 'bar region: units'],
  [sales, 'show me a bar chart with the mean units for each product', 'bar product: average units'],
  [sales, 'bar chart by category', 'bar region: units'],
  [sales, 'draw a chart of sales grouped by region', 'bar region: sales'],
  [sales, 'compare sales across products in a bar chart', 'bar product: sales'],
  [sales, '画出各产品的平均销量柱状图', 'bar product: average units'],
  [sales, 'bar chart of sales by region in 2022', 'bar region: sales'],
  [sales, 'pie chart of the share of sales of all products', 'pie product: sales top 10'],
  [sales, 'chart the sales by product and region', 'bar product and region: sales'],
  [shop, 'bar chart of price by store', 'bar store: average price'],
  [shop, 'bar chart of the total price by shop', 'bar store: price'],
  [shop, 'how many rows for each item? bar chart', 'bar item: count'],
  [sales, '按产品画销售额的柱状图', 'bar product: sales'],
  [sales, '各地区平均销量的柱状图', 'bar region: average units'],
  [sales, '按地区统计销量,画柱状图', 'bar region: units'],
  [sales, '不同地区的销售额对比柱状图', 'bar region: sales'],
  [sales, '画一个各产品销售额占比的饼图', 'pie product: sales top 10'],
  [shop, '每个门店的单价,用柱状图表示', 'bar store: average price'],
  [gdp, 'bar chart of GDP by region in 2020', 'bar 地区: 2020年'],
  [gdp, '2022 年 GDP 最高的 10 个地区的柱状图', 'bar 地区: 2022年 top 10'],
] as const

const AS_TABLES = [
  [gdp, 'top 5 as a table', 'table 地区+2022年 top 5'],
  [gdp, 'top 5 regions by GDP in 2021 as a table', 'table 地区+2021年 top 5'],
  [gdp, 'put the top 5 into a table', 'table 地区+2022年 top 5'],
  [gdp, 'show the first 5 rows', 'table all first 5'],
  [sales, 'give me a table of sales by product', 'table product: sum sales'],
  [sales, 'list the top 3 products by sales', 'table product: sum sales top 3'],
  [sales, 'sales by product and year in a table', 'table year and product: sum sales'],
  [sales, 'average sales per region as a csv', 'table region: average sales'],
  [sales, 'total sales by region', 'table region: sum sales'],
  [sales, 'what is the total of the sales column?', 'table whole: sum sales'],
  [sales, '各地区销售额占总额的百分比', 'table region: sum sales share'],
  [gdp, '2020年GDP前三名做成表格', 'table 地区+2020年 top 3'],
  [gdp, '列出 2020 年 GDP 前三名的地区', 'table 地区+2020年 top 3'],
  [sales, '各产品的总销售额,用表格显示', 'table product: sum sales'],
  [sales, '按地区汇总销售额,做成表格', 'table region: sum sales'],
  [sales, '给我一个按年份的销售额表格', 'table year: sum sales'],
  [sales, '显示前 3 行', 'table all first 3'],
] as const

const DISTRIBUTIONS = [
  [sales, 'histogram of the sales column', 'distribution sales'],
  [mixed, 'histogram of sales', 'distribution sales'],
  [mixed, 'how are the units distributed?', 'distribution units'],
  [sales, 'draw a histogram', 'distribution units'],
  [sales, 'distribution of product', 'distribution product'],
  [gdp, 'distribution of GDP in 2010', 'distribution 2010年'],
  [mixed, 'histogram of the photo', 'histogram'],
  [scene({ 'photo.png': picture }), 'show the distribution', 'histogram'],
  [sales, '销售额的直方图', 'distribution sales'],
  [mixed, 'units 的分布', 'distribution units'],
  [gdp, '画出 2022 年 GDP 的分布直方图', 'distribution 2022年'],
  [scene({ 'photo.png': picture }), '画出这张图的直方图', 'histogram'],
] as const

const OVER_TIME = [
  [sales, 'sales by year', 'table year: sum sales ; line year: sales'],
  [sales, 'bar chart of units by year', 'bar year: units'],
  [sales, 'sales by year for each product', 'table year and product: sum sales ; line year and product: sales'],
  [sales, 'trend of sales per region', 'line year and region: sales'],
  [sales, 'how did sales change over time?', 'table year: sum sales ; line year: sales'],
  [shop, 'monthly qty as a bar chart', 'bar date a month: qty'],
  [shop, 'average price by year', 'table date a year: average price ; line date a year: average price'],
  [gdp, 'top 5 regions over time', 'line 地区: years top 5'],
  [gdp, 'average GDP per year as a line chart', 'line 地区: averageyears'],
  [sales, 'animate sales by region over the years', 'race region year/sales top 10: Top 10 region by sales'],
  [sales, '按年画销售额', 'table year: sum sales ; line year: sales'],
  [sales, '按年份画销售额的柱状图', 'bar year: sales'],
  [sales, '各产品每年的销售额', 'table year and product: sum sales ; line year and product: sales'],
  [sales, '各地区销售额的变化趋势', 'line year and region: sales'],
  [shop, '按月统计销量的折线图', 'line date a month: qty'],
  [sales, '各地区销售额按年变化的动态图', 'race region year/sales top 10: sales最高的10个region'],
] as const

describe('the phrasebook and tables', () => {
  it.each(GROUPED)('groups: %# %o', (situation, text, jobs) => {
    expect({ text, jobs: inShort(understood(text, situation)) }).toEqual({ text, jobs })
  })
  it.each(AS_TABLES)('makes a table: %#', (situation, text, jobs) => {
    expect({ text, jobs: inShort(understood(text, situation)) }).toEqual({ text, jobs })
  })
  it.each(DISTRIBUTIONS)('shows how a column is distributed: %#', (situation, text, jobs) => {
    expect({ text, jobs: inShort(understood(text, situation)) }).toEqual({ text, jobs })
  })
  it.each(OVER_TIME)('draws years as a chart, and moves only when asked: %#', (situation, text, jobs) => {
    expect({ text, jobs: inShort(understood(text, situation)) }).toEqual({ text, jobs })
  })

  it('shows the same data in another form', async () => {
    const files = { 'sales.csv': salesTable }
    const [, table] = await conversation(files, 'bar chart of the average sales by region', 'as a table')
    expect(table!.code).toContain("{ region, 'average sales': averageOf(group, 'sales') }")
    const [, pie] = await conversation(files, '按产品画销售额的柱状图', '画成饼图')
    const [, again] = await conversation(files, '按产品画销售额的柱状图', '换成表格')
    expect(again!.code).toContain("{ product, 'sales 总和': sumOf(group, 'sales') }")
    expect(pie!.code).toContain("const X = 'product'\nconst Y = 'sales'")
    expect(pie!.code).toContain("type: 'pie'")
  })

  it('draws no more than 40 bars, and says what is left out', () => {
    const years = Array.from({ length: 60 }, (_, n) => ({ name: `${1960 + n}`, type: 'number' }))
    const old = scene({ 'old.csv': { ...wideTable, columns: [{ name: 'country', type: 'text' }, ...years] } })
    const bars = understood('bar chart of the total by year', old)
    expect(bars.jobs[0]).toMatchObject({ kind: 'chart', series: years.slice(-40).map(({ name }) => name) })
    expect(bars.notes).toContain('Left out: 20 of 60 years, the earliest: 1960 to 1979.')
    const race = understood('前60名的动态排名图', gdp)
    expect(race.jobs[0]).toMatchObject({ kind: 'race', top: 40 })
    expect(race.notes).toContain('只画出最大的 40 个，而不是 60 个。')
  })

  it('takes the table that has the column, whichever came last', async () => {
    const two = scene({ 'sales.csv': salesTable, 'gdp-provinces.csv': wideTable, 'shop.csv': shopTable })
    expect(understood('histogram of price', two).inputs).toEqual(['shop.csv'])
    expect(understood('按产品画销售额的柱状图', two).inputs).toEqual(['sales.csv'])
  })
})
