// Queries that give whole rows of a table of the snippet: by row numbers, with the results that the engine itself gives.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { host } from '../../../../sandbox/helpers/sql/host.ts'
import { sql } from '../../../../sandbox/helpers/sql/sql.ts'
import type { SqlResult } from '../../../../sandbox/helpers/sql/wire.ts'
import { readTable } from '../../../../sandbox/helpers/table/read-table.ts'

process.chdir(mkdtempSync(join(tmpdir(), 'sql-')))

const COLUMNS = 'id, name, x, flag, day'
const lines = Array.from({ length: 3000 }, (_, i) => {
  const day = `2024-${String((i % 12) + 1).padStart(2, '0')}-${String((i % 28) + 1).padStart(2, '0')}`
  return `${i},${i % 11 === 0 ? '' : `名 ${i % 97}`},${i % 13 === 0 ? '' : ((i * 7919) % 1000) / 4},${i % 3 === 0},${day}`
})
const table = () => readTable(new TextEncoder().encode(`${COLUMNS.replaceAll(' ', '')}\n${lines.join('\n')}\n`))

test.each([
  ['from m', true],
  ['select * from m', true],
  ['FROM m ORDER BY x DESC NULLS FIRST, id', true],
  ['select * from m where x > 100 and name is not null order by name, id', true],
  ['from m as k where k.x < $least order by k.day, k.id desc', true],
  ['from m where m.flag order by length(name), id limit 2000 offset 10', true],
  ['from m where x > (select avg(x) from m) order by id', true],
  ['from m where id < 0', true],
  ['from m where id + 9007199254740993 = 9007199254740996 or x = 12.25 order by id', true],
  ['select * from m order by x, id limit 20', true],
  ['from m where id in (select id from other) order by id', false],
  ['select * from m order by 3, 1', false],
  ['select * from m order by all', false],
  ['select distinct * from m order by id', false],
  ['select * from m order by #3, #1', false],
  ['select * from m where #3 > 200 order by id', false],
  ['select * from m order by m', false],
  ["select * from m order by columns('i.*')::varchar", false],
  ["select * from m where greatest(*columns('^(id|.*ow)$')) > 2000 order by id", false],
  ['select m.* from m order by id', false],
  ['select * from m as k(a, b, c, d, e) order by a', false],
  ['with k as (from m) from k order by id', false],
])('%s', async (query, byNumbers) => {
  const m = await table()
  const call = vi.spyOn(host, 'call')
  const rows = await sql(query, { m, other: [{ id: 5 }, { id: 9 }], least: 60 })
  const results = await Promise.all(call.mock.results.map(({ value }) => value as ReturnType<typeof host.call>))
  call.mockRestore()
  expect(results.some(([result]) => (result as SqlResult | null)?.areNumbers === true)).toBe(byNumbers)
  const named = query.replace(
    /^(?:select \*|(?=from))/i,
    'select id as id, name as name, x as x, flag as flag, day as day ',
  )
  if (byNumbers) expect(rows).toEqual(await sql(named, { m, least: 60 }))
  expect(Object.keys(rows[0] ?? { none: 0 })).toHaveLength(rows.length > 0 ? 5 : 1)
})

test('the rows of a result are its own, and a table for the next query', async () => {
  const m = await table()
  const sorted = (await sql('from m where x > 200 order by id', { m })) as { id: number; x: number }[]
  const first = m.rows.find(({ id }) => id === sorted[0]?.id)
  sorted[0]!.x = -1
  expect(first?.['x']).not.toBe(-1)
  expect(await sql('select min(x) as least, count(*) as n from sorted', { sorted })).toEqual([
    { least: -1, n: sorted.length },
  ])
})

test('what a table has of its own is no column', async () => {
  const m = await table()
  await expect(sql('select * from m where "easel row" < 3', { m })).rejects.toThrow(
    /Referenced column "easel row" not found/,
  )
})

