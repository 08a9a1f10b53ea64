// A whole answer -> a step: cells to run, calls that could not be read, or the answer itself.
import type { Event } from '../../sessions/event.ts'
import { count } from './messages-text.ts'
import type { Call } from './openai-calls.ts'
import type { Reply } from './openai-reply.ts'
import type { PlannedCell, PlannerEvent, Step, UnreadableCall } from './planner.ts'
import { TOOL_NAME } from './tools.ts'

/** `journal` numbers the unreadable calls that came without an id. */
export async function* toStep(reply: Reply, journal: readonly Event[]): AsyncGenerator<PlannerEvent, Step> {
  const cut = reply.finish === 'length'
  if (reply.finish === 'content_filter' && reply.calls.length === 0) {
    const message = "The endpoint's content filter stopped the answer. Put the request in other words."
    return { type: 'failed', code: 'endpoint_filter', message }
  }
  if (reply.calls.length === 0 && reply.blocks.length === 0) {
    if (cut) yield { type: 'notice', text: "The answer ends early: it reached the model's output limit." }
    return { type: 'answer', text: reply.text }
  }
  const cells: PlannedCell[] = []
  const unreadable: UnreadableCall[] = []
  const former = journal.filter((event) => event.type === 'unreadable').length
  const newId = () => `unread${String(former + unreadable.length + 1).padStart(3, '0')}`
  for (const call of reply.calls) {
    const read = readCall(call, cut)
    if ('code' in read) cells.push(read)
    else unreadable.push({ callId: call.id || newId(), arguments: call.arguments, problem: read.problem })
  }
  reply.blocks.forEach((code, i) => {
    const broken = cut && reply.open && i === reply.blocks.length - 1
    const problem = code.trim() === '' ? 'The code block is empty.' : broken ? tooLong(code) : undefined
    if (problem) unreadable.push({ callId: newId(), arguments: code, problem })
    else cells.push({ code })
  })
  return { type: 'run', text: reply.text, cells, unreadable }
}

function readCall(call: Call, cut: boolean): PlannedCell | { readonly problem: string } {
  if (call.name !== '' && call.name !== TOOL_NAME) {
    return { problem: `There is no tool "${call.name}"; the only tool is "${TOOL_NAME}", with the snippet as "code".` }
  }
  let args: unknown
  try {
    args = JSON.parse(call.arguments)
  } catch (error) {
    if (cut) return { problem: tooLong(call.arguments) }
    const why = call.arguments.trim() === '' ? 'they are empty' : (error as Error).message
    return { problem: `The arguments are not JSON (${why}). Send {"code": "…"} with the snippet as one JSON string.` }
  }
  const { code, purpose } = (typeof args === 'object' && args !== null ? args : {}) as Record<string, unknown>
  if (typeof code !== 'string' || code.trim() === '') {
    return { problem: 'The arguments lack "code", the snippet as a string.' }
  }
  return {
    code,
    ...(typeof purpose === 'string' && purpose.trim() !== '' ? { purpose: purpose.trim() } : {}),
    ...(call.id ? { callId: call.id } : {}),
  }
}

function tooLong(said: string): string {
  return `The call was cut at the model's output limit, after ${count(said.length)} characters. Nothing ran; send a shorter snippet, or several.`
}
