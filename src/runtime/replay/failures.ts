// Cells that cannot be run again: remembered while the session is open, hidden from the checker, reported in sentences.
import { lostCells, lostNames, type LostCells } from '../../../sessions/replay/plan.ts'
import type { Checker } from '../../check/checker.ts'
import type { OkCell } from './past-cells.ts'
import type { StepsEnd } from './steps.ts'
import { failedCell, skippedCell } from './messages.ts'

export interface Failures {
  /** The failed cells and those that use what they declared. */
  lost(cells: readonly OkCell[]): LostCells
  /** Adds a failed cell; returns a sentence for it, for those given up with it, and for those that depend on them. */
  add(cells: readonly OkCell[], end: Extract<StepsEnd, { type: 'failed' }>, givenUp: readonly number[]): string[]
}

/** Starts without failures. */
export function createFailures(checker: Pick<Checker, 'forget'>): Failures {
  const failed = new Set<number>()
  let known: LostCells = new Map()
  return {
    lost: (cells: readonly OkCell[]): LostCells => (known = failed.size > 0 ? lostCells(cells, failed) : known),
    add(cells: readonly OkCell[], end: Extract<StepsEnd, { type: 'failed' }>, givenUp: readonly number[]): string[] {
      if (end.cell === 0) return []
      const before = known
      for (const cell of [end.cell, ...givenUp]) failed.add(cell)
      known = lostCells(cells, failed)
      checker.forget(lostNames(cells, known))
      const names = (cell: number): string[] => lostNames(cells, new Map([[cell, undefined]]))
      const fresh = [...known].filter(([cell]) => !before.has(cell) && cell !== end.cell)
      return [
        failedCell(end.cell, end.failure, names(end.cell)),
        ...fresh.map(([cell, cause]) => skippedCell(cell, cause, names(cell))),
      ]
    },
  }
}
