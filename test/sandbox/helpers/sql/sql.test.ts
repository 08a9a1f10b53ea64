// SQL in plain Node: what queries see of files and tables, how values come back, and what the errors tell.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { readTable } from '../../../../sandbox/helpers/table/read-table.ts'
import { sql } from '../../../../sandbox/helpers/sql/sql.ts'

beforeAll(() => {
  process.chdir(mkdtempSync(join(tmpdir(), 'sql-')))
  writeFileSync('sales.csv', 'region,x,day\nnorth,1,2024-01-31\nsouth,2.5,2024-02-01\nnorth,,\n')
  mkdirSync('数据/2024 年', { recursive: true })
  writeFileSync('数据/2024 年/销售 表.csv', '地区;值\n上海;1\n北京;2\n上海;3\n')
  writeFileSync('rows.jsonl', '{"a":1,"b":"x"}\n{"a":2,"b":null}\n')
  // GB18030 of 地区,值 / 北京,1
  writeFileSync('gb.csv', Buffer.from('b5d8c7f82cd6b50ab1b1bea92c310a', 'hex'))
})

const failure = (query: string, parameters?: Parameters<typeof sql>[1]): Promise<string> =>
  sql(query, parameters).then(
    () => 'no error',
    (error: Error) => `${error.name}: ${error.message}`,
  )

test('files are tables under their names, with the types that readTable finds', async () => {
  expect(
    await sql("select region, sum(x) as total, max(day) as day from 'sales.csv' group by all order by total desc"),
  ).toEqual([
    { region: 'south', total: 2.5, day: '2024-02-01' },
    { region: 'north', total: 1, day: '2024-01-31' },
  ])
  expect(await sql("describe 'sales.csv'")).toMatchObject([
    { column_name: 'region', column_type: 'VARCHAR' },
    { column_name: 'x', column_type: 'DOUBLE' },
    { column_name: 'day', column_type: 'DATE' },
  ])
  expect(await sql("select month(day) as m from '/mnt/data/sales.csv' where day > '2024-01-31'")).toEqual([{ m: 2 }])
})

test('names in folders, with spaces and in Chinese, other delimiters, encodings and JSON lines', async () => {
  const chinese = [
    { 地区: '上海', 和: 4 },
    { 地区: '北京', 和: 2 },
  ]
  expect(await sql("select 地区, sum(值) as 和 from '数据/2024 年/销售 表.csv' group by all order by 和 desc")).toEqual(
    chinese,
  )
  expect(await sql("pivot '数据/2024 年/销售 表.csv' on 地区 using sum(值)")).toEqual([{ 上海: 4, 北京: 2 }])
  expect(await sql('from "gb.csv"')).toEqual([{ 地区: '北京', 值: 1 }])
  expect(await sql("select a from 'rows.jsonl' where b is null")).toEqual([{ a: 2 }])
})

test('a name without quotes, and the functions that read files, work too', async () => {
  expect(await sql('select count(*) as n from sales.csv')).toEqual([{ n: 3 }])
  expect(await sql("select count(*) as n from read_csv('sales.csv')")).toEqual([{ n: 3 }])
  expect(await sql("select count(*) as n from read_csv('数据/*/*.csv')")).toEqual([{ n: 3 }])
  expect(
    await sql("with s as (from 'sales.csv') select count(*) as n from s join 'sales.csv' t using (region)"),
  ).toEqual([{ n: 5 }])
})

test('tables of the snippet are passed by name, as rows or as tables', async () => {
  const rows = [
    { name: 'a', n: 1, ok: true, at: new Date(Date.UTC(2024, 0, 2, 3, 4, 5)), list: [1, 2] },
    { name: 'b', n: 3, ok: null, at: null, extra: 'x' },
  ]
  expect(await sql('from Rows order by n desc', { rows })).toEqual([
    { name: 'b', n: 3, ok: null, at: null, list: null, extra: 'x' },
    { name: 'a', n: 1, ok: true, at: '2024-01-02T03:04:05', list: '[1,2]', extra: null },
  ])
  const sales = await readTable('sales.csv')
  expect(await sql("select sum(s.x) as x from sales s join 'sales.csv' f using (day)", { sales })).toEqual([{ x: 3.5 }])
  expect(await sql('select * from t', { t: [{ A: 1, a: 2, '': 3, __proto__: null }] })).toEqual([
    { A: 1, a_1: 2, column3: 3 },
  ])
})

