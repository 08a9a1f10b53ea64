// The engine by itself: limits of results, and requests that do not fit their bytes.
import { expect, test } from 'vitest'
import { decodeResult } from '../../../sandbox/helpers/sql/decode-result.ts'
import type { SqlRequest, SqlResult } from '../../../sandbox/helpers/sql/wire.ts'
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

/** The bytes of texts; undefined is missing. */
function encodeTexts(values: readonly (string | undefined)[]): Uint8Array[] {
  const dictionary = [...new Set(values.filter((value) => value !== undefined))]
  const places = new Map(dictionary.map((text, i) => [text, i]))
  return [
    bytesOf(Int32Array.from(values, (value) => (value === undefined ? -1 : (places.get(value) ?? -1)))),
    bytesOf(Int32Array.from(dictionary, ({ length }) => length)),
    new TextEncoder().encode(dictionary.join('')),
  ]
}

const LENGTHS = [
  '',
  'a',
  'twelve bytes',
  'thirteen byte',
  '上海和北京',
  '😀'.repeat(3),
  '😀'.repeat(4),
  'x'.repeat(5000),
]

// Of the longer table the first column is an ENUM, the second has too many texts for one.
test.each([
  ['texts themselves', 5000],
  ['an ENUM', 60_000],
])('texts of any length come back as they were sent, by %s', async (_, rows) => {
  const few = Array.from({ length: rows }, (_value, i) => (i % 11 === 3 ? undefined : LENGTHS[i % 8]))
  const many = Array.from({ length: rows }, (_value, i) => (i % 13 === 0 ? undefined : `${LENGTHS[i % 7]} ${i % 6000}`))
  const heads = [
    { name: 'few', kind: 'text' },
    { name: 'many', kind: 'text' },
  ] as const
  const large = openEngine(() => ({ folders: [], memoryBytes: 600_000_000 }))
  const order = ['few', 'many']
  await large({ op: 'load', table: 7, rows, columns: heads, order }, [...encodeTexts(few), ...encodeTexts(many)])
  const ask: SqlRequest = { op: 'query', query: 'from t', bindings: [{ name: 't', table: 7 }], parameters: {} }
  const [result, bytes] = await large(ask, [])
  const found = decodeResult(result as SqlResult, bytes)
  expect(found).toHaveLength(rows)
  expect(found.map((row) => row['few'])).toEqual(few.map((value) => value ?? null))
  expect(found.map((row) => row['many'])).toEqual(many.map((value) => value ?? null))
})

test.each([2, 60_000])('a dictionary of %i rows that is no text is refused', async (rows) => {
  const load = (lengths: readonly number[], bytes: Uint8Array) =>
    failure({ op: 'load', table: 3, rows, columns: [{ name: 'a', kind: 'text' }], order: ['a'] }, [
      bytesOf(new Int32Array(rows)),
      bytesOf(Int32Array.from(lengths)),
      bytes,
    ])
  const noText = 'RangeError: The texts of a dictionary are not UTF-8, or have NUL.'
  expect(await load([3], new TextEncoder().encode('a\0b'))).toBe(noText)
  expect(await load([2], Uint8Array.of(0xc3, 0x28))).toBe(noText)
  expect(await load([1], Uint8Array.of(0xed, 0xa0, 0x80))).toBe(noText)
  expect(await load([2 ** 31 - 1], new TextEncoder().encode('abc'))).toBe(
    'RangeError: The texts of a dictionary do not fit their lengths.',
  )
  const [result] = await call(query('select 42 as a'), [])
  expect(result).toMatchObject({ rows: 1 })
})

test('columns that are added to a table are those of the same rows, in the order that is asked for', async () => {
  const load = (name: string, values: number[], order: string[]) =>
    failure({ op: 'load', table: 5, rows: values.length, columns: [{ name, kind: 'number' }], order }, [
      bytesOf(Float64Array.from(values)),
    ])
  expect(await load('b', [1.5, 2.5], ['b'])).toBe('no error')
  expect(await load('a', [3.5, 4.5], ['a', 'b'])).toBe('no error')
  const ask: SqlRequest = { op: 'query', query: 'from t', bindings: [{ name: 't', table: 5 }], parameters: {} }
  const [result, bytes] = await call(ask, [])
  expect(decodeResult(result as SqlResult, bytes)).toEqual([
    { a: 3.5, b: 1.5 },
    { a: 4.5, b: 2.5 },
  ])
  expect(await load('c', [1], ['a', 'b', 'c'])).toBe('RangeError: The columns of a table have different lengths.')
  expect(await load('c', [1, 2], ['a', 'd', 'c'])).toBe('RangeError: A column in the order of a table was not sent.')
  // A table that could not be completed is gone.
  expect(await failure(ask)).toBe('Error: There is no table 5.')
})
