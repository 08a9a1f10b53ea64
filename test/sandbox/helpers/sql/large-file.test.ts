// A CSV file too large to be loaded: DuckDB reads it in place, told what readTable finds in its beginning.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { decodeResult } from '../../../../sandbox/helpers/sql/decode-result.ts'
import { bindFile } from '../../../../sandbox/helpers/sql/file-tables.ts'
import { host } from '../../../../sandbox/helpers/sql/host.ts'
import type { FileBinding, SqlResult } from '../../../../sandbox/helpers/sql/wire.ts'

// The engine may read what is below the folder in which it was opened.
process.chdir(mkdtempSync(join(tmpdir(), 'sql-')))

test('a large file is read as its beginning says, and what does not fit is noted', async () => {
  const rows = Array.from(
    { length: 30_000 },
    (_, i) =>
      `${i};"n ${i % 7}; x";${i % 10 === 3 ? '"1,234.5"' : i / 2};2024-01-${String((i % 28) + 1).padStart(2, '0')};${i}`,
  )
  const text = `Report of sales\n\nid;name;"price";day;late\n${rows.join('\n')}\nbad;z;abc;;x\n${Array.from({ length: 4000 }, () => '1;z;1;;text').join('\n')}\n`
  writeFileSync('large.csv', text)
  const bound = await bindFile('large.csv', 1000, 0)
  expect(bound).toEqual({
    file: 'large.csv',
    delimiter: ';',
    skip: 2,
    header: true,
    isRegular: true,
    columns: [
      { name: 'id', type: 'number' },
      { name: 'name', type: 'text' },
      { name: 'price', type: 'number' },
      { name: 'day', type: 'date' },
      { name: 'late', type: 'text' },
    ],
  })
  const query = `select count(*) as rows, count(id) as ids, sum(price) as price, max(day) as day, max(late) as late, count(distinct name) as names from "large.csv"`
  const bindings = [{ name: 'large.csv', ...(bound as Omit<FileBinding, 'name'>) }]
  const [result, bytes] = await host.call({ op: 'query', query, bindings, parameters: {} }, [])
  expect(decodeResult(result as SqlResult, bytes)).toEqual([
    { rows: 34_001, ids: 34_000, price: 206_203_000, day: '2024-01-28', late: 'x', names: 8 },
  ])
})

const QUOTED = ['a', 'b\nc', 'say ""hi""', 'x,y', '茶', '', '1,2\n3,4,5', 'line\r\nend', '""']

test.each(['\n', '\r\n'])(
  'the fast reader of a regular file reads what the lenient one does, with line ends %j',
  async (end) => {
    const quoted = (i: number): string => QUOTED[i % QUOTED.length] as string
    const rows = Array.from(
      { length: 400_000 },
      (_, i) => `${i},"${quoted(i * 7)}${quoted(i * i)}",${i / 4},"${quoted(i)}"`,
    )
    writeFileSync('regular.csv', `id,text,n,more${end}${rows.join(end)}${end}`)
    const bound = (await bindFile('regular.csv', 1000, 0)) as Omit<FileBinding, 'name'>
    expect(bound.isRegular).toBe(true)
    const query =
      'select count(*) as rows, sum(n) as n, max(id) as last, sum(hash(id, text, n, more))::varchar as all from f'
    const answers = []
    for (const isRegular of [true, false]) {
      const bindings = [{ ...bound, name: 'f', isRegular }]
      const [result, bytes] = await host.call({ op: 'query', query, bindings, parameters: {} }, [])
      answers.push(decodeResult(result as SqlResult, bytes))
    }
    expect(answers[0]).toMatchObject([{ rows: 400_000, last: 399_999 }])
    expect(answers[0]).toEqual(answers[1])
  },
)

test('rows that are too short or too long, and open quotes, are left to the lenient reader', async () => {
  const lines = Array.from({ length: 3000 }, (_, i) => `${i},x,${i}`)
  for (const [name, odd] of Object.entries({ short: '1,x', long: '1,x,2,3', open: '1,"x,2' })) {
    writeFileSync(`${name}.csv`, `id,text,n\n${lines.join('\n')}\n${odd}\n`)
    const bound = (await bindFile(`${name}.csv`, 1000, 0)) as Omit<FileBinding, 'name'>
    expect([name, bound.isRegular]).toEqual([name, false])
  }
})
