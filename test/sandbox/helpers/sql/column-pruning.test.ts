// Only the columns that a query reads are sent to the engine, and the query gives what it gives of the whole table.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { host } from '../../../../sandbox/helpers/sql/host.ts'
import { sql } from '../../../../sandbox/helpers/sql/sql.ts'
import { readTable } from '../../../../sandbox/helpers/table/read-table.ts'

process.chdir(mkdtempSync(join(tmpdir(), 'sql-')))

const lines = Array.from(
  { length: 1200 },
  (_, i) => `${i},${i % 9 === 0 ? '' : `n${i % 7}`},${(i * 31) % 97},2024-01-${10 + (i % 19)},${i % 2 === 0}`,
)
writeFileSync('m.csv', `id,Name,x,day,flag\n${lines.join('\n')}\n`)

/** Names of the columns that were sent for a query. */
async function columnsSentFor(work: () => Promise<unknown>): Promise<string[]> {
  const call = vi.spyOn(host, 'call')
  try {
    await work()
    return call.mock.calls.flatMap(([request]) =>
      request.op === 'load' ? request.columns.map(({ name }) => name) : [],
    )
  } finally {
    call.mockRestore()
  }
}

test.each<[string, string[] | 'all']>([
  ['select count(*) as n from m', ['id']],
  ['select name, sum(x) as s from m group by name order by name', ['Name', 'x']],
  ['select "NAME", m.x + 1 as y from m where flag order by y, 1 limit 5', ['Name', 'x', 'flag']],
  ['select max(day) as d from m having count(*) > 1', ['day']],
  [
    'select x, row_number() over (partition by name order by id) as r from m order by x, r limit 7',
    ['id', 'Name', 'x'],
  ],
  ['select a.x from m a join m b using (id) where b.flag order by 1 limit 3', ['id', 'x', 'flag']],
  ['select (select max(x) from m) as most, count(*) filter (flag) as n from m', ['x', 'flag']],
  ['with t as (select id, x from m) select sum(x) as s from t', ['id', 'x']],
  ['select list_transform([1, 2], v -> v + x) as l from m order by x limit 2', ['x']],
  ['select x from m where day > current_date - interval 100000 day order by x limit 2', ['x', 'day']],
  ['from m where x > 90 order by id', ['id', 'x']],
  ['select * exclude (x) from m order by id limit 3', 'all'],
  ["select columns(c -> c like '%a%') from m order by id limit 3", 'all'],
  ['select m from m order by id limit 2', 'all'],
  ['select k from m as k order by id limit 2', 'all'],
  ['select id, x from m order by #2, #1 limit 3', 'all'],
  ['select a from m as t(a, b, c, d, e) order by a limit 3', 'all'],
  ['select count(*) as n from m a natural join m b', 'all'],
  ['select distinct * from m order by id limit 3', 'all'],
  ['summarize m', 'all'],
  ['select count(*) as n from m pivot (sum(x) for flag in (true, false))', 'all'],
  ['select main.m from m order by id limit 1', 'all'],
  ['describe m', 'all'],
  ['pivot m on flag using sum(x) group by name order by name', ['Name', 'x', 'flag']],
  ['pivot m on "FLAG" using max(x) as most, min(id) as least group by name order by name', ['id', 'Name', 'x', 'flag']],
  ['pivot m on flag group by name order by name', ['Name', 'flag']],
  ['pivot m on flag using count(*) group by name order by name', 'all'],
  ['pivot m on flag using max(x) order by id limit 3', 'all'],
  ['pivot (select flag, x, id from m) on flag using sum(x) order by id limit 3', 'all'],
  ['unpivot (select id, x from m) on x order by id limit 3', 'all'],
  ['select id from m union all by name (from m) order by all limit 4', 'all'],
  ['explain select x from m', ['x']],
])('%s', async (query, columns) => {
  const m = await readTable('m.csv')
  let rows: unknown
  const sent = await columnsSentFor(async () => (rows = await sql(query, { m })))
  expect(sent).toEqual(columns === 'all' ? ['id', 'Name', 'x', 'day', 'flag'] : columns)
  if (query.startsWith('explain') || /^describe|main\.m/.test(query)) return
  const onFile = query
    .replace(/\b(from|join|summarize|pivot) m\b(?!\s+(?:as|a|b)\b)/g, "$1 'm.csv' as m")
    .replace(/\b(from|join) m\b(?= (?:as|a|b)\b)/g, "$1 'm.csv'")
  expect(rows).toEqual(await sql(onFile.replace(/^(summarize|pivot) 'm.csv' as m/, "$1 'm.csv'")))
})

