// Prepares a journaled cell to run again: unchanged, edited, or with new code. Cells of replaced requests do not count.
import { MAX_CELL_CODE } from '../../sandbox/limits.ts'
import type { Edit, Event } from '../../sessions/event.ts'
import { findLastEvent } from '../../sessions/journal/derived.ts'
import { applyEdits } from '../../sessions/journal/edits.ts'
import { effectiveEvents } from '../../sessions/journal/effective-events.ts'
import type { PlannedCell } from '../planner/planner.ts'
import { SessionProblem } from './session-problem.ts'

/** The change to a cell that runs again; an empty one runs it unchanged. */
export interface CellChange {
  /** The complete new code. */
  readonly code?: string | undefined
  readonly edits?: readonly Edit[] | undefined
}

/** The cell with the change applied. Throws SessionProblem "bad_edit". */
export function changedCell(journal: readonly Event[], cell: number, { code, edits = [] }: CellChange): PlannedCell {
  const events = effectiveEvents(journal)
  const edited = applyEdits(events, cell, edits)
  if ('problem' in edited) throw new SessionProblem('bad_edit', edited.problem)
  if (edits.length > 0 && edited.code.length > MAX_CELL_CODE) throw tooLong(edited.code.length)
  const original = findLastEvent(events, (event) => event.type === 'cell' && event.cell === cell)?.event
  const purpose = original?.type === 'cell' && original.purpose !== undefined ? { purpose: original.purpose } : {}
  if (code === undefined || code === edited.code)
    return { code: edited.code, from: { cell, edits: [...edits] }, ...purpose }
  // A complete rewrite is recorded as one large edit, so that the origin of the code stays known.
  return { code, from: { cell, edits: [{ find: edited.code, replace: code }] }, ...purpose }
}

function tooLong(length: number): SessionProblem {
  const [actual, most] = [length, MAX_CELL_CODE].map((figure) => figure.toLocaleString('en-US'))
  return new SessionProblem('bad_edit', `After these edits the cell has ${actual} characters; the limit is ${most}.`)
}
