// Tables with everything that goes wrong in files: preambles, footers, quotes, line ends, ragged rows, mixed values.
import { expect, test } from 'vitest'
import { toNumber } from '../../../../sandbox/helpers/table/numbers.ts'
import { readTable, type TableOptions } from '../../../../sandbox/helpers/table/read-table.ts'

const read = async (text: string, options?: TableOptions) => {
  const { rows, columns, notes, delimiter } = await readTable(Buffer.from(text), options)
  return {
    rows,
    types: columns.map(({ type }) => type).join(' '),
    names: columns.map(({ name }) => name),
    notes,
    delimiter,
  }
}

test('one value that does not fit becomes null and is told with its row', async () => {
  const lines = Array.from({ length: 30 }, (_, i) => `${i},2024-01-${String((i % 28) + 1).padStart(2, '0')}`)
  lines[7] = 'seven,2024-01-08'
  lines[9] = '9,2024-02-30'
  const { rows, types, notes } = await read(`n,day\n${lines.join('\n')}\n`)
  expect([types, rows[7], rows[9]]).toEqual(['number date', { n: null, day: '2024-01-08' }, { n: 9, day: null }])
  expect(notes).toEqual([
    "column 'n': 1 value is no number and became null: 'seven' in row 9",
    "column 'day': 1 value is no date and became null: '2024-02-30' in row 11",
  ])
})

test('where more do not fit the column stays text, and says which', async () => {
  expect(await read('a,d\n1,2024-01-01\n2,2024-13-01\nx,2024-01-02\n')).toMatchObject({
    types: 'text text',
    notes: [
      "column 'a': kept as text, since 1 of 3 values are no numbers, the first 'x'",
      "column 'd': kept as text, since 1 of 3 values are no dates, the first '2024-13-01'",
    ],
  })
})

test('digits are kept: long integers and leading zeros make a column text, even late in the file', async () => {
  expect(await read('id,zip\n9007199254740993,90210\n2,00501\n')).toMatchObject({
    types: 'text text',
    rows: [
      { id: '9007199254740993', zip: '90210' },
      { id: '2', zip: '00501' },
    ],
    notes: [
      "column 'id': kept as text, since a number would lose digits of '9007199254740993'",
      "column 'zip': kept as text, since a number would lose digits of '00501'",
    ],
  })
  const late = `zip\n${'12345\n'.repeat(5000)}01234\n`
  const { types, rows } = await read(late)
  expect([types, rows.length, rows[0], rows.at(-1)]).toEqual(['text', 5001, { zip: '12345' }, { zip: '01234' }])
})

test('booleans, infinities and numbers of many digits are values', async () => {
  expect(await read('ok,n,x\ntrue,inf,0.12345678901234567890\nFALSE,-Infinity,1e-5\n,NaN,1e400\n')).toMatchObject({
    types: 'boolean number text',
    rows: [
      { ok: true, n: Infinity, x: '0.12345678901234567890' },
      { ok: false, n: -Infinity, x: '1e-5' },
      { ok: null, n: null, x: '1e400' },
    ],
  })
})

test('units, currencies and 万 are read, and what all values share is the unit', async () => {
  const { columns, rows } = await readTable(Buffer.from('m,p,v,c\n12kg,$1.50,1.2万亿,￥3\n7 kg,$20,8千,¥4.5\n'))
  expect(columns.map(({ type, unit }) => [type, unit])).toEqual([
    ['number', 'kg'],
    ['number', '$'],
    ['number', undefined],
    ['number', '¥'],
  ])
  expect(rows).toEqual([
    { m: 12, p: 1.5, v: 1.2e12, c: 3 },
    { m: 7, p: 20, v: 8000, c: 4.5 },
  ])
  expect(['12a', '5 A', 'Q1', '1.2.3', '1st'].map(toNumber)).toEqual([null, null, null, null, null])
})

test('a footer with delimiters, a padded title and a total are seen', async () => {
  expect(await read('Report,,,\nregion,2022,2023,sum\n北京,1,2,3\n合计,1,2,3\n注:数据来源,国家统计局\n')).toMatchObject(
    {
      names: ['region', '2022', '2023', 'sum'],
      rows: [{ region: '北京' }, { region: '合计' }],
      notes: [
        "1 line above the table left out: 'Report'",
        "1 line below the table left out: '注:数据来源'",
        "the last row looks like a total ('合计')",
      ],
    },
  )
})

