// Real-world table files: encodings, delimiters, titles, units, gaps.
import { expect, test } from 'vitest'
import { toNumber } from '../../../../sandbox/helpers/table/numbers.ts'
import { readTable, type TableOptions } from '../../../../sandbox/helpers/table/read-table.ts'

const table = (text: string, options?: TableOptions) => readTable(Buffer.from(text), options)
const types = async (text: string) => (await table(text)).columns.map(({ type }) => type)

/** GB18030 of 地区,值 / 北京,1 / 上海,2 and Shift_JIS of 日本,テスト / あい,1; TextDecoder has no encoder for them. */
const GBK = Buffer.from('b5d8c7f82cd6b50ab1b1beA92c310ac9cfbaa32c320a', 'hex')
const SHIFT_JIS = Buffer.from('93fa967b2c8365835883670a82a082a22c310a', 'hex')

test('UTF-8 needs no note, with or without a byte order mark', async () => {
  for (const mark of ['', '\uFEFF']) {
    const { rows, columns, notes, encoding, delimiter } = await table(`${mark}地区,值\n北京,1.5\n上海,2\n`)
    expect({ rows, notes, encoding, delimiter }).toEqual({
      rows: [
        { 地区: '北京', 值: 1.5 },
        { 地区: '上海', 值: 2 },
      ],
      notes: [],
      encoding: 'utf-8',
      delimiter: ',',
    })
    expect(columns).toEqual([
      { name: '地区', type: 'text' },
      { name: '值', type: 'number' },
    ])
  }
})

test('GB18030, Shift_JIS, windows-1252 and UTF-16 are found by their bytes, and noted', async () => {
  const gbk = await readTable(GBK)
  expect(gbk.rows).toEqual([
    { 地区: '北京', 值: 1 },
    { 地区: '上海', 值: 2 },
  ])
  expect(gbk.notes).toEqual(["read as gb18030, since it is not UTF-8; if letters look wrong, pass { encoding: '…' }"])
  const japanese = await readTable(SHIFT_JIS)
  expect([japanese.encoding, japanese.rows]).toEqual(['shift_jis', [{ 日本: 'あい', テスト: 1 }]])
  const french = await readTable(Buffer.from('nom,café\nRenée,3\nLéon,4\nZoé,5', 'latin1'))
  expect([french.encoding, french.rows[0]]).toEqual(['windows-1252', { nom: 'Renée', café: 3 }])
  const marked = await readTable(Buffer.from('\uFEFFa,b\n1,二\n', 'utf16le'))
  expect([marked.encoding, marked.notes, marked.rows]).toEqual(['utf-16le', ['read as utf-16le'], [{ a: 1, b: '二' }]])
  const swapped = Buffer.from('a,b\n1,2\n', 'utf16le').swap16()
  expect([(await readTable(swapped)).encoding, (await readTable(swapped)).rows]).toEqual(['utf-16be', [{ a: 1, b: 2 }]])
})

test('a given encoding is used, and one that does not exist is refused', async () => {
  expect((await readTable(GBK, { encoding: 'gb18030' })).notes).toEqual([])
  expect((await readTable(GBK, { encoding: 'utf-8' })).notes[0]).toBe(
    '10 characters are not valid utf-8 (the first in line 1) and stand as \uFFFD',
  )
  await expect(readTable(GBK, { encoding: 'klingon' })).rejects.toThrow(
    "readTable: unknown encoding 'klingon'; known ones are 'utf-8', 'gb18030'",
  )
})

test('tabs, semicolons and bars are found; quotes hold delimiters and line ends', async () => {
  for (const delimiter of [',', ';', '\t', '|']) {
    const { rows, delimiter: found } = await table(`a${delimiter}b\n"x${delimiter}\ny"${delimiter}2\nz${delimiter}3\n`)
    expect([found, rows]).toEqual([
      delimiter,
      [
        { a: `x${delimiter}\ny`, b: 2 },
        { a: 'z', b: 3 },
      ],
    ])
  }
  expect((await table('a,b\n1;2,3', { delimiter: ';' })).columns.map(({ name }) => name)).toEqual(['a,b', 'column 2'])
})

test('a semicolon file may write decimals with a comma', async () => {
  const { rows, notes } = await table('name;value;big\nx;1,5;1.234,5\ny;12,75;2.000\n')
  expect(rows).toEqual([
    { name: 'x', value: 1.5, big: 1234.5 },
    { name: 'y', value: 12.75, big: 2000 },
  ])
  expect(notes).toContain("column 'value': the comma was taken as the decimal sign")
})

test('numbers may have thousands, currencies, percent, brackets, minus signs and exponents', () => {
  const read = [
    '1,234,567',
    '$1,200.50',
    '¥35',
    '12.5%',
    '(1,234)',
    '-3',
    '\u22123',
    '1e3',
    '１２３',
    '5 元',
    '1 234',
    ' 7 ',
  ]
  expect(read.map(toNumber)).toEqual([1_234_567, 1200.5, 35, 12.5, -1234, -3, -3, 1000, 123, 5, 1234, 7])
  expect(['', 'abc', '00123', '1,23', '1.2.3', '2020-01-02', '12345678901234567890', '0x10'].map(toNumber)).toEqual(
    Array.from({ length: 8 }, () => null),
  )
})

