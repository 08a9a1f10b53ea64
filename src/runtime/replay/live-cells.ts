// What the child of a session holds now: which cells ran in it, and which of them bound each global name last.
import type { LiveState } from '../../../sessions/replay/plan.ts'
import type { Sandbox } from '../../runner/sandbox.ts'
import type { OkCell } from './past-cells.ts'

export interface LiveCells extends LiveState {
  /** True when the child is another one than at the last question: nothing lives in it. */
  isAnother(): boolean
  /** The cell ran; its names are looked up when they are asked for, as its result may not be in the journal yet. */
  ran(cell: number): void
  /** Binds the names of cells that ran. */
  settle(cells: readonly OkCell[]): void
  bind(name: string, cell: number): void
}

/** Nothing lives in the sandbox yet. */
export function createLiveCells(sandbox: Pick<Sandbox, 'generation'>): LiveCells {
  const cells = new Set<number>()
  const bound = new Map<string, number>()
  const waiting = new Set<number>()
  let { generation } = sandbox

  return {
    cells,
    bound,
    isAnother() {
      if (generation === sandbox.generation) return false
      generation = sandbox.generation
      cells.clear()
      bound.clear()
      waiting.clear()
      return true
    },
    ran(cell) {
      cells.add(cell)
      waiting.add(cell)
    },
    settle(past) {
      if (waiting.size === 0) return
      for (const { cell, names } of past) {
        if (waiting.delete(cell)) for (const name of names) bound.set(name, cell)
      }
    },
    bind: (name, cell) => void bound.set(name, cell),
  }
}