test('a query that reads more has that sent too, and nothing is sent again until it changes', async () => {
  const m = await readTable('m.csv')
  const send = (query: string) => columnsSentFor(() => sql(query, { m }))
  expect(await send('select sum(x) as s from m')).toEqual(['x'])
  expect(await send('select avg(x) as s from m where x > 3')).toEqual([])
  expect(await send('select count(*) as n from m where flag')).toEqual(['flag'])
  expect(await send('from m order by x, id')).toEqual(['id'])
  expect(await send('select max(x) as most from m group by flag')).toEqual([])
  expect(await send('select min(day) as first from m')).toEqual(['day'])
  expect(await send('select distinct * from m')).toEqual(['Name'])
  expect(Object.keys((await sql('select distinct * from m limit 1', { m }))[0]!)).toEqual([
    'id',
    'Name',
    'x',
    'day',
    'flag',
  ])
  m.rows[0]!['x'] = 1000
  expect(await send('select max(x) as s from m')).toEqual(['x'])
  expect(await sql('select max(x) as s from m', { m })).toEqual([{ s: 1000 }])
})

test('an error names all columns', async () => {
  const m = await readTable('m.csv')
  await expect(sql('select amount, x from m', { m })).rejects.toThrow(/Columns of "m": id, Name, x, day, flag\./)
})

test('whole rows have values that changed in columns which the query does not read, and are rows of their own', async () => {
  const m = await readTable('m.csv')
  const first = () => sql('from m where x > 90 order by id limit 2', { m })
  const [before] = await first()
  expect(before).toEqual({ id: 3, Name: 'n3', x: 93, day: '2024-01-13', flag: false })
  m.rows[3]!['Name'] = 'other'
  m.rows[3]!['day'] = null
  expect((await first())[0]).toEqual({ ...before, Name: 'other', day: null })
  const [own] = await first()
  own!['x'] = 0
  expect(m.rows[3]!['x']).toBe(93)
  m.rows[3]!['x'] = 1
  expect((await first())[0]).toMatchObject({ id: 25 })
  m.rows.pop()
  expect(await sql('select count(*) as n from m', { m })).toEqual([{ n: 1199 }])
  m.rows[0]!['extra'] = 5
  expect(await sql('select sum(extra) as s from m', { m: m.rows })).toEqual([{ s: 5 }])
})

test('queries at the same time send each column once', async () => {
  const m = await readTable('m.csv')
  const results: unknown[] = []
  const sent = await columnsSentFor(async () => {
    results.push(
      ...(await Promise.all([
        sql('select sum(x) as s from m', { m }),
        sql('select max(id) as s from m', { m }),
        sql('select sum(x * id) > 0 as s from m', { m }),
        sql('select min(x) as s from m', { m }),
      ])),
    )
  })
  expect(sent.toSorted()).toEqual(['id', 'x'])
  expect(results).toEqual([[{ s: 57651 }], [{ s: 1199 }], [{ s: true }], [{ s: 0 }]])
})

test('whole rows with values that no column keeps as they are, by several queries at once', async () => {
  const rows = Array.from({ length: 2500 }, (_, i) => ({
    id: i,
    x: i % 7,
    ratio: i === 5 ? Number.NaN : i / 4,
    u: i % 2 ? undefined : 'a',
    day: new Date(86_400_000 * (i % 50)),
  }))
  const look = (n: number) => sql('from rows where x > $n order by id limit 1', { rows: rows as never, n })
  const first = [{ id: 2, x: 2, ratio: 0.5, u: 'a', day: '1970-01-03' }]
  expect(await look(1)).toMatchObject(first)
  const all = await Promise.all([1, 2, 3, 4].map(look))
  expect(all[0]).toMatchObject(first)
  expect(all.map(([row]) => row?.['id'])).toEqual([2, 3, 4, 5])
  expect(all[3]?.[0]).toMatchObject({ id: 5, ratio: null, u: null })
})
