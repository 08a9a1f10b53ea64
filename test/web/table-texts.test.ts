// How values, columns and tables are shown, copied and saved by the page.
import { expect, test } from 'vitest'
import { tableWordsEn } from '../../src/web/i18n/table-words-en.ts'
import { tableWordsZh } from '../../src/web/i18n/table-words-zh.ts'
import { numberOf, toCsv } from '../../src/web/model/tables/answer-cells.ts'
import { toWorkbook } from '../../src/web/model/tables/answer-workbook.ts'
import { summarizeColumn } from '../../src/web/model/tables/column-summary.ts'
import { createFormat, toTsv, widthFor } from '../../src/web/model/tables/format-cell.ts'
import { areNumbers } from '../../src/web/model/tables/number-columns.ts'

test('values are shown for people, and copied for spreadsheets', () => {
  const format = (column: object, value: string | number | boolean | null, lang = 'en') =>
    createFormat({ name: 'x', type: 'number', ...column }, lang, ['yes', 'no'])(value)
  expect([format({ decimals: 2 }, 1234.5), format({ plain: true }, 2024), format({ decimals: 0 }, 1e20)]).toEqual([
    '1,234.50',
    '2024',
    '100000000000000000000',
  ])
  expect([format({ decimals: 1 }, 0.12345), format({}, -0.5), format({}, null), format({}, true)]).toEqual([
    '0.12345',
    '-0.5',
    '',
    'yes',
  ])
  expect(format({ type: 'date' }, '2024-05-01T10:00:00')).toBe('2024-05-01 10:00:00')
  expect(
    toTsv([
      [1234.5, 'a\tb', null],
      [true, 'say "hi"', '北京'],
    ]),
  ).toBe('1234.5\t"a\tb"\t\ntrue\t"say ""hi"""\t北京')
  const column = { name: 'n', type: 'text' as const }
  expect(widthFor(column, ['北京市海淀区'])).toBeGreaterThan(widthFor(column, ['abcdef']))
})

test('the card of a column says its range, its most frequent value and what is missing, in both languages', () => {
  const card = { name: 'price', type: 'number', least: 0, most: 4999.91, missing: 98, bins: [1, 0, 4] }
  expect(summarizeColumn(card, 1000, 'en', tableWordsEn)).toEqual({
    said: '0 – 4,999.91',
    missing: '9.8% missing',
    bars: [0.25, 0, 1],
  })
  const city = { name: 'city', type: 'text', distinct: 9, top: ['北京', '上海'], bins: [50, 30] }
  expect(summarizeColumn(city, 100, 'zh-CN', tableWordsZh)).toEqual({
    said: '北京 50%',
    missing: '',
    shares: [0.5, 0.3],
  })
  const year = { name: 'year', type: 'number', least: 1999, most: 2024 }
  expect(summarizeColumn(year, 10, 'en', tableWordsEn)).toEqual({ said: '1999 – 2024', missing: '' })
  const names = { name: 'name', type: 'text', distinct: 1200, missing: 1 }
  expect(summarizeColumn(names, 100_000, 'en', tableWordsEn)).toEqual({
    said: '1,200 distinct',
    missing: '<0.1% missing',
  })
  const paid = { name: 'paid', type: 'boolean', bins: [25, 75] }
  expect(summarizeColumn(paid, 100, 'en', tableWordsEn)).toEqual({
    said: 'true 75%',
    missing: '',
    shares: [0.75, 0.25],
  })
})

test('columns of numbers in an answer are known by all of their cells', () => {
  expect(areNumbers(['1,234', '-5.5%', '¥12', '–', '', '1.2万', '(3)'])).toBe(true)
  expect([['12', 'a'], ['', '–'], ['2024-01-01'], ['3 items']].map((cells) => areNumbers(cells))).toEqual([
    false,
    false,
    false,
    false,
  ])
})

test('a table in an answer becomes CSV that Excel reads, and a workbook with numbers', async () => {
  expect(['1,234.5', '-12%', '007', '12345678901234567', '1,23', 'x'].map((text) => numberOf(text)?.value)).toEqual([
    1234.5,
    -0.12,
    undefined,
    undefined,
    undefined,
    undefined,
  ])
  const rows = [
    ['城市', 'sum', 'share', 'id'],
    ['北京, "old"', '1,234.50', '12.5%', '007'],
    ['', '−3', '0.5%', '008'],
  ]
  expect(toCsv(rows)).toBe('\uFEFF城市,sum,share,id\r\n"北京, ""old""",1234.50,12.5%,007\r\n,-3,0.5%,008\r\n')
  const { readXlsx } = await import('hucre/xlsx')
  const { sheets } = await readXlsx(await toWorkbook(rows, '表格'))
  expect([sheets[0]?.name, sheets[0]?.rows]).toEqual([
    '表格',
    [
      ['城市', 'sum', 'share', 'id'],
      ['北京, "old"', 1234.5, 0.125, '007'],
      [null, -3, 0.005, '008'],
    ],
  ])
})
