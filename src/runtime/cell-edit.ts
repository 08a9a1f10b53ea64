// A cell of the journal as it is to run again: as it was, with edits, or with new code. Cells of replaced requests are no more.
import { MAX_CELL_CODE } from '../../sandbox/limits.ts'
import type { Edit, Event } from '../../sessions/event.ts'
import { lastMark } from '../../sessions/journal/derived.ts'
import { editedCode } from '../../sessions/journal/edits.ts'
import { effectiveEvents } from '../../sessions/journal/effective-events.ts'
import type { PlannedCell } from '../planner/planner.ts'
import { SessionProblem } from './session-problem.ts'

/** What is different in a cell that runs again; nothing: it runs as it was. */
export interface CellChange {
  /** All of it. */
  readonly code?: string | undefined
  readonly edits?: readonly Edit[] | undefined
}

/** The cell with the change made. Throws SessionProblem "bad_edit". */
export function changedCell(journal: readonly Event[], cell: number, { code, edits = [] }: CellChange): PlannedCell {
  const events = effectiveEvents(journal)
  const edited = editedCode(events, cell, edits)
  if ('problem' in edited) throw new SessionProblem('bad_edit', edited.problem)
  if (edits.length > 0 && edited.code.length > MAX_CELL_CODE) throw tooLong(edited.code.length)
  const original = lastMark(events, (event) => event.type === 'cell' && event.cell === cell)?.event
  const purpose = original?.type === 'cell' && original.purpose !== undefined ? { purpose: original.purpose } : {}
  if (code === undefined || code === edited.code)
    return { code: edited.code, from: { cell, edits: [...edits] }, ...purpose }
  // All of it written anew is one large edit: where it comes from stays known.
  return { code, from: { cell, edits: [{ find: edited.code, replace: code }] }, ...purpose }
}

function tooLong(length: number): SessionProblem {
  const [actual, most] = [length, MAX_CELL_CODE].map((figure) => figure.toLocaleString('en-US'))
  return new SessionProblem('bad_edit', `After these edits the cell has ${actual} characters; the limit is ${most}.`)
}
