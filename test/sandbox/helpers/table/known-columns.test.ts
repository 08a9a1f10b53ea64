// Vectors of rows are handed out again only while the rows have exactly their values.
import { describe, expect, test } from 'vitest'
import { describe as describeTable } from '../../../../sandbox/helpers/statistics/describe.ts'
import { columnsOf, type Row } from '../../../../sandbox/helpers/table/columns.ts'
import { readTable } from '../../../../sandbox/helpers/table/read-table.ts'

const TEXT = 'name,n,ok,day\na,1,true,2024-01-31\nb,0,false,2024-02-01\n,,true,\nc,2.5,true,2024-02-02\n'

const read = () => readTable(new TextEncoder().encode(TEXT))

test('a table that was read, and rows that were looked at, keep their vectors', async () => {
  const table = await read()
  const columns = columnsOf('test', table)
  expect(columnsOf('test', table)).toBe(columns)
  expect(columnsOf('test', table.rows)).toBe(columns)
  const own = [
    { a: 1, b: 'x' },
    { a: 2, b: null },
  ]
  expect(columnsOf('test', own)).toBe(columnsOf('test', own))
})

describe.each<[string, (rows: Row[]) => void, string]>([
  ['a number', (rows) => (rows[0]!['n'] = 7), '7'],
  ['a sign', (rows) => (rows[1]!['n'] = -0), '-0'],
  ['a text', (rows) => (rows[3]!['name'] = 'd'), 'd'],
  ['a truth value', (rows) => (rows[0]!['ok'] = false), 'false'],
  ['a missing value', (rows) => (rows[2]!['n'] = 5), '5'],
  ['a value to undefined', (rows) => ((rows[0] as Record<string, unknown>)['n'] = undefined), 'null'],
  ['a value to one of another type', (rows) => (rows[0]!['n'] = 'one'), 'one'],
  ['a new column in the last row', (rows) => (rows[3]!['more'] = 9), '9'],
  ['a column that is gone', (rows) => delete rows[3]!['name'], 'null'],
  ['a row', (rows) => (rows[1] = { name: 'z', n: 3, ok: null, day: null }), 'z'],
  ['the order of rows', (rows) => rows.reverse(), 'c'],
  ['a row more', (rows) => rows.push({ name: 'e', n: 8, ok: null, day: null }), 'e'],
  ['a row less', (rows) => rows.pop(), 'b'],
])('%s', (_what, change, shown) => {
  test('is seen when it changes', async () => {
    const { rows } = await read()
    const before = columnsOf('test', rows)
    change(rows)
    const after = columnsOf('test', rows)
    expect(after).not.toBe(before)
    const fresh = columnsOf(
      'test',
      rows.map((row) => ({ ...row })),
    )
    const valuesOf = (columns: typeof after) =>
      columns.map(({ name, type, length, get }) => [name, type, Array.from({ length }, (_, i) => get(i))])
    expect(valuesOf(after)).toEqual(valuesOf(fresh))
    const all = after.flatMap(({ length, get }) => Array.from({ length }, (_, i) => get(i)))
    expect(all.map((value) => (Object.is(value, -0) ? '-0' : String(value)))).toContain(shown)
    expect(describeTable(rows)).toEqual(describeTable(rows.map((row) => ({ ...row }))))
  })
})

test('objects and dates in rows are read anew each time', () => {
  const rows = [{ day: new Date(0), list: [1] }] as unknown as Row[]
  const [day, list] = columnsOf('test', rows)
  expect([day?.get(0), list?.get(0)]).toEqual(['1970-01-01', '[1]'])
  ;(rows[0] as unknown as { list: number[] }).list.push(2)
  expect(columnsOf('test', rows)[1]?.get(0)).toBe('[1,2]')
})
