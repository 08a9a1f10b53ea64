// Journal -> chat messages. A pure function of the journal, so each request begins with the former one (prompt caches).
import type { Event, EventOf } from '../../../sessions/event.ts'
import { writeDigest } from '../compaction/digest.ts'
import { callOfCell, callOfDrawing, callOfHelp, callOfLook, callOfUnreadable, describeChange } from './call.ts'
import { describeUpload } from './card.ts'
import { endWith, isReplyOwed, pushAssistant, pushCall, pushRequest, type MessageDraft, type Message } from './draft.ts'
import { createVersions, describeGone, describeRestored } from './note.ts'
import { isPicture, lookResult, partsOf, type PictureUrls } from './picture.ts'
import { describeDrawing, describeResult, type CellRecord, type DrawingRecord } from './result.ts'
import { clip, withoutBase64 } from './text.ts'
import { systemPrompt, type Protocol } from '../prompt.ts'

/**
 * System prompt, then user, assistant and tool messages in the journal's order; `fenced` uses no tool messages.
 * `urls`: the pictures of the journal's looks; without them the model is told that it sees none.
 */
export function buildMessages(journal: readonly Event[], protocol: Protocol, urls?: PictureUrls): Message[] {
  const draft: MessageDraft = {
    protocol,
    urls,
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
  const compacted = journal.findLast((event) => event.type === 'compacted')
  const from = compacted?.type === 'compacted' ? startWithDigest(draft, journal, compacted) : 0
  for (const event of journal.slice(from)) addEvent(draft, event)
  close(draft)
  return draft.messages
}

/** Starts with a digest of the events before `compacted.seq` and keeps the state that later events refer to. */
function startWithDigest(draft: MessageDraft, journal: readonly Event[], compacted: EventOf<'compacted'>): number {
  const older = journal.slice(0, compacted.seq)
  for (const event of older) {
    draft.versions.take(event)
    if (event.type === 'cell') draft.codes.set(event.cell, event.code)
  }
  const content = digests.get(compacted) ?? writeDigest(older, compacted.tokens ?? DIGEST_TOKENS)
  digests.set(compacted, content)
  draft.messages.push({ role: 'user', content })
  draft.messages.push({ role: 'assistant', content: 'I know what was done, and go on from there.' })
  return older.length
}

/** For events that lack `tokens`. */
const DIGEST_TOKENS = 4000
/** By compaction event: what precedes it never changes, and each step of a turn needs its digest several times. */
const digests = new WeakMap<Event, string>()

/** Whether the model needs to know of a notice: lost variables, a rebuilt sandbox, a file that was not fetched. */
function concernsModel(notice: EventOf<'notice'>): boolean {
  return /\b(?:variables|restarted|rebuilt)\b|^Not fetched/i.test(notice.text)
}

function addEvent(draft: MessageDraft, event: Event): void {
  draft.versions.take(event)
  if (event.type === 'notice') notice(draft, event)
  else if (event.type === 'restored') {
    // A restore of files alone needs no note.
    if (event.cells > 0 || event.missing.length > 0) note(draft, describeRestored(event))
  } else if (event.type === 'gone') draft.notes.push(describeGone(event))
  else if (event.type === 'undo') draft.notes.push(draft.versions.describe(event))
  else if (event.type === 'upload') draft.uploads.push(event)
  else if (event.type === 'plan') addPlan(draft, event.text)
  else if (event.type === 'ask') startRequest(draft, event)
  else if (event.type === 'cell') startCell(draft, event)
  else if (event.type === 'unreadable') addUnreadable(draft, event)
  else if (event.type === 'look') addLook(draft, event)
  else if (event.type === 'help') lookUp(draft, event)
  else if (event.type === 'drawing') startDrawing(draft, event)
  else if (event.type === 'message') answer(draft, event.text)
  else if (event.type === 'end') endTurn(draft, event)
  else if (draft.open?.type === 'cell') addToCell(draft.open.record, event)
  else if (draft.open?.type === 'drawing') addToDrawing(draft.open.record, event)
}

function notice(draft: MessageDraft, event: EventOf<'notice'>): void {
  if (!concernsModel(event)) return
  const text = clip(event.text, 600)
  if (draft.open?.type === 'cell') draft.open.record.notes.push(text)
  else if (draft.open?.type === 'ask') draft.open.text += `\n\nNote: ${text}`
  else draft.notes.push(text)
}

/** Into the result of the running cell, else into the next message. */
function note(draft: MessageDraft, text: string): void {
  const running = draft.open?.type === 'cell' && !draft.open.record.result ? draft.open.record : undefined
  const notes = running?.notes ?? draft.notes
  notes.push(text)
}

function addPlan(draft: MessageDraft, text: string): void {
  close(draft)
  if (text.trim() !== '') draft.plan.push(text.trim())
}

function startRequest(draft: MessageDraft, event: EventOf<'ask'>): void {
  close(draft)
  endWith(draft, draft.asked ? '(No answer: interrupted.)' : '(The person ran it.)')
  draft.asked = true
  // In the order in which the user attached them, so that "the first one" is right.
  const placeOf = ({ name }: { readonly name: string }): number => {
    const at = event.files.indexOf(name)
    return at < 0 ? event.files.length : at
  }
  const uploads = draft.uploads.toSorted((a, b) => placeOf(a) - placeOf(b))
  const fresh = uploads.map((upload) => describeUpload(upload.name, upload.card))
  const isFresh = (name: string): boolean => uploads.some((upload) => upload.name === name)
  const about = event.files.every(isFresh) ? [] : event.files
  const parts = [
    withoutBase64(event.text),
    fresh.length > 0 && `Files, now in /mnt/data:\n${fresh.join('\n')}`,
    about.length > 0 && `About: ${about.map((name) => JSON.stringify(name)).join(', ')}`,
    ...draft.notes.map((text) => `Note: ${text}`),
  ]
  const pictures = draft.uploads.some(isPicture)
  draft.uploads = []
  draft.notes = []
  draft.open = { type: 'ask', text: parts.filter(Boolean).join('\n\n'), looks: [], pictures }
}

/** Attached pictures are part of the request; those that the model asked for follow its call. */
function addLook(draft: MessageDraft, event: EventOf<'look'>): void {
  if (event.callId === undefined) {
    if (draft.open?.type === 'ask') draft.open.looks.push(event)
    return
  }
  close(draft, 'keep the plan')
  pushCall(draft, event.callId, callOfLook(event), lookResult(event, draft.urls !== undefined))
  const { text, parts } = partsOf([{ ...event, problems: [] }], draft.urls)
  if (parts.length > 0) draft.messages.push({ role: 'user', content: [{ type: 'text', text }, ...parts] })
}

function lookUp(draft: MessageDraft, event: EventOf<'help'>): void {
  close(draft, 'keep the plan')
  pushCall(draft, event.callId ?? 'help', callOfHelp(event), event.text)
}

function startDrawing(draft: MessageDraft, drawing: EventOf<'drawing'>): void {
  close(draft, 'keep the plan')
  draft.open = { type: 'drawing', record: { drawing, files: new Map(), drawn: undefined } }
}

function addToDrawing(record: DrawingRecord, event: Event): void {
  if (event.type === 'file') record.files.set(event.name, event)
  else if (event.type === 'drawn') record.drawn = event
}

function startCell(draft: MessageDraft, cell: EventOf<'cell'>): void {
  close(draft, 'keep the plan')
  if (!draft.asked && !isReplyOwed(draft)) draft.messages.push({ role: 'user', content: 'I run this cell myself.' })
  const before = cell.from && draft.codes.get(cell.from.cell)
  draft.codes.set(cell.cell, cell.code)
  const record = {
    cell,
    changed: before === undefined ? [] : describeChange(before, cell.code),
    prints: [],
    files: new Map(),
    removed: new Set<string>(),
    diagnostics: [],
    hints: [],
    notes: draft.notes.splice(0),
    result: undefined,
  }
  draft.open = { type: 'cell', record }
}

function addToCell(record: CellRecord, event: Event): void {
  if (event.type === 'print') record.prints.push(event)
  else if (event.type === 'file') record.files.set(event.name, event)
  else if (event.type === 'rejected') record.diagnostics.push(...event.diagnostics)
  else if (event.type === 'hints') record.hints.push(...event.diagnostics)
  else if (event.type === 'note') record.notes.push(clip(event.text, 400))
  else if (event.type === 'result') record.result = event
  else if (event.type === 'removed' && !record.files.delete(event.name)) record.removed.add(event.name)
}

function addUnreadable(draft: MessageDraft, event: EventOf<'unreadable'>): void {
  close(draft, 'keep the plan')
  pushCall(
    draft,
    event.callId,
    callOfUnreadable(event),
    `status: not run
${clip(event.problem, 1000)}`,
  )
}

function answer(draft: MessageDraft, text: string): void {
  close(draft, 'keep the plan')
  pushAssistant(draft, text)
}

function endTurn(draft: MessageDraft, event: EventOf<'end'>): void {
  close(draft)
  if (!draft.asked) return
  endWith(draft, `(No answer: ${event.status}.)`)
  draft.asked = false
}

/** Finishes the open call; a plan without a call becomes a message of its own. */
function close(draft: MessageDraft, plan: 'flush' | 'keep the plan' = 'flush'): void {
  const open = draft.open
  draft.open = undefined
  if (open?.type === 'ask') pushRequest(draft, open.text, open.looks, open.pictures)
  if (open?.type === 'drawing') {
    const { drawing } = open.record
    pushCall(draft, drawing.callId ?? 'drawing', callOfDrawing(drawing), describeDrawing(open.record))
    return
  }
  if (open?.type === 'cell') {
    const { cell } = open.record
    const id = cell.callId || `cell${String(cell.cell).padStart(5, '0')}`
    pushCall(draft, id, callOfCell(cell), describeResult(open.record))
  } else if (plan === 'flush' && draft.plan.length > 0) pushAssistant(draft, '')
}
