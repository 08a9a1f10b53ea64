// The page's models of tables: rows fetched as they are needed, scrolling and selection.
import { describe, expect, test } from 'vitest'
import type { TableShape } from '../../src/http/schemas.ts'
import type { TableRequest } from '../../src/web/api/client.ts'
import { RequestProblem } from '../../src/web/api/problem.ts'
import { HEADER, moveSelection, nextSort, rangeOf } from '../../src/web/model/tables/grid-selection.ts'
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
    source.show({ search: 'x' }, undefined)
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
    source.show({ search: 'x' }, undefined)
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
