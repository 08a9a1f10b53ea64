// SQL as an attack: on the files and settings of the machine, on memory and processors, and on the helper process itself.
import { once } from 'node:events'
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { descendants } from '../../src/process-watch/process-tree.ts'
import { openTarget, type Target } from './session.ts'
import { isAlive } from './watch.ts'

const MIB = 1_048_576
let target: Target
const IMPORT = "import { sql } from 'easel'; "
/** Processor time for a request that is no attack. */
const UNHURRIED = [60_000, 300_000] as const

beforeAll(async () => {
  target = openTarget({ rssBytes: 700 * MIB })
  const folder = mkdtempSync(join(tmpdir(), 'sql-'))
  writeFileSync(join(folder, 'a.csv'), 'a,b\n1,x\n2,y\n')
  await target.sandbox.upload('a.csv', join(folder, 'a.csv'))
  await target.run(IMPORT, ...UNHURRIED)
})
afterAll(() => target.sandbox.close())

const runSql = (query: string) =>
  target.run(`${IMPORT}JSON.stringify(await sql(${JSON.stringify(query)}))`, ...UNHURRIED)

/** Processes that run the helper's program below this one. */
function helpers(parent = process.pid): number[] {
  const commandOf = (pid: number): string[] => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0')
    } catch {
      return []
    }
  }
  return descendants(parent).filter((pid) => {
    const command = commandOf(pid)
    return command[0] === process.execPath && command.some((word) => word.endsWith('/sql.cjs'))
  })
}

/** Kills the only helper; its pipe is closed only when the processes of its jail, which have it too, have ended as well. */
async function killHelper(): Promise<void> {
  const [pid = 0] = helpers()
  const jail = descendants(process.pid).filter((outer) => descendants(outer).includes(pid))
  process.kill(pid, 'SIGKILL')
  await expect.poll(() => [pid, ...jail].filter(isAlive)).toEqual([])
}

const NO_FILE = /Permission Error: Cannot access (?:file|directory) |No files found that match/
const NO_STATEMENT = /^Error: sql runs one statement that only reads/

test.each([
  ["from read_text('/etc/passwd')", NO_FILE],
  ["from read_csv('/etc/passwd')", NO_FILE],
  ["from read_blob('/proc/self/environ')", NO_FILE],
  ["from read_text('/proc/1/cmdline')", NO_FILE],
  ["from glob('/etc/*')", NO_FILE],
  ["from glob('/*')", NO_FILE],
  ["from read_text('../../../../etc/passwd')", NO_FILE],
  ["from read_text('/easel-files/../etc/passwd')", NO_FILE],
  ["from sniff_csv('/etc/passwd')", NO_FILE],
  ["from read_text('file:///etc/passwd')", /sql: (?:IO|Permission) Error/],
  ["from read_csv('https://example.com/a.csv')", /Missing Extension Error|Permission Error/],
  ["from 's3://bucket/a.parquet'", /Missing Extension Error|Permission Error/],
  ["from which_secret('s3://x', 's3')", /Permission Error|\[\]/],
  ["from read_xlsx('a.xlsx')", /Catalog Error/],
  ["select getenv('HOME')", /Catalog Error/],
  ['from arrow_scan(1, 2, 3)', /Binder Error/],
  ["from query('copy (select 1) to ''/easel-scratch/x''')", /Expected a single SELECT statement/],
  ["from json_execute_serialized_sql(json_serialize_sql('copy (select 1) to ''x'''))", /sql: /],
  ["copy (select 1) to 'evil.csv'", NO_STATEMENT],
  ["explain analyze copy (select 1) to 'evil.csv'", NO_STATEMENT],
  ["attach 'x.db' as x", NO_STATEMENT],
  ['install httpfs', NO_STATEMENT],
  ["load './x.duckdb_extension'", NO_STATEMENT],
  ['set enable_external_access = true', NO_STATEMENT],
  ['reset allowed_directories', NO_STATEMENT],
  ["pragma enable_profiling = 'json'", NO_STATEMENT],
  ["export database '/easel-scratch/e'", NO_STATEMENT],
  ["import database '/easel-scratch/e'", NO_STATEMENT],
  ['create table t as select 1', NO_STATEMENT],
  ['create secret (type s3)', NO_STATEMENT],
  ['checkpoint', NO_STATEMENT],
  ['begin transaction', NO_STATEMENT],
  ['select 1; drop schema "easel/1" cascade', NO_STATEMENT],
  ['with x as (select 1) delete from "easel/1".stored', /sql/],
])('%s', async (query, says) => {
  const end = await runSql(query)
  expect(`${end.message ?? ''}${end.text}`).toMatch(says)
  expect(end.message ?? '').not.toContain(target.folder)
})

test('no attempt has written anything, and the lock is on', async () => {
  const written = readdirSync(target.folder).filter((name) => name.includes('-helper-'))
  expect(written).toHaveLength(1)
  expect(readdirSync(join(target.folder, written[0] ?? ''))).toEqual(['a.csv'])
  const settings = await runSql(
    "select current_setting('enable_external_access') as access, current_setting('lock_configuration') as locked, current_setting('threads') as threads",
  )
  expect(settings.text.trim()).toBe('[{"access":false,"locked":true,"threads":1}]')
})

test('memory that DuckDB does not count is limited with that of the sandbox', async () => {
  const end = await target.attack(
    `${IMPORT} await sql("select length(repeat('x', 2000000000)) from 'a.csv'")`,
    ...UNHURRIED,
  )
  expect([end.status, end.code, end.next]).toEqual(['memory', 'EASEL_RSS', '42'])
  await expect.poll(() => helpers()).toEqual([])
})

