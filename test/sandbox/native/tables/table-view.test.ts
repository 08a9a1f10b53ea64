// Rows of a table as a person asks for them: sorted and filtered by what they type.
import { describe, expect, test } from 'vitest'
import { columnsOf, type Row } from '../../../../sandbox/helpers/table/columns.ts'
import { formatColumn } from '../../../../sandbox/native/tables/column-format.ts'
import { rankTexts } from '../../../../sandbox/native/tables/sort-rows.ts'
import { createViewableTable } from '../../../../sandbox/native/tables/table-view.ts'
import type { TableView } from '../../../../sandbox/table-protocol.ts'

const ROWS: Row[] = [
  { n: 3, name: 'item 10', city: '上海', day: '2024-02-01', ok: true },
  { n: null, name: 'item 2', city: '北京', day: '2024-01-15', ok: false },
  { n: -0.5, name: 'Item 1', city: null, day: '2023-12-31', ok: null },
  { n: 1e300, name: null, city: '广州', day: null, ok: true },
  { n: 3, name: 'zebra, "old"', city: '北京', day: '2024-02-29', ok: false },
  { n: -20, name: 'älg', city: '上海', day: '2024-02-01', ok: true },
]
const COLUMNS = ['n', 'name', 'city', 'day', 'ok']

function view(asked: TableView): number[] {
  const table = createViewableTable(columnsOf('test', ROWS), ROWS.length)
  const { rows, matching } = table.view(asked)
  const found = rows ? [...rows] : ROWS.map((_, row) => row)
  expect(matching).toBe(found.length)
  return found
}
const sorted = (...by: string[]): number[] =>
  view({
    sort: by.map((name) => ({
      column: COLUMNS.indexOf(name.replace('-', '')),
      descending: name.startsWith('-'),
    })),
  })
const filtered = (name: string, text: string): number[] => view({ filters: [{ column: COLUMNS.indexOf(name), text }] })

describe('rows are sorted', () => {
  test('by numbers of any size and sign, missing ones last in both directions, equal ones in their order', () => {
    expect(sorted('n')).toEqual([5, 2, 0, 4, 3, 1])
    expect(sorted('-n')).toEqual([3, 0, 4, 2, 5, 1])
  })

  test('by texts as a language does: case and accents beside their letter, numbers in texts as numbers, 拼音', () => {
    expect(sorted('name')).toEqual([5, 2, 1, 0, 4, 3])
    expect(sorted('city')).toEqual([1, 4, 3, 0, 5, 2])
    expect(sorted('-city')).toEqual([0, 5, 3, 1, 4, 2])
    expect(sorted('day')).toEqual([2, 1, 0, 5, 4, 3])
    expect(sorted('ok')).toEqual([1, 4, 0, 3, 5, 2])
  })

  test('by several columns, the first being the most important', () => {
    expect(sorted('city', '-n')).toEqual([4, 1, 3, 0, 5, 2])
    expect(sorted('-ok', 'day', 'n')).toEqual([5, 0, 3, 1, 4, 2])
  })

  test('also with so many distinct texts that they are compared by their letters only', () => {
    const words = Array.from(
      { length: 60_000 },
      (_, i) => `${i % 2 === 0 ? 'Key' : 'key'} ${((i * 7919) % 60_000).toString(36)}`,
    )
    const ranks = rankTexts({ type: 'text', dictionary: words })
    const inOrder = words.map((word, code) => [ranks[code]!, word.toLowerCase()] as const).toSorted(([a], [b]) => a - b)
    expect(inOrder.map(([, word]) => word)).toEqual(words.map((word) => word.toLowerCase()).toSorted())
  })
})

describe('rows are filtered', () => {
  test.each([
    ['n', '3', [0, 4]],
    ['n', '>=3', [0, 3, 4]],
    ['n', '＜ 0', [2, 5]],
    ['n', '!=3', [2, 3, 5]],
    ['n', '-20..0', [2, 5]],
    ['n', '..0', [2, 5]],
    ['n', '0…', [0, 3, 4]],
    ['n', '0~1,000', [0, 4]],
    ['n', '<0.1万', [0, 2, 4, 5]],
    ['n', '=', [1]],
    ['n', '!=', [0, 2, 3, 4, 5]],
    ['name', 'ITEM', [0, 1, 2]],
    ['name', '=item 2', [1]],
    ['name', '!= item 2', [0, 2, 4, 5]],
    ['city', '京', [1, 4]],
    ['city', '=', [2]],
    ['day', '2024-02', [0, 4, 5]],
    ['day', '2024年2月', [0, 4, 5]],
    ['day', '<2024', [2]],
    ['day', '2024/1/15..2024-02-01', [0, 1, 5]],
    ['day', '>2024-02-01', [4]],
    ['ok', 'yes', [0, 3, 5]],
    ['ok', '否', [1, 4]],
    ['ok', '=', [2]],
    ['ok', ' ', [0, 1, 2, 3, 4, 5]],
  ] as const)('%s %s', (name, text, rows) => {
    expect(filtered(name, text)).toEqual(rows)
  })

  test('by all filters and the search together, in the order of the sort', () => {
    const asked = {
      filters: [
        { column: 0, text: '>-100' },
        { column: 2, text: '上' },
      ],
      search: '2024-02',
    }
    expect(view(asked)).toEqual([0, 5])
    expect(view({ ...asked, sort: [{ column: 0, descending: false }] })).toEqual([5, 0])
  })

  test('by a search in any column: texts, dates, digits of numbers, true and false', () => {
    expect(['北', '0.5', '2024-02-29', 'zebra', 'tru', 'nowhere'].map((search) => view({ search }))).toEqual([
      [1, 4],
      [2],
      [4],
      [4],
      [0, 3, 5],
      [],
    ])
  })

  test('not by what is not understood, which is told', () => {
    const table = createViewableTable(columnsOf('test', ROWS), ROWS.length)
    const asked = [
      { column: 0, text: 'dear' },
      { column: 3, text: '1..2..' },
      { column: 9, text: 'x' },
      { column: 4, text: 'perhaps' },
    ]
    expect(table.view({ filters: asked })).toMatchObject({ matching: 6, refused: [0, 3, 9, 4] })
  })
})

test('numbers that are names have no separators; others show the digits that all have', () => {
  const shown = (name: string, values: readonly (number | null)[]) => {
    const [column] = columnsOf(
      'test',
      values.map((value) => ({ [name]: value })),
    )
    const { decimals, plain } = formatColumn(column!, undefined)
    return [decimals, plain]
  }
  expect(shown('year', [1999, 2024])).toEqual([0, true])
  expect(shown('price', [1999, 2500])).toEqual([0, undefined])
  expect(shown('customer_id', [12_345, 6])).toEqual([0, true])
  expect(shown('订单编号', [12_345])).toEqual([0, true])
  expect(shown('paid', [12_345])).toEqual([0, undefined])
  expect(shown('price', [1.5, 2, null, 3.25])).toEqual([2, undefined])
  expect(shown('tiny', [1e-9, 2])).toEqual([undefined, undefined])
  expect(shown('exact', [0.123456789])).toEqual([undefined, undefined])
})
