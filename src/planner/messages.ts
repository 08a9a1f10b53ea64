// Journal -> chat messages. A pure function of the journal, so each request begins with the former one (prompt caches).
import type OpenAI from 'openai'
import type { Event, EventOf } from '../../sessions/event.ts'
import { callOfCell, callOfUnreadable, describeChange, type ShownCall } from './messages-call.ts'
import { describeUpload } from './messages-card.ts'
import { createVersions, describeGone, describeRestored, type Versions } from './messages-note.ts'
import { describeResult, type CellRecord } from './messages-result.ts'
import { clip, withoutBase64 } from './messages-text.ts'
import { systemPrompt, type Protocol } from './prompt.ts'

type Message = OpenAI.ChatCompletionMessageParam

interface Draft {
  readonly protocol: Protocol
  readonly messages: Message[]
  /** Words of the model that wait for the cell or answer they belong to. */
  plan: string[]
  uploads: EventOf<'upload'>[]
  /** Notes for the next message to the model: what it has read already stays as it was. */
  notes: string[]
  readonly versions: Versions
  /** Each cell's code, so that an edit's result can quote what changed. */
  readonly codes: Map<number, string>
  /** Between a request and its end; a cell outside of it is the person's own. */
  asked: boolean
  open: { type: 'ask'; text: string } | { type: 'cell'; record: CellRecord } | undefined
  callIds: Set<string>
}

/** System prompt, then user, assistant and tool messages in the journal's order; `fenced` uses no tool messages. */
export function buildMessages(journal: readonly Event[], protocol: Protocol): Message[] {
  const draft: Draft = {
    protocol,
    messages: [{ role: 'system', content: systemPrompt(protocol) }],
    plan: [],
    uploads: [],
    notes: [],
    versions: createVersions(),
    codes: new Map(),
    asked: false,
    open: undefined,
    callIds: new Set(),
  }
  for (const event of journal) take(draft, event)
  close(draft)
  return draft.messages
}

/** Whether a notice changes what the model may rely on: variables lost, a sandbox restarted or rebuilt. */
function concernsModel(notice: EventOf<'notice'>): boolean {
  return /\b(?:variables|restarted|rebuilt)\b/i.test(notice.text)
}

function take(draft: Draft, event: Event): void {
  draft.versions.take(event)
  if (event.type === 'notice') notice(draft, event)
  else if (event.type === 'restored') note(draft, describeRestored(event))
  else if (event.type === 'gone') draft.notes.push(describeGone(event))
  else if (event.type === 'undo') draft.notes.push(draft.versions.describe(event))
  else if (event.type === 'upload') draft.uploads.push(event)
  else if (event.type === 'plan') say(draft, event.text)
  else if (event.type === 'ask') ask(draft, event)
  else if (event.type === 'cell') startCell(draft, event)
  else if (event.type === 'unreadable') refuse(draft, event)
  else if (event.type === 'message') answer(draft, event.text)
  else if (event.type === 'end') endTurn(draft, event)
  else if (draft.open?.type === 'cell') addToCell(draft.open.record, event)
}

function notice(draft: Draft, event: EventOf<'notice'>): void {
  if (!concernsModel(event)) return
  const text = clip(event.text, 600)
  if (draft.open?.type === 'cell') draft.open.record.notes.push(text)
  else if (draft.open) draft.open.text += `\n\nNote: ${text}`
  else draft.notes.push(text)
}

/** Into the result of the cell that runs, else into the next message. */
function note(draft: Draft, text: string): void {
  const running = draft.open?.type === 'cell' && !draft.open.record.result ? draft.open.record : undefined
  const notes = running?.notes ?? draft.notes
  notes.push(text)
}

function say(draft: Draft, text: string): void {
  close(draft)
  if (text.trim() !== '') draft.plan.push(text.trim())
}