test('memory that DuckDB counts is an error of the query', async () => {
  const end = await target.attack(
    `${IMPORT} await sql('select length(list(range)) from range(200000000)')`,
    ...UNHURRIED,
  )
  expect([end.status, end.next]).toEqual(['threw', '42'])
  expect(end.message).toMatch(/^Error: sql: Out of Memory Error: /)
})

test('processor time of the helper is that of the cell', async () => {
  const end = await target.attack(
    `${IMPORT} await sql('select count(*) from range(1000000) a, range(1000000) b where a.range * b.range % 7 = 3')`,
    1500,
  )
  expect([end.status, end.code, end.next]).toEqual(['timeout', 'EASEL_TIMEOUT', '42'])
  await expect.poll(() => helpers()).toEqual([])
})

test('brackets without end and a query of a megabyte harm only the helper', async () => {
  for (const query of [
    `select ${'('.repeat(100_000)}1${')'.repeat(100_000)}`,
    `select 1 ${'-- x\n'.repeat(200_000)}`,
    `select ${'1+'.repeat(100_000)}1`,
  ])
    await target.run(`${IMPORT}await sql(${JSON.stringify(query)}).catch(() => 0)`, ...UNHURRIED)
  expect((await runSql("select count(*) as n from 'a.csv'")).text.trim()).toBe('[{"n":2}]')
})

test('a helper that is killed in the middle of a query fails that query, and the next one has another', async () => {
  await runSql('select 1')
  // One of the test before may still be ending.
  await expect.poll(() => helpers()).toHaveLength(1)
  const [before = 0] = helpers()
  const running = target.run(
    `${IMPORT}let said = ''; try { await sql('select count(*) from range(1000000) a, range(1000000) b where a.range * b.range % 7 = 3') } catch (e) { said = e.message }; console.log(said, await sql("from 'a.csv'"))`,
    ...UNHURRIED,
  )
  await expect.poll(() => cpuTicks(before)).toBeGreaterThan(50)
  process.kill(before, 'SIGKILL')
  const end = await running
  expect(end.status).toBe('ok')
  expect(end.text).toBe(
    "sql: the helper process ended in the middle of this. The next call starts another. [ { a: 1, b: 'x' }, { a: 2, b: 'y' } ]\n",
  )
  expect(helpers()).toHaveLength(1)
})

test('a table is sent again to a helper that was started after one that died between two runs of a query', async () => {
  const query = "await sql('select count(*) as n, sum(i) as s from t', { t: rows })"
  const first = await target.run(
    `${IMPORT}const rows = Array.from({ length: 2000 }, (_, i) => ({ i })); console.log(${query}, ${query})`,
    ...UNHURRIED,
  )
  expect(first.text).toBe('[ { n: 2000, s: 1999000 } ] [ { n: 2000, s: 1999000 } ]\n')
  await killHelper()
  const second = await target.run(`console.log(${query})`, ...UNHURRIED)
  expect([second.status, second.text, second.message]).toEqual(['ok', '[ { n: 2000, s: 1999000 } ]\n', undefined])
})

test('queries that knew a helper which died answer all the same', async () => {
  await target.reset()
  const query = "sql('select (select sum(b) from n) as r, (select sum(a) from t) as s', { t, n })"
  const first = await target.run(
    `${IMPORT}const t = Array.from({ length: 2000 }, (_, i) => ({ a: i, b: 1 })); const n = t.map((row) => ({ ...row }))
console.log(await ${query}, await sql('select sum(a) as s from n', { n }), await sql('select sum(b) as s from t', { t }))`,
    ...UNHURRIED,
  )
  expect(first.text).toBe('[ { r: 2000, s: 1999000 } ] [ { s: 1999000 } ] [ { s: 2000 } ]\n')
  const later = [
    ["console.log(await sql('select sum(a) as s from n', { n }))", '[ { s: 1999000 } ]\n'],
    [
      `console.log(...(await Promise.all([sql('select 1 as one'), ${query}, sql('select sum(b) as s from t', { t })])))`,
      '[ { one: 1 } ] [ { r: 2000, s: 1999000 } ] [ { s: 2000 } ]\n',
    ],
  ] as const
  for (const [code, text] of later) {
    await killHelper()
    const end = await target.run(code, ...UNHURRIED)
    expect([end.status, end.message, end.text]).toEqual(['ok', undefined, text])
  }
})

function cpuTicks(pid: number): number {
  const [, user = '0'] = /\) (?:\S+ ){11}(\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1')) ?? []
  return Number(user)
}

test('a session whose helpers die again and again gets a new sandbox', async () => {
  const codes = new Set<string | undefined>()
  for (let n = 0; n < 20 && !codes.has('EASEL_CRASHED'); n++) {
    const end = await runSql('select 1 as a')
    codes.add(end.code)
    // The child may not have seen yet that the one before is dead.
    if (end.code === 'EASEL_THREW') expect(end.message).toMatch(/The next call starts another\.$/)
    for (const pid of helpers()) process.kill(pid, 'SIGKILL')
  }
  expect(codes).toContain('EASEL_CRASHED')
  await target.reset()
  expect((await runSql('select 1 as a')).text.trim()).toBe('[{"a":1}]')
})

test('a helper ends with its parent', async () => {
  const code = `${IMPORT} await sql('select count(*) from range(1000000) a, range(1000000) b where a.range * b.range % 7 = 3')`
  const parent = spawn(process.execPath, [join(import.meta.dirname, 'mortal-parent.ts'), code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void parent.kill('SIGKILL'))
  await once(parent.stdout, 'data')
  await expect.poll(() => helpers(parent.pid)).toHaveLength(1)
  const all = descendants(parent.pid ?? 0)
  parent.kill('SIGKILL')
  await expect.poll(() => all.filter(isAlive)).toEqual([])
})
