// State of the session's child: which cells ran in it, and which of them bound each global name last.
import type { LiveState } from '../../../sessions/replay/plan.ts'
import type { Sandbox } from '../../runner/sandbox.ts'
import type { OkCell } from './past-cells.ts'

export interface LiveCells extends LiveState {
  /** True if the child has been replaced since the last call; the state is then empty. */
  wasReplaced(): boolean
  /** The cell ran; `bindPending` binds its names, because its result may not be in the journal yet. */
  ran(cell: number): void
  /** Binds the names of the cells that ran since the last call. */
  bindPending(cells: readonly OkCell[]): void
  bind(name: string, cell: number): void
}

/** Expects a sandbox in which no cell has run yet. */
export function createLiveCells(sandbox: Pick<Sandbox, 'generation'>): LiveCells {
  const cells = new Set<number>()
  const bound = new Map<string, number>()
  const waiting = new Set<number>()
  let { generation } = sandbox

  return {
    cells,
    bound,
    wasReplaced() {
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
    bindPending(past) {
      if (waiting.size === 0) return
      for (const { cell, names } of past) {
        if (waiting.delete(cell)) for (const name of names) bound.set(name, cell)
      }
    },
    bind: (name, cell) => void bound.set(name, cell),
  }
}