test('names in two rows are joined', async () => {
  expect(await read(',2022,,2023,\n地区,数量,金额,数量,金额\n北京,1,2,3,4\n')).toMatchObject({
    names: ['地区', '2022 数量', '2022 金额', '2023 数量', '2023 金额'],
    notes: ['the names are in two rows, which were joined'],
  })
})

test('years over a column of names are names', async () => {
  expect((await read('2021,2022,2023\n5,6,7\n')).names).toEqual(['2021', '2022', '2023'])
})

test('line ends may be CR, the delimiter may be declared or rare, cells may be aligned', async () => {
  expect((await read('a,b\r1,2\r3,4\r')).rows).toEqual([
    { a: 1, b: 2 },
    { a: 3, b: 4 },
  ])
  expect(await read('sep=;\na;b\n1;2\n')).toMatchObject({ delimiter: ';', rows: [{ a: 1, b: 2 }] })
  expect(await read('a~b~c\n1~2~x\n3~4~y\n')).toMatchObject({ delimiter: '~', types: 'number number text' })
  expect(await read('name   score  age\nAnn Lee    12     33\nBob    9      41\n')).toMatchObject({
    rows: [
      { name: 'Ann Lee', score: 12, age: 33 },
      { name: 'Bob', score: 9, age: 41 },
    ],
  })
  expect((await read('a|b|c\n1|x,y|3\n2|z|4\n')).delimiter).toBe('|')
  expect((await read('x;tags\n1;a,b,c\n2;d,e,f\n')).rows[0]).toEqual({ x: 1, tags: 'a,b,c' })
})

test('a NUL byte in a small file is dropped and told', async () => {
  expect(await read('a,b\n1,\x002\n3,4\n')).toMatchObject({
    rows: [
      { a: 1, b: 2 },
      { a: 3, b: 4 },
    ],
    notes: [expect.stringContaining('NUL')],
  })
})

test('a quote that nothing closes swallows no rows', async () => {
  expect(await read('a,b\n"open,1\n2,3\n"x ""y""\nz", 4\n"in "the" middle",5\n')).toMatchObject({
    rows: [
      { a: '"open', b: 1 },
      { a: '2', b: 3 },
      { a: 'x "y"\nz', b: 4 },
      { a: 'in "the" middle', b: 5 },
    ],
    notes: ['some quotes are not closed or misplaced (first: row 2)'],
  })
})

test('a later row that is wider adds a column, and blank lines count as rows of the file', async () => {
  const { names, rows, notes } = await read(`a,b\n${'1,2\n'.repeat(1500)}\n3,4,5\n`)
  expect([names, rows.length, rows[0], rows.at(-1)]).toEqual([
    ['a', 'b', 'column 3'],
    1501,
    { a: 1, b: 2, 'column 3': null },
    { a: 3, b: 4, 'column 3': 5 },
  ])
  expect(notes).toEqual(['1500 rows not as wide as the 3 columns (first: row 2); gaps are null'])
})

test('header only, one column, ten thousand columns, a line of many megabytes', async () => {
  expect(await read('a,b,c\n')).toMatchObject({ rows: [], types: 'empty empty empty' })
  expect((await read('name\nx\ny\n')).rows).toEqual([{ name: 'x' }, { name: 'y' }])
  const wide = Array.from({ length: 10_000 }, (_, i) => i)
  expect((await read(`c${wide.join(',c')}\n${wide.join(',')}\n`)).rows[0]).toMatchObject({ c0: 0, c9999: 9999 })
  await expect(read(`a${',b'.repeat(30_000)}\n`)).rejects.toThrow(
    "row 1 has more than 20,000 cells: is the delimiter right? Pass { delimiter: '…' }",
  )
  const long = await read(`a,b\n${'x'.repeat(3_000_000)},1\n`)
  expect([long.types, String(long.rows[0]?.['a']).length]).toEqual(['text number', 3_000_000])
})

test('a wrong option is refused', async () => {
  await expect(read('a,b\n', { delimiter: '||' })).rejects.toThrow(
    'readTable: expected one ASCII character for delimiter, received "||" (string)',
  )
})
