// Turns a model's tool call into an action, or a sentence about what is wrong with it. Whether a cell is new or an edit
// is decided by the arguments: models mix up the tool names.
import type { Event } from '../../../../sessions/event.ts'
import { readEdit, toCell, type Problem } from '../../edit-reading.ts'
import { count } from '../../messages/text.ts'
import type { Call } from './tool-calls.ts'
import { readDrawing, readLook } from './picture-calls.ts'
import type { Action, PlannedCell } from '../../planner.ts'
import { EDIT, GENERATE, HELP, REWORK, RUN, VIEW } from '../../tools.ts'

/** `cut`: the answer ended at the model's output limit. */
export function readCall(call: Call, journal: readonly Event[], cut: boolean): Action | Problem {
  if (!NAMES.has(call.name)) return { problem: `There is no tool "${call.name}"; ${TOOLS_SAID}` }
  let parsed: unknown
  try {
    parsed = JSON.parse(call.arguments)
  } catch (error) {
    return { problem: cut ? tooLong(call.arguments) : notJson(call, error as Error) }
  }
  const args = (typeof parsed === 'object' && parsed !== null ? parsed : {}) as Record<string, unknown>
  const action = toAction(call.name, args, journal)
  return 'problem' in action || !call.id ? action : { ...action, callId: call.id }
}

const NAMES: ReadonlySet<string> = new Set(['', RUN, EDIT, HELP, VIEW, GENERATE, REWORK])
const TOOLS_SAID = `the tools are "${RUN}", with the snippet as "code", and "${EDIT}".`

function toAction(name: string, args: Record<string, unknown>, journal: readonly Event[]): Action | Problem {
  if (name === HELP) return { help: typeof args['topic'] === 'string' ? args['topic'] : '' }
  if (name === VIEW) return readLook(args)
  if (name === GENERATE || name === REWORK) return readDrawing(args)
  const cell = toPlanned(name, args, journal)
  if ('problem' in cell) return cell
  const purpose = typeof args['purpose'] === 'string' ? args['purpose'].trim() : ''
  return { ...cell, ...(purpose === '' ? {} : { purpose }) }
}

function toPlanned(name: string, args: Record<string, unknown>, journal: readonly Event[]): PlannedCell | Problem {
  const { code, edits, find } = args
  const hasCode = typeof code === 'string' && code.trim() !== ''
  const isEdit = !hasCode && (name === EDIT || edits !== undefined || find !== undefined)
  if (!isEdit) return hasCode ? { code } : { problem: 'The arguments lack "code", the snippet as a string.' }
  const edit = readEdit(args)
  return 'problem' in edit ? edit : toCell(journal, edit)
}

function notJson(call: Call, error: Error): string {
  const why = call.arguments.trim() === '' ? 'they are empty' : error.message
  const form =
    call.name === EDIT
      ? '{"cell": 3, "edits": [{"find": "…", "replace": "…"}]}'
      : '{"code": "…"} with the snippet as one JSON string'
  return `The arguments are not JSON (${why}). Send ${form}.`
}

/** Why a call or block does not run that was cut at the output limit. */
export function tooLong(said: string): string {
  return `The call was cut at the model's output limit, after ${count(said.length)} characters. Nothing ran; send a shorter snippet, or several.`
}
