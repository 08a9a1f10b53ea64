// Describing a table, and reshaping it from wide to long.
import { expect, test } from 'vitest'
import { melt } from '../../../../sandbox/helpers/table/melt.ts'
import { readTable } from '../../../../sandbox/helpers/table/read-table.ts'
import { summarize } from '../../../../sandbox/helpers/table/summarize.ts'

test('each column is described by its figures', async () => {
  const table = await readTable(
    Buffer.from('city,value,day\nA,0.1,2020-02-01\nB,0.2,2020-01-01\nA,,2021-01-01\nC,0.6,2020-03-01\n'),
  )
  expect(summarize(table)).toEqual([
    {
      column: 'city',
      type: 'text',
      count: 4,
      missing: 0,
      min: null,
      max: null,
      mean: null,
      median: null,
      deviation: null,
      sum: null,
      distinct: 3,
      top: 'A',
    },
    {
      column: 'value',
      type: 'number',
      count: 3,
      missing: 1,
      min: 0.1,
      max: 0.6,
      mean: expect.closeTo(0.3),
      median: 0.2,
      deviation: expect.closeTo(0.2645751),
      sum: 0.9,
      distinct: 3,
      top: null,
    },
    {
      column: 'day',
      type: 'date',
      count: 4,
      missing: 0,
      min: '2020-01-01',
      max: '2021-01-01',
      mean: null,
      median: null,
      deviation: null,
      sum: null,
      distinct: 4,
      top: null,
    },
  ])
})

test('rows without a table work too, and anything else is refused', () => {
  expect(summarize([{ a: 4 }, { a: 1 }]).map(({ column, median, sum }) => [column, median, sum])).toEqual([
    ['a', 2.5, 5],
  ])
  expect(() => summarize('x' as unknown as [])).toThrow(
    'summarize: expected a table of readTable or an array of rows (objects) for the table, received "x" (string)',
  )
})

test('wide rows become long ones, row by row', () => {
  const wide = [
    { region: 'N', '2020': 1, '2021': 2 },
    { region: 'S', '2020': 3, '2021': null },
  ]
  expect(melt(wide, { id: 'region', name: 'year' })).toEqual([
    { region: 'N', year: '2020', value: 1 },
    { region: 'N', year: '2021', value: 2 },
    { region: 'S', year: '2020', value: 3 },
    { region: 'S', year: '2021', value: null },
  ])
  expect(melt(wide, { id: ['region'], columns: ['2021'], value: 'v' })).toHaveLength(2)
  expect(() => melt(wide, { id: 'nope' })).toThrow(
    'melt: expected columns that exist (2020, 2021, region) for id and columns, received "nope" (string)',
  )
})
