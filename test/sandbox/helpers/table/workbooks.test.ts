// Workbooks as programs write them: sheets, merged headers, dates, percentages, errors, formulas, and hostile ones.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readGrid, type GridOptions } from '../../../../sandbox/helpers/table/formats/read-grid.ts'
import { readTable } from '../../../../sandbox/helpers/table/read-table.ts'

const folder = new URL('../../../fixtures/tables/', import.meta.url)
const bytesOf = (name: string): Uint8Array => readFileSync(new URL(name, folder))
const grid = async (name: string, options?: GridOptions) => (await readGrid(bytesOf(name), name, options))!

/** The first sheet of a report that LibreOffice saved in three formats. */
const REPORT = [
  ['2023 年度销售报表', null, null, null, null, null],
  ['地区', '2022', '2022', '2023', '2023', '日期'],
  ['地区', '数量', '金额', '数量', '金额', '日期'],
  ['北京', 10, 1234.5, 12, 2345.67, { date: '2023-01-15' }],
  ['上海', 20, 2234.5, 22, 3345.67, { date: '2023-02-28T13:30:00' }],
  ['广东', 30, 'n/a', 32, 4345.67, { date: '2023-12-31' }],
  ['合计', 60, 3469, 66, 5691.34, null],
]

test.each(['report.xlsx', 'report.ods', 'report.xls'])('%s: cells, merges, header and sheets', async (name) => {
  const read = await grid(name)
  expect(read.cells).toEqual(REPORT)
  expect(read).toMatchObject({ sheet: 'Sales 销售', header: { row: 1, rows: 2 }, rowNumbers: [1, 2, 3, 4, 5, 6, 7] })
  expect(read.merges[0]).toEqual({ row: 0, column: 0, rows: 1, columns: 6 })
  expect(read.sheets).toEqual([
    { name: 'Sales 销售', hidden: false, rows: 7, columns: 6 },
    { name: 'plain', hidden: false, rows: 200, columns: 7 },
    { name: 'empty', hidden: false, rows: 0, columns: 0 },
    { name: 'hidden', hidden: true, rows: 2, columns: 1 },
  ])
  expect(read.notes).toEqual([
    "read the sheet 'Sales 销售'; others: 'plain', 'empty', 'hidden' (hidden) (pass { sheet: '…' })",
  ])
})

test.each(['report.xlsx', 'report.ods', 'report.xls'])(
  '%s: percentages as shown, times, texts of digits, booleans and errors of another sheet',
  async (name) => {
    const read = await grid(name, { sheet: 'plain' })
    // LibreOffice stores booleans of other programs as numbers in its own format.
    const [no, yes] = name === 'report.ods' ? [0, 1] : [false, true]
    expect(read.cells.slice(0, 3)).toEqual([
      ['id', 'when', 'ok', 'pct', 'text', 'time', 'err'],
      [1, { date: '2020-01-02T01:00:00' }, no, 0.5, '001', '01:30', null],
      [2, { date: '2020-01-03T02:00:00' }, yes, 1, '002', '02:30', null],
    ])
    expect(read.units[3]).toBe('%')
    expect(read.notes).toEqual(['2 cells with an error are null: #DIV/0! in G2, #N/A in G3'])
    expect((await grid(name, { sheet: 1 })).sheet).toBe('plain')
  },
)

test('a sheet that there is not, or that is empty, is refused with the names', async () => {
  await expect(grid('report.xlsx', { sheet: 'Tabelle1' })).rejects.toThrow(
    `readTable: 'report.xlsx' has no sheet "Tabelle1" (string); its sheets (numbers 0 to 3) are 'Sales 销售', 'plain', 'empty', 'hidden' (hidden)`,
  )
  await expect(grid('report.xlsx', { sheet: 'empty' })).rejects.toThrow(
    "readTable: the sheet 'empty' of 'report.xlsx' is empty",
  )
  expect((await grid('report.xlsx', { sheet: 'hidden' })).cells).toEqual([['a'], [1]])
})

test('formulas that nobody computed are null, and named', async () => {
  expect((await grid('formulas.xlsx')).notes[1]).toBe(
    '4 formulas have no stored values and are null: B7 (=SUM(B4:B6)), C7 (=SUM(C4:C6)), D7 (=SUM(D4:D6)), E7 (=E4+E5); a spreadsheet program that opens and saves the file stores them',
  )
  const old = await grid('no-values.xls')
  expect(old.cells[1]).toEqual(['北京1', { date: '2020-01-02' }, 1.5, null])
  expect(old.notes[1]).toMatch(/^49 formulas have no stored values and are null: D2 \(=C2\*2\), D3/)
})

