// Parses a model's edit of an earlier cell, leniently: one edit without a list, lists as JSON text, numbers as text.
import { applyEdits } from '../../sessions/journal/edits.ts'
import type { Edit, Event } from '../../sessions/event.ts'
import type { PlannedCell } from './planner.ts'

/** The cell to edit, and the replacements in it. */
export type CellEdit = NonNullable<PlannedCell['from']>
export interface Problem {
  readonly problem: string
}

const FORM = '{"cell": 3, "edits": [{"find": "…", "replace": "…"}]}'

/** Parses the arguments of an edit call; a problem is a sentence for the model. */
export function readEdit(args: Readonly<Record<string, unknown>>): CellEdit | Problem {
  const cell = wholeNumber(args['cell'])
  if (cell === undefined) return { problem: `The arguments lack "cell", the number of the cell to edit. Send ${FORM}.` }
  const given = parsed(args['edits'] ?? (typeof args['find'] === 'string' ? args : undefined))
  const list = Array.isArray(given) ? given : [given]
  const edits: Edit[] = []
  for (const item of list) {
    const { find, replace } = (typeof item === 'object' && item !== null ? item : {}) as Record<string, unknown>
    const [piece, other] = [asText(find), asText(replace)]
    if (piece === undefined)
      return { problem: `The arguments lack "edits", a list of {"find", "replace"}. Send ${FORM}.` }
    if (other === undefined)
      return { problem: `The edit of ${JSON.stringify(piece.slice(0, 80))} lacks "replace"; "" takes the piece out.` }
    edits.push({ find: piece, replace: other })
  }
  return { cell, edits }
}

/** Applies the edit, giving the cell to run; `from` keeps what the model sent. */
export function applyEdit(journal: readonly Event[], edit: CellEdit): PlannedCell | Problem {
  const edited = applyEdits(journal, edit.cell, edit.edits)
  return 'code' in edited ? { code: edited.code, from: { cell: edit.cell, edits: edit.edits } } : edited
}

function wholeNumber(value: unknown): number | undefined {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value : ''
  const digits = /^\s*(?:cell\s*)?#?(\d{1,9})\s*$/i.exec(text)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** Some models send the list as a JSON string. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined
}
