// Descriptions of tables: each type of column, quick ways for numbers that are counted, sorted numbers, and vectors.
import { describe, expect, test } from 'vitest'
import { columnOf } from '../../../../sandbox/helpers/statistics/column-vectors.ts'
import { describe as describeTable } from '../../../../sandbox/helpers/statistics/describe.ts'
import { quantile } from '../../../../sandbox/helpers/statistics/quantile.ts'
import { ranksOf, sortedNumbers } from '../../../../sandbox/helpers/statistics/sort.ts'
import { readTable } from '../../../../sandbox/helpers/table/read-table.ts'

/** Numbers that differ in sign and size, always the same. */
function mixed(n: number): Float64Array {
  let state = 1
  const random = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32
  return Float64Array.from({ length: n }, () => (random() - 0.5) * 10 ** Math.floor(random() * 40 - 20))
}

describe('a table', () => {
  test('is described column by column, with what its columns have', async () => {
    const table = await readTable(
      Buffer.from('城市,value,day,n\n北京,0.1,2020-02-01,7\n上海,0.2,2020-01-01,8\n北京,,2021-01-01,8\n广州,0.6,,9\n'),
    )
    expect(describeTable(table)).toEqual([
      {
        column: '城市',
        type: 'text',
        count: 4,
        missing: 0,
        distinct: 3,
        mean: null,
        std: null,
        min: null,
        q1: null,
        median: null,
        q3: null,
        max: null,
        top: '北京',
        freq: 2,
      },
      {
        column: 'value',
        type: 'number',
        count: 3,
        missing: 1,
        distinct: 3,
        mean: expect.closeTo(0.3, 15),
        std: expect.closeTo(Math.sqrt(0.07), 15),
        min: 0.1,
        q1: expect.closeTo(0.15, 15),
        median: 0.2,
        q3: 0.4,
        max: 0.6,
        top: null,
        freq: null,
      },
      {
        column: 'day',
        type: 'date',
        count: 3,
        missing: 1,
        distinct: 3,
        mean: null,
        std: null,
        min: '2020-01-01',
        q1: null,
        median: null,
        q3: null,
        max: '2021-01-01',
        top: null,
        freq: 1,
      },
      {
        column: 'n',
        type: 'number',
        count: 4,
        missing: 0,
        distinct: 3,
        mean: 8,
        std: expect.closeTo(Math.sqrt(2 / 3), 15),
        min: 7,
        q1: 7.75,
        median: 8,
        q3: 8.25,
        max: 9,
        top: null,
        freq: null,
      },
    ])
  })

  test('leaves out what none of its columns has', () => {
    expect(Object.keys(describeTable([{ a: 1 }, { a: 2 }])[0]!)).not.toContain('top')
    expect(describeTable([{ ok: true }, { ok: false, other: null }, { ok: true }])).toEqual([
      { column: 'ok', type: 'boolean', count: 3, missing: 0, distinct: 2, top: true, freq: 2 },
      { column: 'other', type: 'empty', count: 0, missing: 3, distinct: 0, top: null, freq: null },
    ])
  })

  test('without rows has its columns all the same', async () => {
    expect(
      describeTable(await readTable(Buffer.from('a,b\n'), { header: true })).map(({ column, count }) => [
        column,
        count,
      ]),
    ).toEqual([
      ['a', 0],
      ['b', 0],
    ])
  })

  test('is rounded to significant digits for printing, whole parts stay', () => {
    expect(describeTable([1234567.891, 2, 0.0123456], { digits: 3 })).toMatchObject({
      min: 0.0123,
      median: 2,
      max: 1_234_568,
    })
  })

  test('is refused where there is nothing to describe', () => {
    expect(() => describeTable([])).toThrow(
      'describe: expected rows or values, received an empty array; the columns of a table without rows are described by the table of readTable itself',
    )
    expect(() => describeTable('x' as unknown as number[])).toThrow(
      'describe: expected a table of readTable or an array of rows (objects) for the table, received "x" (string)',
    )
  })
})

describe('values', () => {
  test('are one object, of arrays, typed arrays and columns', () => {
    const wanted = { count: 4, missing: 0, distinct: 4, mean: 2.5, q1: 1.75, median: 2.5, q3: 3.25 }
    expect(describeTable([4, 1, 3, 2])).toMatchObject({ column: 'values', ...wanted })
    expect(describeTable(Int16Array.of(4, 1, 3, 2))).toMatchObject(wanted)
    expect(describeTable(columnOf('x', 4, (i) => [4, 1, 3, 2][i]))).toMatchObject({ column: 'x', ...wanted })
    expect(describeTable(['b', null, 'a', 'b'])).toEqual({
      column: 'values',
      type: 'text',
      count: 3,
      missing: 1,
      distinct: 2,
      top: 'b',
      freq: 2,
    })
  })

  test('of every scale have the quartiles of sorted numbers', () => {
    for (const values of [
      mixed(9000),
      mixed(9000).map((v) => Math.round(v % 1000)),
      mixed(9000).map((v) => Math.round((v % 1) * 1000) / 1000),
    ]) {
      const { q1, median, q3, distinct, min, max, mean } = describeTable(values)
      expect([q1, median, q3]).toEqual(quantile(values, [0.25, 0.5, 0.75]))
      expect([distinct, min, max]).toEqual([new Set(values).size, Math.min(...values), Math.max(...values)])
      expect(mean).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / values.length, -7)
    }
  })

  test('beside a large offset keep their deviation', () => {
    const values = Float64Array.from({ length: 1001 }, (_, i) => 1e9 + i / 1024)
    expect(describeTable(values)).toMatchObject({
      mean: 1e9 + 500 / 1024,
      std: expect.closeTo(Math.sqrt((1001 * 1002) / 12) / 1024, 12),
    })
  })
})

test('numbers are sorted and ranked as the native sort does', () => {
  for (const n of [10, 9000]) {
    const values = mixed(n).map((value, i) => (i % 7 === 0 ? -0 : value))
    expect(sortedNumbers(values)).toEqual(values.map((value) => value + 0).sort())
    const order = Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]!)
    const ranks = ranksOf(values)
    expect(order.every((at, i) => i === 0 || ranks[at]! >= ranks[order[i - 1]!]!)).toBe(true)
    expect(ranks.reduce((sum, rank) => sum + rank, 0)).toBe((n * (n + 1)) / 2)
  }
  expect([...ranksOf(Float64Array.of(3, 1, 3, 2))]).toEqual([3.5, 1, 3.5, 2])
})
