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
    ['a heat map', ofType('matrix'), /'matrix' is not one of the allowed values: .* Draw it with a plugin/],
    ['box plots', ofType('boxplot'), /Draw it with a plugin/],
    ['a histogram', ofType('histogram'), /count into bins/],
    ['horizontal bars', ofType('horizontalBar'), /indexAxis: 'y'/],
    ['an area', ofType('area'), /'line' with fill: true/],
    ['a slip', ofType('scater'), /'scatter'/],
    ['a caption', "await label('a.png', 'a', { position: 'below' })", /grid\(\[pic\], \{ columns: 1/],
    [
      'values on bars',
      "await chart({ type: 'bar', data: { datasets: [] }, options: { plugins: { datalabels: { color: 'red' } } } })",
      /there is no option 'datalabels'; it was ignored\. Draw it with a plugin/,
    ],
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