test('dates of 1904, binary workbooks and XML spreadsheets under the name .xls', async () => {
  expect((await grid('mac1904.xlsx')).cells[1]![0]).toEqual({ date: '2024-02-29' })
  const cells = [
    ['地区', 'when', 'share', 'n'],
    ['北京', { date: '2024-01-31' }, 12.5, 1],
    ['上海', { date: '2024-02-29' }, 50, 2],
  ]
  for (const [name, format] of [
    ['binary.xlsb', 'xlsb'],
    ['spreadsheet-xml.xls', 'spreadsheet-xml'],
  ] as const)
    expect(await grid(name)).toMatchObject({
      format,
      sheet: '数据',
      cells,
      units: [undefined, undefined, '%', undefined],
    })
})

test('cells a million rows apart make a grid of four cells', async () => {
  const read = await grid('far.xlsx')
  expect(read).toMatchObject({
    cells: [
      [1, null],
      [null, 2],
    ],
    rowNumbers: [1, 1_048_576],
    columnNumbers: [1, 16_384],
  })
})

test('bombs are refused by what they declare, by what comes out, and for entities', async () => {
  const declared = Buffer.from(bytesOf('report.xlsx'))
  const entry = declared.indexOf('PK\x01\x02')
  declared.writeUInt32LE(2_122_000_000, entry + 24)
  await expect(readGrid(declared, 'bomb.xlsx')).rejects.toThrow(
    /^readTable: 'bomb\.xlsx' would unpack from 0 MB to 2,122 MB; 400 MB are the limit\. Save the sheet that is needed as CSV\.$/,
  )
  const lying = Buffer.from(bytesOf('report.xlsx'))
  for (let at = lying.indexOf('PK\x01\x02'); at >= 0; at = lying.indexOf('PK\x01\x02', at + 4)) {
    if (!lying.subarray(at + 46, at + 80).includes('xl/worksheets/sheet1')) continue
    lying.writeUInt32LE(100, at + 24)
  }
  await expect(readGrid(lying, 'lying.xlsx')).rejects.toThrow(
    "readTable: 'lying.xlsx' is damaged: its part xl/worksheets/sheet1.xml has more than the 100 bytes that it declares. Save it again.",
  )
  await expect(grid('entities.xlsx')).rejects.toThrow(
    "readTable: 'entities.xlsx' cannot be read: its markup declares entities, which are not expanded here (a way to make files that explode)",
  )
})

test('encrypted and damaged workbooks, and documents of other kinds', async () => {
  const compound = Buffer.from('d0cf11e0a1b11ae1', 'hex')
  const locked = Buffer.concat([compound, Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')])
  await expect(readGrid(locked, 'a.xlsx')).rejects.toThrow(
    "readTable: 'a.xlsx' is encrypted and cannot be read without its password. Open it, save it without a password or its sheet as CSV, and attach that.",
  )
  await expect(readGrid(Buffer.concat([compound, Buffer.alloc(600)]), 'a.doc')).rejects.toThrow(
    "readTable: 'a.doc' is an Office document without sheets.",
  )
  await expect(readGrid(bytesOf('report.xlsx').subarray(0, 9000), 'cut.xlsx')).rejects.toThrow(
    "readTable: 'cut.xlsx' is damaged: the directory of its ZIP container cannot be read. Save it again.",
  )
})

test('readTable joins headers of two rows, and leaves title and footer out with a note', async () => {
  const { rows, columns, notes } = await readTable(new URL('report.xlsx', folder).pathname)
  expect(columns).toEqual([
    { name: '地区', type: 'text' },
    { name: '2022 数量', type: 'number' },
    { name: '2022 金额', type: 'number' },
    { name: '2023 数量', type: 'number' },
    { name: '2023 金额', type: 'number', unit: '¥' },
    { name: '日期', type: 'date' },
  ])
  expect(rows[0]).toEqual({
    地区: '北京',
    '2022 数量': 10,
    '2022 金额': 1234.5,
    '2023 数量': 12,
    '2023 金额': 2345.67,
    日期: '2023-01-15',
  })
  expect(notes).toContain("1 line above the table left out: '2023 年度销售报表'")
})
