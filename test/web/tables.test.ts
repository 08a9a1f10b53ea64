// The page's models of tables: rows fetched as they are needed, scrolling, selection, texts of cells and cards.
import { describe, expect, test } from 'vitest'
import type { TableShape } from '../../src/http/schemas.ts'
import type { TableRequest } from '../../src/web/api/client.ts'
import { RequestProblem } from '../../src/web/api/problem.ts'
import { tableWordsEn } from '../../src/web/i18n/table-words-en.ts'
import { tableWordsZh } from '../../src/web/i18n/table-words-zh.ts'
import { numberOf, toCsv } from '../../src/web/model/tables/answer-cells.ts'
import { toWorkbook } from '../../src/web/model/tables/answer-workbook.ts'
import { summarizeColumn } from '../../src/web/model/tables/column-summary.ts'
import { createFormat, toTsv, widthFor } from '../../src/web/model/tables/format-cell.ts'
import { HEADER, moveSelection, nextSort, rangeOf } from '../../src/web/model/tables/grid-selection.ts'
import { areNumbers } from '../../src/web/model/tables/number-columns.ts'
import { MAX_HEIGHT, scrollTo, showTop } from '../../src/web/model/tables/scroll-scale.ts'
import { createTableSource } from '../../src/web/model/tables/table-source.ts'

/** A table of numbered rows; `log` has what was asked for, and each answer waits for `release`. */
function scene(total: number, isLarge = false) {
  const log: string[] = []
  let waiting: (() => void)[] = []
  const fetchWindow = async (request: TableRequest, signal: AbortSignal): Promise<TableShape> => {
    const { from, count, preview = false, view } = request
    log.push(`${preview ? 'preview ' : ''}${view.search ?? ''}${from}+${count}`)
    await new Promise<void>((resolve) => waiting.push(resolve))
    if (signal.aborted) {
      log.push(`cancelled ${from}`)
      throw new RequestProblem(0, 'offline', 'Cancelled.')
    }
    const all = preview ? 50 : total
    const rows = Array.from({ length: Math.max(0, Math.min(count, all - from)) }, (_, i) => [from + i])
    const facts = { total: all, matching: all, columns: [{ name: 'n', type: 'number' as const }], notes: [] }
    return { ...facts, from, rows, ...(preview && { isPart: true as const }) }
  }
  const source = createTableSource(fetchWindow, isLarge)
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 5; i++) {
      for (const go of waiting.splice(0)) go()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return { log, source, settle, drop: () => void (waiting = []) }
}

describe('rows of a table', () => {
  test('are fetched in windows around what is on the screen, each once', async () => {
    const { log, source, settle } = scene(100_000)
    source.open()
    await settle()
    expect([source.state.rows, source.rowAt(199), source.rowAt(200)]).toEqual([100_000, [199], undefined])
    source.need(100, 130)
    await settle()
    source.need(190, 220)
    await settle()
    source.need(50_000, 50_030)
    await settle()
    source.need(49_990, 50_020)
    await settle()
    expect(log).toEqual(['0+200', '200+80', '49940+150'])
    expect(source.rowAt(50_020)).toEqual([50_020])
    source.close()
  })

  test('that are no longer wanted are cancelled', async () => {
    const { log, source, settle } = scene(100_000)
    source.open()
    await settle()
    source.need(10_000, 10_030)
    source.need(90_000, 90_030)
    await settle()
    source.show({ search: 'x' })
    expect(source.state.isOutdated).toBe(true)
    await settle()
    expect(log).toEqual(['0+200', '9940+150', '89940+150', 'cancelled 9940', 'x0+200'])
    expect([source.state.isOutdated, source.rowAt(90_000), source.rowAt(0)]).toEqual([false, undefined, [0]])
  })

  test('of a large file are first those of its beginning', async () => {
    const { log, source, settle } = scene(100_000, true)
    const states: unknown[] = []
    source.subscribe(() => states.push([source.state.isReading, source.state.rows]))
    source.open()
    await settle()
    expect(states).toEqual([
      [false, 0],
      [true, 50],
      [false, 100_000],
    ])
    source.show({ search: 'x' })
    await settle()
    expect(log).toEqual(['preview 0+200', '0+200', 'x0+200'])
  })

  test('are collected for a copy though they are not on the screen', async () => {
    const { source, settle } = scene(450)
    source.open()
    await settle()
    const copied = source.collect(150, 10_000)
    for (let i = 0; i < 4; i++) await settle()
    expect((await copied).map(([n]) => n)).toEqual(Array.from({ length: 300 }, (_, i) => 150 + i))
  })

  test('that cannot be read are a problem, until it is tried again', async () => {
    let times = 0
    const source = createTableSource(async () => {
      times++
      throw new RequestProblem(422, 'not_a_table', 'The file is empty')
    }, false)
    source.open()
    await expect.poll(() => source.state.problem).toMatchObject({ code: 'not_a_table' })
    source.need(0, 30)
    expect(times).toBe(1)
    source.open()
    expect(source.state.problem).toBeUndefined()
  })
})