test.each([
  [
    "select union_value(s := 'abc') as u, i from range(1500) t(i)",
    "select count(*) as n, any_value(u) as u from r where u = 'abc'",
  ],
  ['select union_value(num := i) as u from range(1500) t(i)', 'select sum(u) as u from r'],
  [
    "select case when i % 2 = 0 then '' else 'x' end as s, i from range(1500) t(i)",
    'select count(*) as n from r where s is null',
  ],
  ['select [i, 1] as list, i from range(1500) t(i)', 'select * from r where i > 3 order by i desc'],
  ['select sqrt(-1 * (i - 700)) as root, i from range(700) t(i)', 'select * from r where i > 3 order by i desc'],
])('%s: a result is the same table as rows of its values', async (query, then) => {
  const r = await sql(query)
  const copies = structuredClone(r)
  expect(await sql(then, { r })).toEqual(await sql(then, { r: copies }))
})

test('a filtered table has the types of what is left', async () => {
  const rows = Array.from({ length: 2000 }, (_, i) => ({
    kind: i % 2 ? 'd' : 'n',
    x: i % 2 ? `2024-01-0${1 + (i % 9)}` : 'none',
  }))
  const filtered = await sql("select * from rows where kind = 'd'", { rows })
  expect(
    await sql('select typeof(x) as type, max(x) - min(x) as days from filtered group by all', { filtered }),
  ).toEqual([{ type: 'DATE', days: 8 }])
})

test('a table that is sorted again and again stays as it is', async () => {
  let rows: object[] = Array.from({ length: 1000 }, (_, i) => ({ i, t: `t${i % 7}` }))
  for (let n = 0; n < 100; n++) rows = await sql(`from rows order by i ${n % 2 ? 'asc' : 'desc'}`, { rows })
  expect(rows.slice(0, 2)).toEqual([
    { i: 0, t: 't0' },
    { i: 1, t: 't1' },
  ])
})

test('queries at once over a file that does not fit into memory all read it in place', async () => {
  writeFileSync('wide.csv', `id,text\n${'1,a long text of no interest in a large file\n'.repeat(400_000)}`)
  const whole = host.call.bind(host)
  const call = vi
    .spyOn(host, 'call')
    .mockImplementation((request, bytes) =>
      request.op === 'store' ? Promise.reject(new Error('Out of Memory Error')) : whole(request, bytes),
    )
  const query = "select count(*) as n from 'wide.csv'"
  expect(await Promise.all([sql(query), sql(query), sql(query)])).toEqual(Array(3).fill([{ n: 400_000 }]))
  call.mockRestore()
})

test('a column with times, or a name in two cases, is read from the engine', async () => {
  const rows = Array.from({ length: 1500 }, (_, id) => ({ id, at: '2024-01-01T10:00:00', ID: 'x' }))
  expect((await sql('from rows order by id desc', { rows }))[0]).toEqual({
    id: 1499,
    at: '2024-01-01T10:00:00',
    ID_1: 'x',
  })
})

test('a mistake is told as without row numbers', async () => {
  const m = await table()
  await expect(sql('from m order by nothing', { m })).rejects.toThrow(/Referenced column "nothing" not found/)
  await expect(sql('from m where id > $unknown', { m })).rejects.toThrow(/the parameter \$unknown/)
})

test('a large file is kept as a table, and read anew when it changes', async () => {
  const text = (first: string): string =>
    `id,text\n${first}\n${'1,a long text of no interest in a large file\n'.repeat(400_000)}`
  writeFileSync('large.csv', text('7,x'))
  const call = vi.spyOn(host, 'call')
  for (let i = 0; i < 3; i++)
    expect(await sql("select count(*) as n, max(id) as last from 'large.csv'")).toEqual([{ n: 400_001, last: 7 }])
  expect(call.mock.calls.map(([{ op }]) => op).filter((op) => op === 'store' || op === 'check')).toEqual([
    'check',
    'store',
  ])
  writeFileSync('large.csv', text('99,y'))
  expect(await sql("select max(id) as last from 'large.csv'")).toEqual([{ last: 99 }])
  call.mockRestore()
})