test('a table that the snippet changed is read anew', async () => {
  const t = [{ x: 1 }]
  expect(await sql('from t', { t })).toEqual([{ x: 1 }])
  t[0] = { x: 2 }
  expect(await sql('from t', { t })).toEqual([{ x: 2 }])
  writeFileSync('changing.csv', 'a\n1\n')
  expect(await sql("from 'changing.csv'")).toEqual([{ a: 1 }])
  writeFileSync('changing.csv', 'a\n2\n')
  expect(await sql("from 'changing.csv'")).toEqual([{ a: 2 }])
})

test('an earlier query leaves nothing that a later one sees', async () => {
  await sql('from t', { t: [{ x: 1 }] })
  expect(await failure('from t')).toMatch(/^Error: sql: Catalog Error: Table with name t does not exist!/)
  expect(await sql('show tables')).toEqual([])
})

test('values are parameters, by name or in order', async () => {
  const t = [
    { x: 1, s: '上' },
    { x: 2.5, s: "'; drop" },
    { x: 3, s: null },
  ]
  expect(await sql('select x from t where x > $min and s = $s', { t, min: 1, s: "'; drop" })).toEqual([{ x: 2.5 }])
  expect(await sql('select x from t where x in $list limit $n', { t, list: [1, 3], n: 1 })).toEqual([{ x: 1 }])
  expect(await sql('select $1::int + $2::int as sum', [20, 22])).toEqual([{ sum: 42 }])
  expect(
    await sql("select ? > date '2024-01-01' as later, ? is null as none", [new Date(Date.UTC(2024, 5, 1)), null]),
  ).toEqual([{ later: true, none: true }])
  expect(await failure('select $min', { max: 1 })).toBe(
    'Error: sql: the query has the parameter $min without a value (these were given: max). Give it by name: sql(query, { min: value }).',
  )
  expect(await failure('select ?')).toBe(
    'Error: sql: the query has a parameter 1 without a value (none was given). Give values in order: sql(query, [value, ...]).',
  )
})

test('values come back as JavaScript has them', async () => {
  const [row] =
    await sql(`select 1::tinyint as small, 9007199254740991 as safe, sum(range)::hugeint as sum, 1.10 as decimal,
    1e300 as big, 'nan'::double as nan, true as yes, null as none, date '2024-02-29' as day,
    timestamp '2024-02-29 10:00:00.5' as time, timestamptz '2024-02-29 10:00:00+08' as zoned, time '10:30:00' as clock,
    interval '1 month 2 days' as span, [1, null] as list, {'a': 1.5, 'b': [date '2024-01-01']} as struct,
    map {'k': 1} as map, 'a'::enum('a', 'b') as enum, '中文🙂' as text, 'ab'::blob as blob from range(10)`)
  expect(row).toEqual({
    small: 1,
    safe: 9007199254740991,
    sum: 45,
    decimal: 1.1,
    big: 1e300,
    nan: Number.NaN,
    yes: true,
    none: null,
    day: '2024-02-29',
    time: '2024-02-29T10:00:00.5',
    zoned: '2024-02-29T02:00:00Z',
    clock: '10:30:00',
    span: '1 month 2 days',
    list: [1, null],
    struct: { a: 1.5, b: ['2024-01-01'] },
    map: { k: 1 },
    enum: 'a',
    text: '中文🙂',
    blob: 'ab',
  })
})

test('whole numbers that a number cannot hold make their column text', async () => {
  expect(await sql('select * from (values (1), (9007199254740993), (null)) t(id)')).toEqual([
    { id: '1' },
    { id: '9007199254740993' },
    { id: null },
  ])
})

test('a large result is an array of rows that are made when they are looked at', async () => {
  const rows = await sql("select range as i, range % 3 = 0 as third, 'n' || range % 5 as name from range(150000)")
  expect(rows).toHaveLength(150_000)
  expect(rows[149_999]).toEqual({ i: 149_999, third: false, name: 'n4' })
  expect(
    await sql('select count(*) as n, sum(i) as sum, count(distinct name) as names from rows where third', { rows }),
  ).toEqual([{ n: 50_000, sum: 3_749_925_000, names: 5 }])
})

