// Turns a whole answer into a step: cells to run, calls that could not be read, or the answer itself.
import type { Event } from '../../../../sessions/event.ts'
import { looksLikePairs, readBlock } from '../../edit-block.ts'
import { applyEdit } from '../../edit-reading.ts'
import { readCall, describeCut } from './tool-arguments.ts'
import type { Block } from './fence.ts'
import type { Reply } from './reply.ts'
import type { Action, PlannedCell, PlannedHelp, PlannerEvent, Step, UnreadableCall } from '../../planner.ts'

/** `journal` holds the cells that edits refer to, and numbers the unreadable calls that came without an id. */
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
  const actions: Action[] = []
  const unreadable: UnreadableCall[] = []
  const former = journal.filter((event) => event.type === 'unreadable').length
  const newId = () => `unread${String(former + unreadable.length + 1).padStart(3, '0')}`
  for (const call of reply.calls) {
    const read = readCall(call, journal, cut)
    if ('problem' in read)
      unreadable.push({ callId: call.id || newId(), arguments: call.arguments, problem: read.problem })
    else actions.push(read)
  }
  for (const [i, block] of reply.blocks.entries()) {
    const broken = cut && reply.open && i === reply.blocks.length - 1
    const read = broken ? { said: block.body, problem: describeCut(block.body) } : readFenced(block, journal)
    if ('code' in read || 'help' in read) actions.push(read)
    else unreadable.push({ callId: newId(), arguments: read.said, problem: read.problem })
  }
  return { type: 'run', text: reply.text, actions, unreadable }
}

/** `said`: the text to keep of a block that cannot run; for an edit, in the form of a tool call's arguments. */
function readFenced(
  block: Block,
  journal: readonly Event[],
): PlannedCell | PlannedHelp | { said: string; problem: string } {
  const { body } = block
  if (block.help) return { help: body.trim() }
  if (!block.edits && !looksLikePairs(body))
    return body.trim() === '' ? { said: body, problem: 'The code block is empty.' } : { code: body }
  const edit = readBlock(block.cell, body)
  if ('problem' in edit) return { said: body, problem: edit.problem }
  const cell = applyEdit(journal, edit)
  return 'code' in cell ? cell : { said: JSON.stringify(edit), problem: cell.problem }
}