test('a column is of numbers only if every value is one; codes and dates stay text', async () => {
  expect(await types('a,b,c,d,e\n1,1,00123,2020-01-02,\n2,x,00456,2020-02-03,\n')).toEqual([
    'number',
    'text',
    'text',
    'date',
    'empty',
  ])
  const { rows, notes } = await table('p,n\n5%,1\n-,2\n7%,n/a\n')
  expect(rows).toEqual([
    { p: 5, n: 1 },
    { p: null, n: 2 },
    { p: 7, n: null },
  ])
  expect(notes).toEqual([
    "column 'p': percentages are kept as written (12.5% is 12.5)",
    "column 'p': 1 value such as '-' was taken as missing",
    "column 'n': 1 value such as 'n/a' was taken as missing",
  ])
})

test('titles above and sources below a table are left out and told', async () => {
  const { rows, notes } = await table(
    '数据库：分省年度数据\n单位：亿元\n地区,2020年,2021年\n北京市,"35,943.3",1\n上海市,2,3\n注：初步核算\n',
  )
  expect(rows).toEqual([
    { 地区: '北京市', '2020年': 35_943.3, '2021年': 1 },
    { 地区: '上海市', '2020年': 2, '2021年': 3 },
  ])
  expect(notes).toEqual([
    "2 lines above the table left out: '数据库：分省年度数据', '单位：亿元'",
    "1 line below the table left out: '注：初步核算'",
  ])
})

test('ragged rows, blank names and twins are mended and told', async () => {
  const { rows, columns, notes } = await table('a,a,,b\n1,2,3\n4,5,6,7\n')
  expect(columns.map(({ name }) => name)).toEqual(['a', 'a (2)', 'column 3', 'b'])
  expect(rows[0]).toEqual({ a: 1, 'a (2)': 2, 'column 3': 3, b: null })
  expect(notes).toEqual([
    '1 row not as wide as the 4 columns (first: row 2); gaps are null',
    "a second column 'a' was named 'a (2)'",
  ])
})

test('a file of numbers only has no header, unless the caller says it has', async () => {
  expect((await table('1,2\n3,4\n')).rows).toEqual([
    { 'column 1': 1, 'column 2': 2 },
    { 'column 1': 3, 'column 2': 4 },
  ])
  expect((await table('1,2\n3,4\n', { header: true })).rows).toEqual([{ 1: 3, 2: 4 }])
  expect((await table('a,b\nc,d\n', { header: false })).rows.length).toBe(2)
})

test('JSON rows come as objects, as arrays, or one a line', async () => {
  expect((await table('[{"a":1,"b":"x"},{"a":2,"c":{"q":1}}]')).rows).toEqual([
    { a: 1, b: 'x', 'c.q': null },
    { a: 2, b: null, 'c.q': 1 },
  ])
  expect((await table('[["x",1],["y",2]]')).rows).toEqual([
    { 'column 1': 'x', 'column 2': 1 },
    { 'column 1': 'y', 'column 2': 2 },
  ])
  expect((await table('{"a":1}\n{"a":2}\n')).rows).toEqual([{ a: 1 }, { a: 2 }])
  await expect(table('[{"a":1}')).rejects.toThrow(/^readTable: the table is not valid JSON: /)
})

test('what is no table is refused with what to do', async () => {
  await expect(readTable(Buffer.from('PK\x03\x04rest'))).rejects.toThrow(
    'readTable: the table is damaged: the directory of its ZIP container cannot be read. Save it again.',
  )
  await expect(readTable(Buffer.from('\x89PNG....', 'latin1'))).rejects.toThrow(
    'readTable: the table is a PNG picture, not a table',
  )
  await expect(readTable(new Uint8Array(0))).rejects.toThrow('readTable: the table is empty (0 bytes)')
  await expect(table(' \n\n')).rejects.toThrow('readTable: the table is empty')
  await expect(readTable('nowhere.csv')).rejects.toThrow("ENOENT: no such file or directory, open 'nowhere.csv'")
  await expect(readTable(5 as unknown as string)).rejects.toThrow(
    'readTable: expected a file name or bytes for the file, received 5 (number)',
  )
})

test('numbers of a long file are read as all of them tell, not only the first thousand', async () => {
  const read = async (values: string[]) => {
    const { columns, rows } = await readTable(
      Buffer.from(`id;x\n${values.map((value, i) => `${i};${value}`).join('\n')}\n`),
    )
    return [columns[1]?.type, rows.at(-1)?.['x']]
  }
  const many = (value: string, length: number): string[] => Array.from({ length }, () => value)
  expect(await read([...many('2', 1500), ...many('1,250', 500)])).toEqual(['number', 1.25])
  expect(await read([...many('7', 2900), ...many('3,5', 100)])).toEqual(['number', 3.5])
  expect(await read([...many('12,5', 100), ...many('1.234', 2900)])).toEqual(['number', 1234])
  expect(await read([...many('1.234', 1500), ...many('12,5', 50), ...many('1.234', 1)])).toEqual(['number', 1234])
  expect(await read([...many('5', 2000), ...many('Infinity', 60)])).toEqual(['number', Infinity])
  const infinite = [Infinity, Infinity, Infinity, Infinity, Infinity, -Infinity, null]
  expect(['Infinity', 'INFINITY', 'USDinf', 'Infinity%', 'EURinfinity', '-inf', 'information'].map(toNumber)).toEqual(
    infinite,
  )
})