describe('scrolling', () => {
  const [rows, viewport] = [32_000_000, 600]

  test('of few rows is that of the browser', () => {
    expect(scrollTo(showTop(0, 10_000, viewport), 5000, 10_000, viewport)).toEqual({
      height: 10_000,
      scrollTop: 5000,
      top: 5000,
    })
  })

  test('of more rows than a browser lays out moves by pixels, jumps by shares, and reaches both ends', () => {
    const start = showTop(0, rows, viewport)
    expect(start).toEqual({ height: MAX_HEIGHT, scrollTop: 0, top: 0 })
    const small = scrollTo(start, 120, rows, viewport)
    expect(small.top).toBe(120)
    expect(scrollTo(small, 240, rows, viewport).top).toBe(240)
    const half = scrollTo(small, (MAX_HEIGHT - viewport) / 2, rows, viewport)
    expect(Math.round(half.top)).toBe((rows - viewport) / 2)
    expect(scrollTo(half, MAX_HEIGHT - viewport, rows, viewport).top).toBe(rows - viewport)
    expect(scrollTo(half, 0, rows, viewport).top).toBe(0)
    const shown = showTop(16_000_000, rows, viewport)
    expect(shown.top).toBe(16_000_000)
    expect(scrollTo(shown, shown.scrollTop - 32, rows, viewport).top).toBe(16_000_000 - 32)
  })
})

describe('the selection', () => {
  const bounds = { rows: 100, columns: 4, page: 10 }
  const at = (row: number, column: number) => ({ anchor: { row, column }, focus: { row, column } })
  const press = (key: string, more: object = {}, from = at(5, 1)) =>
    moveSelection(from, { key, shiftKey: false, ctrlKey: false, metaKey: false, ...more }, bounds)

  test('moves with the keys, and stays within the table', () => {
    const keys = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End']
    expect(keys.map((key) => press(key)?.focus)).toEqual(
      [
        [4, 1],
        [6, 1],
        [5, 0],
        [5, 2],
        [0, 1],
        [15, 1],
        [5, 0],
        [5, 3],
      ].map(([row, column]) => ({ row, column })),
    )
    expect(press('End', { ctrlKey: true })).toEqual(at(99, 3))
    expect(press('ArrowUp', {}, at(0, 2))).toEqual(at(HEADER, 2))
    expect(press('ArrowUp', {}, at(HEADER, 2))).toEqual(at(HEADER, 2))
    expect(press('x')).toBeUndefined()
  })

  test('grows with Shift, and is everything with Ctrl+A', () => {
    const grown = press('ArrowLeft', { shiftKey: true })
    expect(rangeOf(press('PageDown', { shiftKey: true }, grown)!)).toEqual({ top: 5, bottom: 15, left: 0, right: 1 })
    expect(rangeOf(press('a', { metaKey: true })!)).toEqual({ top: 0, bottom: 99, left: 0, right: 3 })
  })

  test('a column is sorted up, then down, then not; with Shift beside others', () => {
    const up = nextSort([], 2, false)
    const down = nextSort(up, 2, false)
    expect([up, down, nextSort(down, 2, false)]).toEqual([
      [{ column: 2, descending: false }],
      [{ column: 2, descending: true }],
      [],
    ])
    expect(nextSort(down, 0, true)).toEqual([...down, { column: 0, descending: false }])
    expect(nextSort(down, 0, false)).toEqual([{ column: 0, descending: false }])
  })
})

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