function ask(draft: Draft, event: EventOf<'ask'>): void {
  close(draft)
  endWith(draft, draft.asked ? '(No answer: interrupted.)' : '(The person ran it.)')
  draft.asked = true
  const fresh = draft.uploads.map((upload) => describeUpload(upload.name, upload.card))
  const known = event.files.filter((name) => !draft.uploads.some((upload) => upload.name === name))
  const parts = [
    withoutBase64(event.text),
    fresh.length > 0 && `Files, now in /mnt/data:\n${fresh.join('\n')}`,
    known.length > 0 && `About: ${known.map((name) => JSON.stringify(name)).join(', ')}`,
    ...draft.notes.map((text) => `Note: ${text}`),
  ]
  draft.uploads = []
  draft.notes = []
  draft.open = { type: 'ask', text: parts.filter(Boolean).join('\n\n') }
}

function startCell(draft: Draft, cell: EventOf<'cell'>): void {
  close(draft, 'keep the plan')
  if (!draft.asked && !isOwed(draft)) draft.messages.push({ role: 'user', content: 'I run this cell myself.' })
  const before = cell.from && draft.codes.get(cell.from.cell)
  draft.codes.set(cell.cell, cell.code)
  const record = {
    cell,
    changed: before === undefined ? [] : describeChange(before, cell.code),
    prints: [],
    files: new Map(),
    removed: new Set<string>(),
    diagnostics: [],
    notes: draft.notes.splice(0),
    result: undefined,
  }
  draft.open = { type: 'cell', record }
}

function addToCell(record: CellRecord, event: Event): void {
  if (event.type === 'print') record.prints.push(event)
  else if (event.type === 'file') record.files.set(event.name, event)
  else if (event.type === 'rejected') record.diagnostics.push(...event.diagnostics)
  else if (event.type === 'result') record.result = event
  else if (event.type === 'removed' && !record.files.delete(event.name)) record.removed.add(event.name)
}

function refuse(draft: Draft, event: EventOf<'unreadable'>): void {
  close(draft, 'keep the plan')
  pushCall(
    draft,
    event.callId,
    callOfUnreadable(event),
    `status: not run
${clip(event.problem, 1000)}`,
  )
}

function answer(draft: Draft, text: string): void {
  close(draft, 'keep the plan')
  pushAssistant(draft, text)
}

function endTurn(draft: Draft, event: EventOf<'end'>): void {
  close(draft)
  if (!draft.asked) return
  endWith(draft, `(No answer: ${event.status}.)`)
  draft.asked = false
}

/** Whether the last word is not the model's, so that its own must come before a person's. */
function isOwed({ messages }: Draft): boolean {
  const last = messages.at(-1)?.role
  return last === 'tool' || last === 'user'
}

function endWith(draft: Draft, text: string): void {
  if (isOwed(draft)) pushAssistant(draft, text)
}

/** Finishes what was open; a plan that nothing followed becomes a message of its own. */
function close(draft: Draft, plan: 'flush' | 'keep the plan' = 'flush'): void {
  const open = draft.open
  draft.open = undefined
  if (open?.type === 'ask') draft.messages.push({ role: 'user', content: open.text })
  if (open?.type === 'cell') {
    const { cell } = open.record
    const id = cell.callId || `cell${String(cell.cell).padStart(5, '0')}`
    pushCall(draft, id, callOfCell(cell), describeResult(open.record))
  } else if (plan === 'flush' && draft.plan.length > 0) pushAssistant(draft, '')
}

function pushCall(draft: Draft, id: string, { name, args, fenced }: ShownCall, result: string): void {
  if (draft.protocol === 'fenced') {
    pushAssistant(draft, fenced)
    draft.messages.push({ role: 'user', content: `Result of that block:\n${result}` })
    return
  }
  const own = ownId(draft.callIds, id)
  const content = draft.plan.join('\n\n')
  draft.plan = []
  const call = { id: own, type: 'function' as const, function: { name, arguments: JSON.stringify(args) } }
  draft.messages.push({ role: 'assistant', content: content || null, tool_calls: [call] })
  draft.messages.push({ role: 'tool', tool_call_id: own, content: result })
}

function pushAssistant(draft: Draft, text: string): void {
  const content = [...draft.plan, text].filter(Boolean).join('\n\n')
  draft.plan = []
  draft.messages.push({ role: 'assistant', content })
}

/** Some endpoints number their calls anew in each answer; strict ones refuse an id that comes twice. */
function ownId(taken: Set<string>, id: string): string {
  let own = id
  for (let n = 2; taken.has(own); n++) own = `${id}-${n}`
  taken.add(own)
  return own
}
