// The engine by itself: limits of results, and requests that do not fit their bytes.
import { expect, test } from 'vitest'
import type { SqlRequest } from '../../../sandbox/helpers/sql/wire.ts'
import { openEngine } from '../../../sandbox/native/sql/engine.ts'

const call = openEngine(() => ({ folders: [], memoryBytes: 60_000_000 }), { maxValues: 10_000, maxBytes: 1_000_000 })
const failure = (request: SqlRequest, bytes: readonly Uint8Array[] = []): Promise<string> =>
  call(request, bytes).then(
    () => 'no error',
    (error: Error) => `${error.name}: ${error.message}`,
  )
const query = (text: string): SqlRequest => ({ op: 'query', query: text, bindings: [], parameters: {} })
const bytesOf = (values: Float64Array | Int32Array): Uint8Array => new Uint8Array(values.buffer)

test('a result has a limit, in values and in bytes', async () => {
  expect(await failure(query('select range, range from range(1000000)'))).toBe(
    'Error: sql: the result is too large: it may have 10,000 values, and its first 6,144 rows of 2 columns have more. Aggregate in the query, select fewer columns, or use LIMIT.',
  )
  expect(await failure(query("select repeat('x', 1000) || range from range(3000)"))).toBe(
    'Error: sql: the result is too large: it may have 1 MB, and its first 2,048 rows have more. Aggregate in the query, select fewer columns, or use LIMIT.',
  )
})

test('a query that needs more memory than it may have fails, and the next one works', async () => {
  expect(await failure(query('select count(*) from (select distinct range, range * 7 from range(20000000))'))).toMatch(
    /^Error: Out of Memory Error: /,
  )
  const [result] = await call(query('select 42 as a'), [])
  expect(result).toEqual({ columns: [{ name: 'a', kind: 'number' }], rows: 1, large: [] })
})

test('a table whose bytes do not fit its columns is refused', async () => {
  const load = (columns: Extract<SqlRequest, { op: 'load' }>['columns'], bytes: readonly Uint8Array[]) =>
    failure({ op: 'load', table: 1, rows: 2, columns, order: columns.map(({ name }) => name) }, bytes)
  const number = [{ name: 'a', kind: 'number' }] as const
  expect(await load(number, [new Uint8Array(15)])).toBe('RangeError: A column has 15 bytes in place of 16.')
  expect(await load(number, [])).toBe('RangeError: A column has 0 bytes in place of 16.')
  expect(await load(number, [new Uint8Array(16), new Uint8Array(1)])).toBe(
    'RangeError: The bytes of a table do not fit its columns.',
  )
  const text = [{ name: 'a', kind: 'text' }] as const
  const entry = [bytesOf(Int32Array.of(1)), new TextEncoder().encode('x')]
  for (const code of [1, -2, 2 ** 30])
    expect(await load(text, [bytesOf(Int32Array.of(0, code)), ...entry])).toBe(
      'RangeError: A code is not in its dictionary.',
    )
  for (const length of [2, 0, -1])
    expect(
      await load(text, [bytesOf(Int32Array.of(0, 0)), bytesOf(Int32Array.of(length)), new TextEncoder().encode('x')]),
    ).toMatch(
      /^RangeError: (?:The texts of a dictionary do not fit their lengths|A text of a dictionary has a negative length)\.$/,
    )
})
