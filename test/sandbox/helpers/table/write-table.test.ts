// What `writeTable` writes, read by other programs' readers; and what it refuses.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { read } from '@e965/xlsx'
import { unzipSync } from 'fflate'
import { afterAll, expect, test } from 'vitest'
import { readTable } from '../../../../sandbox/helpers/table/read-table.ts'
import { writeTable, type TableData } from '../../../../sandbox/helpers/table/write-table.ts'
import { checkDelimited } from '../../../../sandbox/helpers/table/writers/read-back.ts'
import { sheetsOf } from '../../../../sandbox/helpers/table/writers/sheet-data.ts'

const folder = mkdtempSync(join(tmpdir(), 'easel-tables-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string): string => join(folder, name)
const textOf = (name: string, part: string): string => new TextDecoder().decode(unzipSync(readFileSync(at(name)))[part])

const ROWS = [
  {
    地区: '北京',
    year: 2022,
    day: '2023-01-15',
    at: '2023-01-15T13:30:00',
    month: '2023-01',
    金额: 1_234_567.5,
    n: 12_000,
    code: '00123',
    long: '12345678901234567890',
    ok: true,
    note: '=SUM(A1)',
    odd: '_x0041_ \u0001\r',
    lines: 'a\nb',
    spaces: '  x  y ',
  },
  {
    地区: '<b>&"',
    year: 1999,
    day: '2024-02-29',
    at: '2024-02-29T00:00:00',
    month: '2024-12',
    金额: -2.25,
    n: -1,
    code: '00124',
    long: null,
    ok: false,
    note: '+1 @',
    odd: 'a|b*c*_d_`e`',
    lines: '',
    spaces: '\u3000x',
  },
  {
    地区: null,
    year: 2001,
    day: null,
    at: null,
    month: null,
    金额: NaN,
    n: undefined,
    code: '',
    long: '9',
    ok: null,
    note: '-',
    odd: 'q"uote,;\t',
    lines: 'x\r\ny',
    spaces: 'ü',
  },
]

test.each(['xlsx', 'ods', 'csv', 'tsv', 'parquet', 'json', 'jsonl', 'md', 'html'])(
  'hard values come back from .%s as they were',
  async (ending) => {
    expect(await writeTable(ROWS, at(`hard.${ending}`))).toBe(at(`hard.${ending}`))
  },
)

test('SheetJS reads the workbook: dates, texts of digits, and no formulas', async () => {
  await writeTable({ 'Sales/2024': ROWS, 二: [{ a: 1 }] }, at('two.xlsx'))
  const workbook = read(readFileSync(at('two.xlsx')), { cellDates: false, cellNF: true })
  expect(workbook.SheetNames).toEqual(['Sales 2024', '二'])
  const sheet = workbook.Sheets['Sales 2024']!
  const cell = (name: string) => sheet[name] as { t: string; v: unknown; z?: string; f?: string }
  expect(cell('B2')).toMatchObject({ t: 'n', v: 2022, z: '0' })
  expect(cell('C2')).toMatchObject({ t: 'n', v: 44_941, z: 'yyyy-mm-dd' })
  expect(cell('D2')).toMatchObject({ t: 'n', v: 44_941.5625, z: 'yyyy-mm-dd hh:mm:ss' })
  expect(cell('F2')).toMatchObject({ t: 'n', v: 1_234_567.5, z: '#,##0.00' })
  expect(cell('G2')).toMatchObject({ t: 'n', v: 12_000, z: '#,##0' })
  expect(cell('H2')).toMatchObject({ t: 's', v: '00123' })
  expect(cell('I2')).toMatchObject({ t: 's', v: '12345678901234567890' })
  expect(cell('J2')).toMatchObject({ t: 'b', v: true })
  expect(cell('K2')).toMatchObject({ t: 's', v: '=SUM(A1)' })
  expect(cell('K2')).not.toHaveProperty('f')
  const xml = textOf('two.xlsx', 'xl/worksheets/sheet1.xml')
  expect(xml).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>')
  expect(xml).toContain('<autoFilter ref="A1:N4"/>')
})

test('what readTable read is written with its types, and chosen columns in their order', async () => {
  writeFileSync(at('in.csv'), 'id,share,城市\n1,0.125,北京\n2,0.5,上海\n')
  const table = await readTable(at('in.csv'))
  await writeTable(table, at('out.xlsx'), { columns: ['城市', 'share'], formats: { share: '0.0%' }, sheet: '表' })
  const back = await readTable(at('out.xlsx'))
  expect(back.rows).toEqual([
    { 城市: '北京', share: 12.5 },
    { 城市: '上海', share: 50 },
  ])
  expect(back.notes).toEqual(["column 'share': percentages are kept as shown (12.5% is 12.5)"])
})

test('CSV: a byte order mark where a character is not ASCII, quotes where needed', async () => {
  await writeTable(
    [
      { a: 1, b: 'x,y' },
      { a: null, b: ' z' },
    ],
    at('plain.csv'),
  )
  expect(readFileSync(at('plain.csv'), 'utf8')).toBe('a,b\r\n1,"x,y"\r\n," z"\r\n')
  await writeTable([{ 名: 'é' }], at('marked.csv'), { delimiter: ';' })
  expect(readFileSync(at('marked.csv'), 'utf8')).toBe('\ufeff名\r\né\r\n')
  await writeTable([{ 名: null }, { 名: 'b' }], at('unmarked.csv'), { bom: false })
  expect(readFileSync(at('unmarked.csv'), 'utf8')).toBe('名\r\n""\r\nb\r\n')
})

test('a file that reads back different is an error that names the cell', () => {
  const [sheet] = sheetsOf(
    [
      { a: 1, b: 'x' },
      { a: 2, b: 'y' },
    ],
    't',
    undefined,
  )
  const check = (text: string) => () => checkDelimited('t.csv', Buffer.from(text), sheet!, ',')
  check('a,b\r\n1,x\r\n2,y\r\n')()
  expect(check('a,b\r\n1,x\r\n2,z\r\n')).toThrow(
    `writeTable: 't.csv' was written, but reads back wrong: row 2, column 'b' (cell B3 of 't') should be "y" (string) and is "z" (string). Please report this.`,
  )
  expect(check('a,b\r\n1,x\r\n')).toThrow("reads back wrong: 't' has 2 rows and 1 were read")
})

test('what a format cannot hold, and what is no table, is refused', async () => {
  const writing = (data: unknown, name: string) => writeTable(data as TableData, at(name))
  await expect(writing({ a: ROWS, b: ROWS }, 'x.csv')).rejects.toThrow(
    `writeTable: '${at('x.csv')}' holds one table and 2 were given (a, b); write .xlsx or .ods, or one file for each`,
  )
  await expect(writing([{ a: 'x'.repeat(32_768) }], 'x.xlsx')).rejects.toThrow(
    "writeTable: row 1 of column 'a' (cell A2 of 'x') has 32,768 characters; a cell of a workbook holds 32,767. Shorten it, or write .csv or .json.",
  )
  await expect(
    writing(
      {
        length: 1_048_576,
        *[Symbol.iterator]() {},
        rows: Array.from({ length: 1_048_576 }),
        columns: [{ name: 'a', type: 'number' }],
      },
      'x.xlsx',
    ),
  ).rejects.toThrow(
    'would have 1,048,577 rows and 1 columns; a sheet holds 1,048,576 and 16,384. Write .csv or .parquet, or several sheets.',
  )
  await expect(writing(ROWS, 'x.doc')).rejects.toThrow(
    `writeTable: expected a file name that ends in one of xlsx, ods, csv, tsv, parquet, json, jsonl, md, html for the name, received`,
  )
  await expect(writing(5, 'x.csv')).rejects.toThrow(
    "writeTable: expected an array of rows, a table or { 'sheet name': rows } for the data, received 5 (number)",
  )
  await expect(writing([[1, 2]], 'x.csv')).rejects.toThrow(
    'writeTable: expected rows as objects, { column: value }; row 1 is an array of 2',
  )
  await expect(writing([], 'x.csv')).rejects.toThrow("writeTable: 'x' has no columns; pass rows such as [{ a: 1 }]")
})
