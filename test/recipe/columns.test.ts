// Columns that a recipe's snippets name, and tables that lack them.
import { expect, it } from 'vitest'
import type { FileInfo } from '../../sandbox/protocol.ts'
import { columnProblem, columnsNamed } from '../../src/recipe/columns.ts'

function table(...names: string[]): FileInfo {
  const columns = names.map((name) => ({ name, type: 'text' }))
  return { kind: 'table', mime: 'text/csv', bytes: 1, columns }
}

it('columns are named by whole strings and after dots, not by words of titles, keys or what every array has', () => {
  const code = `
    const X = 'city', title = 'rain by month'
    rows.map((row) => [row[X], row.units, row?.['sales 销售'], rows.length, rows.map])
    chart({ data: [], month: 1, rain })`
  const card = table('city', 'units', 'sales 销售', 'rain', 'month', 'length', 'map', 'data', '')
  expect(columnsNamed(card, [code, "'rain'"])).toEqual(['city', 'units', 'sales 销售', 'rain'])
  expect(columnsNamed({ kind: 'picture', mime: 'image/png', bytes: 1 }, [code])).toEqual([])
})

it('a table without one of them is told which, and which it has; what is no table is left to the snippets', () => {
  expect(columnProblem(table('a', 'b'), ['a', 'b'])).toBeUndefined()
  expect(columnProblem(table('a', 'b'), ['a', 'c'])).toBe(
    'It has no column "c", which the recipe reads; it has "a", "b".',
  )
  expect(columnProblem(table(...'abcdefghijklmnop'), ['x', 'y'])).toBe(
    'It has no columns "x", "y", which the recipe reads; it has "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l" and 4 more.',
  )
  expect(columnProblem({ kind: 'picture', mime: 'image/png', bytes: 1 }, ['a'])).toBeUndefined()
})
