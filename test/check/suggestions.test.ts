// The alternatives that a refusal or an option's note suggests when there is another way to the goal.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createChecker, type Checker } from '../../src/check/checker.ts'

let checker: Checker
beforeAll(() => {
  checker = createChecker()
})
afterAll(() => checker.close())

const said = async (code: string): Promise<string> => {
  const verdict = await checker.check(`import { chart, label } from 'easel'\n${code}`)
  return verdict.ok ? (verdict.notes ?? []).join(' ') : verdict.diagnostics.map(({ message }) => message).join(' ')
}
const ofType = (type: string): string => `await chart({ type: '${type}', data: { datasets: [] } })`

describe('it tells the way on', () => {
  it.each([
    ['a heat map', ofType('heatmap'), /'heatmap' is not one of the allowed values: .* A heat map is a 'matrix'/],
    ['box plots', ofType('boxPlot'), /is a 'boxplot' of lists of numbers/],
    ['a gauge', ofType('gauge'), /ECharts has it: chart\(\{ series: \[\{ type: 'gauge', data \}\] \}\)/],
    ['words', ofType('wordCloud'), /Draw it with a plugin/],
    ['a histogram', ofType('histogram'), /count into bins/],
    ['horizontal bars', ofType('horizontalBar'), /indexAxis: 'y'/],
    ['an area', ofType('area'), /'line' with fill: true/],
    ['a slip', ofType('scater'), /'scatter'/],
    ['a caption', "await label('a.png', 'a', { position: 'below' })", /grid\(\[pic\], \{ columns: 1/],
  ])('of %s', async (_what, code, words) => {
    expect(await said(code)).toMatch(words)
  })
})

describe('numbers that are sorted as text', () => {
  it.each([
    ['a list', 'const values = [10, 9]\nvalues.sort()', 'line 3: sort() sorts numbers as text'],
    [
      'a column',
      "import { readTable } from 'easel'\nconst ages = (await readTable('a.csv')).rows.map((row) => Number(row.age)).filter(Boolean)\nconst middle = ages.toSorted()[2]",
      'line 4: toSorted() sorts',
    ],
  ])('%s', async (_what, code, words) => {
    expect(await said(code)).toContain(words)
  })

  it.each([
    '[10, 9].sort((a, b) => a - b)',
    "['b', 'a'].sort()",
    'new Float64Array(2).sort()',
    'const any: any = 1; any.sort()',
    '[10n, 9n].sort()',
  ])('but not %s', async (code) => {
    expect(await said(code)).toBe('')
  })
})

it.each([
  "await chart({ type: 'bar', data: { datasets: [] }, options: { plugins: { datalabels: { color: 'red', formatter: (v) => `${v} %` } } } })",
  "await chart({ type: 'matrix', data: { datasets: [{ data: [{ x: 'a', y: 'b', v: 3 }] }] } })",
  "await chart({ type: 'boxplot', data: { labels: ['a'], datasets: [{ data: [[1, 2, 3]] }] } })",
  "await chart({ type: 'treemap', data: { datasets: [{ tree: [{ n: 'a', v: 3 }], key: 'v', groups: ['n'] }] } })",
  "await chart({ type: 'sankey', data: { datasets: [{ data: [{ from: 'a', to: 'b', flow: 3 }] }] } })",
  "await chart({ type: 'barWithErrorBars', data: { labels: ['a'], datasets: [{ data: [{ y: 3, yMin: 2, yMax: 4 }] }] } })",
  "await chart({ type: 'scatter', data: { datasets: [{ data: [{ x: 1, y: 2 }], trendlineLinear: { width: 2 } }] } })",
  "await chart({ type: 'bar', data: { datasets: [] }, options: { plugins: { annotation: { annotations: { a: { type: 'line', yMin: 3, yMax: 3 } } } } } })",
  "await chart({ xAxis: { type: 'category', data: ['a'] }, yAxis: {}, series: [{ type: 'bar', data: [1] }] }, { format: 'svg', theme: 'dark' })",
  "const option = { series: [{ type: 'pie', data: [{ name: 'a', value: 1 }] }] }\nawait chart(option, { format: 'html', density: 1, locale: 'de-DE', unit: '%' })",
])('nothing is said of %s', async (code) => {
  expect(await said(code)).toBe('')
})
