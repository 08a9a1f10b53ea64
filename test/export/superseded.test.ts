// Cells that an export omits: those that an edited rerun replaced, unless they may have changed something else.
import { expect, it } from 'vitest'
import type { History, RanCell, Version } from '../../src/export/history.ts'
import { supersededCells } from '../../src/export/superseded.ts'
import { cardOf } from '../sessions/scene.ts'

/** Cell 1 leaves `data`; cell 3 is an edited rerun of cell 2, and both write a.txt. */
function historyOf(second: string): History {
  const made = (cell: number): Version => ({
    name: 'a.txt',
    number: cell - 1,
    hash: `${cell}`,
    bytes: 1,
    card: cardOf(1),
    cell,
  })
  const [old, current] = [made(2), made(3)]
  const cell = (number: number, code: string, change?: Version, before?: Version): RanCell => ({
    number,
    code,
    seed: 1,
    clock: 0,
    purpose: undefined,
    request: undefined,
    from: number === 3 ? { cell: 2, edits: [] } : undefined,
    status: 'ok',
    names: number === 1 ? ['data'] : [],
    files: new Map(before ? [['a.txt', before]] : []),
    fileChanges: change ? [{ name: 'a.txt', to: change, cell: number }] : [],
  })
  const cells = [cell(1, 'let data = [1]'), cell(2, second, old), cell(3, `${second} + 1`, current, old)]
  return {
    cells,
    fileChanges: cells.flatMap(({ fileChanges }) => fileChanges),
    files: new Map([['a.txt', current]]),
    made: new Map(),
  }
}

it('a cell that was replaced is omitted if it used nothing of earlier ones', () => {
  expect([...supersededCells(historyOf("writeFileSync('a.txt', 'x')"))]).toEqual([2])
})

it.each([
  "data.push(2); writeFileSync('a.txt', 'x')",
  "globalThis.data = [9]; writeFileSync('a.txt', 'x')",
  "globalThis['data'] = [9]; writeFileSync('a.txt', 'x')",
  "eval('da' + 'ta = 3'); writeFileSync('a.txt', 'x')",
  "self.data = [9]; writeFileSync('a.txt', 'x')",
])('%s may have changed what cell 1 left, so the cell stays', (code) => {
  expect([...supersededCells(historyOf(code))]).toEqual([])
})
