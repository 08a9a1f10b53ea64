// Turns a model's tool call into an action, or a sentence about what is wrong with it. Whether a cell is new or an edit
// is decided by the arguments: models mix up the tool names.
import type { Event } from '../../../../sessions/event.ts'
import { readEdit, applyEdit, type Problem } from '../../edit-reading.ts'
import { formatCount } from '../../messages/text.ts'
import type { Call } from './tool-calls.ts'
import type { Action, PlannedCell, PlannedDrawing, PlannedLook } from '../../planner.ts'
import { EDIT_TOOL, GENERATE_IMAGE_TOOL, HELP_TOOL, EDIT_IMAGE_TOOL, RUN_TOOL, VIEW_IMAGES_TOOL } from '../../tools.ts'

/** `cut`: the answer ended at the model's output limit. */
export function readCall(call: Call, journal: readonly Event[], cut: boolean): Action | Problem {
  if (!NAMES.has(call.name)) return { problem: `There is no tool "${call.name}"; ${TOOLS_SAID}` }
  let parsed: unknown
  try {
    parsed = JSON.parse(call.arguments)
  } catch (error) {
    return { problem: cut ? describeCut(call.arguments) : notJson(call, error as Error) }
  }
  const args = (typeof parsed === 'object' && parsed !== null ? parsed : {}) as Record<string, unknown>
  const action = toAction(call.name, args, journal)
  return 'problem' in action || !call.id ? action : { ...action, callId: call.id }
}

const NAMES: ReadonlySet<string> = new Set([
  '',
  RUN_TOOL,
  EDIT_TOOL,
  HELP_TOOL,
  VIEW_IMAGES_TOOL,
  GENERATE_IMAGE_TOOL,
  EDIT_IMAGE_TOOL,
])
const TOOLS_SAID = `the tools are "${RUN_TOOL}", with the snippet as "code", and "${EDIT_TOOL}".`

function toAction(name: string, args: Record<string, unknown>, journal: readonly Event[]): Action | Problem {
  if (name === HELP_TOOL) return { help: typeof args['topic'] === 'string' ? args['topic'] : '' }
  if (name === VIEW_IMAGES_TOOL) return readLook(args)
  if (name === GENERATE_IMAGE_TOOL || name === EDIT_IMAGE_TOOL) return readDrawing(args)
  const cell = toPlanned(name, args, journal)
  if ('problem' in cell) return cell
  const purpose = typeof args['purpose'] === 'string' ? args['purpose'].trim() : ''
  return { ...cell, ...(purpose === '' ? {} : { purpose }) }
}

function toPlanned(name: string, args: Record<string, unknown>, journal: readonly Event[]): PlannedCell | Problem {
  const { code, edits, find } = args
  const hasCode = typeof code === 'string' && code.trim() !== ''
  const isEdit = !hasCode && (name === EDIT_TOOL || edits !== undefined || find !== undefined)
  if (!isEdit) return hasCode ? { code } : { problem: 'The arguments lack "code", the snippet as a string.' }
  const edit = readEdit(args)
  return 'problem' in edit ? edit : applyEdit(journal, edit)
}

function notJson(call: Call, error: Error): string {
  const why = call.arguments.trim() === '' ? 'they are empty' : error.message
  const form =
    call.name === EDIT_TOOL
      ? '{"cell": 3, "edits": [{"find": "…", "replace": "…"}]}'
      : '{"code": "…"} with the snippet as one JSON string'
  return `The arguments are not JSON (${why}). Send ${form}.`
}

/** Why a call or block does not run that was cut at the output limit. */
export function describeCut(said: string): string {
  return `The call was cut at the model's output limit, after ${formatCount(said.length)} characters. Nothing ran; send a shorter snippet, or several.`
}

const MAX_NAMES = 16
const MAX_NAME = 200
const MAX_PROMPT = 32_000

function readLook(args: Record<string, unknown>): PlannedLook | Problem {
  const look = namesIn(args['names'] ?? args['name'] ?? args['images'])
  if (look.length === 0) return { problem: 'The arguments lack "names", the files to see.' }
  return { look, detail: args['detail'] === 'low' ? 'low' : 'high' }
}

function readDrawing(args: Record<string, unknown>): PlannedDrawing | Problem {
  const { prompt, name, mask, size, quality, background } = args
  if (typeof prompt !== 'string' || prompt.trim() === '') return { problem: 'The arguments lack "prompt".' }
  if (prompt.length > MAX_PROMPT)
    return { problem: `The prompt has ${prompt.length} characters; at most ${MAX_PROMPT} are sent.` }
  const word = (key: string, value: unknown) =>
    typeof value === 'string' && value.trim() !== '' && value.length <= MAX_NAME ? { [key]: value.trim() } : {}
  const options = {
    ...word('mask', mask),
    ...word('size', size),
    ...word('quality', quality),
    ...word('background', background),
  }
  return {
    drawing: { prompt, name: fileName(name), inputs: namesIn(args['images'] ?? args['image']), ...options },
  }
}

/** As the model gave it; empty: any free name. */
function fileName(given: unknown): string {
  return typeof given === 'string' ? given.trim().slice(0, MAX_NAME) : ''
}

/** Accepts a list or a single string, with or without the folder. */
function namesIn(given: unknown): string[] {
  const list = Array.isArray(given) ? given : [given]
  const names = list.filter((one): one is string => typeof one === 'string' && one !== '' && one.length <= 1000)
  return [...new Set(names.map((name) => name.replace(/^\/mnt\/data\//, '')))].slice(0, MAX_NAMES)
}