test('only one statement that reads may run', async () => {
  const refused =
    'sql runs one statement that only reads: SELECT, WITH, FROM, VALUES, PIVOT, UNPIVOT, DESCRIBE, SUMMARIZE, SHOW or EXPLAIN of one.'
  for (const [query, why] of [
    ["copy (select 1) to 'x.csv'", 'This one begins with COPY.'],
    ["attach 'x.db'", 'This one begins with ATTACH.'],
    ['install httpfs', 'This one begins with INSTALL.'],
    ["load 'x.duckdb_extension'", 'This one begins with LOAD.'],
    ["set memory_limit = '64GB'", 'This one begins with SET.'],
    ['pragma threads = 50', 'This one begins with PRAGMA.'],
    ["export database 'e'", 'This one begins with EXPORT.'],
    ['create secret (type s3)', 'This one begins with CREATE.'],
    ['call pragma_version()', 'This one begins with CALL.'],
    ['select 1; select 2', 'The query has 2 statements.'],
    ["explain analyze copy (select 1) to 'x.csv'", 'EXPLAIN takes only a statement that reads.'],
    ["explain (format json) copy (select 1) to 'x.csv'", 'EXPLAIN takes only a statement that reads.'],
    ['-- nothing', 'The query is empty.'],
    ['', 'The query is empty.'],
  ])
    expect(await failure(query as string)).toBe(`Error: ${refused} ${why}`)
  expect(await failure('with t as (select 1) insert into information_schema.tables select 1')).toMatch(/^Error: sql/)
  expect(await sql('/* a */ (select 1 as one)')).toEqual([{ one: 1 }])
  expect((await sql('explain analyze select 1'))[0]).toMatchObject({ explain_key: 'analyzed_plan' })
})

test('an error names the files, tables and columns that exist', async () => {
  const files = "Files: 'changing.csv', 'gb.csv', 'rows.jsonl', 'sales.csv', '数据/2024 年/销售 表.csv'."
  expect(await failure("from 'sails.csv'")).toBe(
    `Error: sql: IO Error: No files found that match the pattern "sails.csv"\n${files} A table of the snippet is passed by its name: sql(query, { name: rows }).`,
  )
  expect(await failure('from sails', { sales: [{ a: 1 }] })).toBe(
    `Error: sql: Catalog Error: Table with name sails does not exist!\n\nLINE 1: from sails\n             ^\n${files} Tables of this call: sales. A table of the snippet is passed by its name: sql(query, { sails: rows }).`,
  )
  expect(await failure("select regoin from 'sales.csv'")).toBe(
    'Error: sql: Binder Error: Referenced column "regoin" not found in FROM clause!\nCandidate bindings: "region"\n\nLINE 1: select regoin from \'sales.csv\'\n               ^\nColumns of "sales.csv": region, x, day.',
  )
  expect(await failure('from t', { t: [] })).toBe(
    'TypeError: sql: the table "t" is an empty array, so its columns are unknown. Look at its length before the query, or pass the table of readTable.',
  )
  expect(await failure('select 1', { f: (() => 1) as never })).toBe(
    'TypeError: sql: expected a value, an array of values, an array of rows or a table for the parameter f, received a function',
  )
})

test('what is random follows Math.random, and the time Date.now', async () => {
  const { random } = Math
  const { now } = Date
  try {
    Math.random = () => 0.25
    Date.now = () => Date.UTC(2020, 1, 29, 12)
    const query =
      "select random() as r, uuid() as u, now() as n, current_date as d, today() as t, current_timestamp as c, age(timestamp '2020-01-29') as age"
    const [first] = await sql(query)
    expect(first).toMatchObject({
      n: '2020-02-29T12:00:00Z',
      d: '2020-02-29',
      t: '2020-02-29',
      c: '2020-02-29T12:00:00Z',
      age: '1 month',
    })
    expect(await sql(query)).toEqual([first])
    const sample = await sql('select list(range) as all from (from range(1000) using sample 3)')
    expect(await sql('select list(range) as all from (from range(1000) using sample 3)')).toEqual(sample)
  } finally {
    Math.random = random
    Date.now = now
  }
})
