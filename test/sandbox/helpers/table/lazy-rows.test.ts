// Rows of large tables, which are made when they are looked at.
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { columnsOf, numberColumn, textColumn, type Row } from '../../../../sandbox/helpers/table/columns.ts'
import { lazyRows } from '../../../../sandbox/helpers/table/lazy-rows.ts'
import { rowsOfColumns } from '../../../../sandbox/helpers/table/rows-of-columns.ts'

const LENGTH = 100_005
const columns = [
  numberColumn(
    'n',
    Float64Array.from({ length: LENGTH }, (_, i) => (i === 3 ? Number.NaN : i)),
  ),
  textColumn(
    'city',
    'text',
    Int32Array.from({ length: LENGTH }, (_, i) => (i % 3) - 1),
    ['北京', '上海'],
  ),
]
const KINDS = [
  ['frozen', () => rowsOfColumns(columns, LENGTH)],
  ['kept', () => lazyRows(columns, LENGTH, true)],
] as const
const number = (row: Row | undefined): number => row?.['n'] as number

test.each(KINDS)('%s rows are an array of plain objects, in every way of looking at them', (_, makeRows) => {
  const rows = makeRows()
  expect([Array.isArray(rows), rows.length]).toEqual([true, LENGTH])
  expect(rows[4]).toEqual({ n: 4, city: '北京' })
  expect([rows[3], rows.at(-1), rows[LENGTH], rows[-1]]).toEqual([
    { n: null, city: null },
    { n: LENGTH - 1, city: '上海' },
    undefined,
    undefined,
  ])
  expect(Object.keys(rows[0]!)).toEqual(['n', 'city'])
  expect([0 in rows, LENGTH in rows]).toEqual([true, false])
  let sum = 0
  for (const row of rows) sum += number(row) || 0
  expect(sum).toBe(((LENGTH - 1) * LENGTH) / 2 - 3)
  const [first, second] = rows
  expect([first, second]).toEqual([rows[0], rows[1]])
})

test.each(KINDS)('the methods of an array of %s rows do what those of an array of all rows do', (_, makeRows) => {
  const rows = makeRows()
  const all = [...rows]
  const check = (look: (of: Row[]) => unknown): void => expect(look(rows)).toEqual(look(all))
  check((of) => of.map((row, i, self) => number(row) + i + self.length).slice(-3))
  check((of) => of.filter((row) => number(row) % 1000 === 7).length)
  check((of) => of.reduce((total, row) => total + number(row), 0))
  check((of) => of.find((row) => number(row) > 500))
  check((of) => [of.findIndex((row) => number(row) === 9), of.findIndex(() => false)])
  check((of) => [of.some((row) => number(row) < 0), of.every((row) => row['city'] !== 'x')])
  check((of) => [of.slice(2, 4), of.slice(-2), of.slice(3, -LENGTH + 5), of.slice(7, 2)])
  check((of) => of.flatMap((row) => (number(row) < 3 ? [number(row), 0] : [])))
  check((of) => of.toSorted((a, b) => number(b) - number(a))[0])
  check((of) => of.toReversed()[0])
  const least = { n: LENGTH - 2 }
  check((of) =>
    of.filter(function (this: typeof least, row) {
      return number(row) > this.n
    }, least),
  )
  check((of) => of.concat([{ n: 1 }]).length)
  check((of) => [...of.entries()][4])
  check((of) => Array.from(of, (row) => row['city']).slice(0, 4))
  check((of) => Object.keys(Object.groupBy(of, (row) => String(row['city']))))
  expect(JSON.stringify(rows)).toBe(JSON.stringify(all))
})

test('a change of a frozen row is refused, since it would be lost', () => {
  const rows = rowsOfColumns(columns, LENGTH)
  expect(() => {
    rows[0]!['n'] = 5
  }).toThrow(TypeError)
})

