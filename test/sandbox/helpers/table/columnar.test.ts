// Parquet as DuckDB writes it, with each compression, and Arrow.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { lz4Frame } from '../../../../sandbox/helpers/table/formats/lz4.ts'
import { readColumns } from '../../../../sandbox/helpers/table/formats/read-columns.ts'

const folder = new URL('../../../fixtures/tables/', import.meta.url)
const read = async (name: string, maxRows?: number) => {
  const { columns, rows, notes } = (await readColumns(readFileSync(new URL(name, folder)), name, maxRows))!
  const first = columns.map(({ name: column, type, values }) => [column, type, values[1]])
  return { first, rows, notes, length: columns[0]?.values.length }
}

test.each(['snappy', 'zstd', 'gzip', 'lz4_raw', 'brotli'])('Parquet with %s: every type', async (codec) => {
  const { first, rows, notes } = await read(`types-${codec}.parquet`)
  expect(rows).toBe(100)
  expect(first).toEqual([
    ['id', 'number', 1],
    ['amount', 'number', 1.5],
    ['big', 'text', '9007199254740994'],
    ['city', 'text', '城市 1'],
    ['day', 'date', '2020-01-02'],
    ['at', 'date', '2020-01-01T10:01:00'],
    ['tz', 'date', '2020-01-01T10:00:00'],
    ['ok', 'boolean', false],
    ['dec', 'number', 1.25],
    ['bigdec', 'number', 1.25],
    ['list', 'text', '[1,2]'],
    ['st', 'text', '{"a":1,"b":"x"}'],
    ['nothing', 'empty', null],
    ['t', 'text', '10:30:00'],
    ['small', 'number', 1],
    ['f', 'number', 1],
  ])
  expect(notes).toContain("column 'big': its integers have more than 15 digits and are kept as text")
  expect(notes).toContain('times are in UTC')
})

test('only the first rows are read where that is asked for', async () => {
  expect(await read('types-zstd.parquet', 3)).toMatchObject({ rows: 100, length: 3 })
})

test('Arrow: nulls, dates, times and long integers', async () => {
  const { columns } = (await readColumns(readFileSync(new URL('plain.arrow', folder)), 'plain.arrow'))!
  expect(columns.map(({ name, type, values }) => [name, type, [...values]])).toEqual([
    ['city', 'text', ['北京', '上海', null]],
    ['n', 'number', [1, 2, 3]],
    ['big', 'text', ['9007199254740993', '1', '2']],
    ['ok', 'boolean', [true, null, false]],
    ['day', 'date', ['2024-01-31', '2024-02-29', null]],
    ['at', 'date', ['2024-01-01T10:00:00', '2024-01-01T11:00:00', null]],
  ])
})

test('damaged, encrypted and old files are refused', async () => {
  const refused = (head: string, name: string) => readColumns(Buffer.from(`${head}${'\0'.repeat(40)}`, 'latin1'), name)
  await expect(refused('PAR1', 'a.parquet')).rejects.toThrow(/^readTable: 'a\.parquet' cannot be read as Parquet \(/)
  await expect(refused('PARE', 'a.parquet')).rejects.toThrow("readTable: 'a.parquet' is an encrypted Parquet file.")
  await expect(refused('FEA1', 'a.feather')).rejects.toThrow("readTable: 'a.feather' is a Feather file of version 1")
  expect(await refused('a,b\n', 'a.csv')).toBeUndefined()
})

test('LZ4 frames of the reference program', () => {
  // lz4 --no-frame-crc of 3000 letters a, then two of the same text and the numbers to 40
  const frame =
    '04224d18604082910000001f610100ffffffffffffffffffffffafd9e58c97e4baac2068656c6c6f200d00f06031203220332034203520362037203820392031302031312031322031332031342031352031362031372031382031392032302032312032322032332032342032352032362032372032382032392033302033312033322033332033342033352033362033372033382033392034302000000000'
  const numbers = Array.from({ length: 40 }, (_, i) => `${i + 1} `).join('')
  const text = `${'a'.repeat(3000)}北京 hello 北京 hello ${numbers}`
  expect(Buffer.from(lz4Frame(Buffer.from(frame, 'hex'))).toString()).toBe(text)
})
