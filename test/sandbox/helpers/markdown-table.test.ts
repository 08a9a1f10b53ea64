// A table as Markdown: formatted and aligned numbers, few rows, and text that cannot break out of its cell.
import { expect, test } from 'vitest'
import { markdownTable } from '../../../sandbox/helpers/table/markdown.ts'

test('numbers are right-aligned, with the same decimals in a column, and years without separators', () => {
  const rows = [
    { region: 'East', year: 2022, sales: 963_781.25, share: 0.1234, gap: null },
    { region: 'West', year: 2023, sales: 1200, share: 0.5, gap: null },
  ]
  expect(markdownTable(rows)).toBe(
    [
      '| region | year | sales | share | gap |',
      '| --- | ---: | ---: | ---: | --- |',
      '| East | 2022 | 963,781.25 | 0.123 |  |',
      '| West | 2023 | 1,200.00 | 0.500 |  |',
    ].join('\n'),
  )
})

test('only the first rows are shown, and the others counted in either language', () => {
  const rows = Array.from({ length: 1500 }, (_, n) => ({ n }))
  expect(markdownTable(rows, { most: 2 })).toBe('| n |\n| ---: |\n| 0 |\n| 1 |\n\n… and 1,498 more rows')
  expect(markdownTable(rows, { most: 1, language: 'zh' })).toBe('| n |\n| ---: |\n| 0 |\n\n……另有 1,499 行')
  expect(markdownTable([])).toBe('(no rows)')
  expect(markdownTable([], { language: 'zh' })).toBe('（没有符合的行）')
})

test('bars, line breaks and long texts stay within their cell', () => {
  expect(markdownTable([{ 'a|b': 'one | two\nthree' }])).toBe('| a\\|b |\n| --- |\n| one \\| two three |')
  expect(markdownTable([{ a: 'x'.repeat(300) }])).toBe(`| a |\n| --- |\n| ${'x'.repeat(200)}… |`)
})

test('a wrong number of rows is refused', () => {
  expect(() => markdownTable([{ a: 1 }], { most: 0 })).toThrow(
    'markdownTable: expected a whole number of rows from 1 to 100000 for most, received 0 (number)',
  )
})