test('a row that is kept is the same each time, and may be changed', () => {
  const rows = lazyRows(columns, LENGTH, true)
  rows[7]!['n'] = -5
  rows[8]!['more'] = 1
  expect([rows[7], rows.at(7), rows.find((row) => number(row) < 0)].map((row) => row?.['n'])).toEqual([-5, -5, -5])
  expect(rows.indexOf(rows[9]!)).toBe(9)
  expect(columnsOf('test', rows).map(({ name }) => name)).toEqual(['n', 'city', 'more'])
  expect([columnsOf('test', rows)[0]?.get(7), rows[7]?.['n'], rows.length]).toEqual([-5, -5, LENGTH])
  for (const row of rows) row['more'] = 1
  expect(columnsOf('test', rows)).toBe(columnsOf('test', rows))
  rows[9]!['n'] = 0
  expect(columnsOf('test', rows)[0]?.get(9)).toBe(0)
})

test.each(KINDS)('a change of an array of %s rows makes it an ordinary one', (_, makeRows) => {
  const rows = makeRows()
  rows.push({ n: -1, city: 'x' })
  expect([rows.length, rows[LENGTH], rows[4]]).toEqual([LENGTH + 1, { n: -1, city: 'x' }, { n: 4, city: '北京' }])
  expect(rows.sort((a, b) => number(b) - number(a))).toBe(rows)
  expect(rows.reverse().reverse().splice(2, 1)).toEqual([{ n: LENGTH - 3, city: null }])
  rows[1] = { n: 7 }
  expect([rows[0], rows[1]]).toEqual([{ n: LENGTH - 1, city: '上海' }, { n: 7 }])
  expect(columnsOf('test', rows)[0]?.get(1)).toBe(7)
})

test.each(KINDS)('an array of %s rows that changes while it is read goes on as an ordinary one', (_, makeRows) => {
  const looks: ((of: Row[]) => unknown)[] = [
    (of) => {
      let visits = 0
      for (const row of of) if (++visits < 5) of.push({ ...row })
      return visits
    },
    (of) => of.map(() => (of.length = 10)).length,
    (of) => {
      let calls = 0
      of.forEach((_row, i) => {
        calls++
        if (i === 10) of.length = 20
      })
      return calls
    },
    (of) => of.filter((_row, i) => (i === 3 ? of.splice(5, 90_000) : i) !== undefined).length,
    (of) => of.reduce((n, _row, i) => (i === 2 ? (of.length = 5) : n) + 1, 0),
    (of) => of.some((_row, i) => i === 4 && Boolean((of.length = 0))),
    (of) => [of.slice(Number.NaN).length, of.slice(0, null as unknown as number).length, of.at(Number.NaN)],
    (of) => of.push.call(['x'] as never, 5 as never),
    (of) => of.push === of.push,
    (of) => [of.find((row) => number(row) === 4), of.entries().next(), of.length],
  ]
  for (const look of looks) expect(look(makeRows())).toEqual(look([...makeRows()]))
})

test.each(KINDS)('the console shows an array of %s rows as one of all rows', (_, makeRows) => {
  const rows = makeRows()
  const all = [...rows]
  expect(inspect(rows)).toBe(inspect(all))
  expect(inspect({ rows }, { maxArrayLength: 3 })).toBe(inspect({ rows: all }, { maxArrayLength: 3 }))
  expect(inspect(rows, { maxArrayLength: 200 })).toBe(inspect(all, { maxArrayLength: 200 }))
})

test.each(KINDS)('columns of %s rows are handed out as they are', (_, makeRows) => {
  const rows = makeRows()
  expect(columnsOf('test', rows)).toBe(columns)
  expect(rows.map(number).length).toBe(LENGTH)
  expect(columnsOf('test', rows)).toBe(columns)
})

test('a column may have any name', () => {
  const rows = rowsOfColumns(
    [numberColumn('__proto__', Float64Array.of(1)), numberColumn('constructor', Float64Array.of(2))],
    1,
  )
  expect(Object.entries(rows[0]!)).toEqual([
    ['__proto__', 1],
    ['constructor', 2],
  ])
})
