// A CSV file too large to be loaded: DuckDB reads it in place, told what readTable finds in its beginning.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { decodeResult } from '../../../../sandbox/helpers/sql/decode-result.ts'
import { bindFile } from '../../../../sandbox/helpers/sql/file-tables.ts'
import { host } from '../../../../sandbox/helpers/sql/host.ts'
import type { FileBinding, SqlResult } from '../../../../sandbox/helpers/sql/wire.ts'

test('a large file is read as its beginning says, and what does not fit is noted', async () => {
  process.chdir(mkdtempSync(join(tmpdir(), 'sql-')))
  const rows = Array.from(
    { length: 30_000 },
    (_, i) =>
      `${i};"n ${i % 7}; x";${i % 10 === 3 ? '"1,234.5"' : i / 2};2024-01-${String((i % 28) + 1).padStart(2, '0')};${i}`,
  )
  const text = `Report of sales\n\nid;name;"price";day;late\n${rows.join('\n')}\nbad;z;abc;;x\n${Array.from({ length: 4000 }, () => '1;z;1;;text').join('\n')}\n`
  writeFileSync('large.csv', text)
  const bound = await bindFile('large.csv', 1000)
  expect(bound).toEqual({
    file: 'large.csv',
    delimiter: ';',
    skip: 2,
    header: true,
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
