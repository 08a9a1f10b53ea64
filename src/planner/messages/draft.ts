// The message list under construction: keeps roles in order, pairs calls with results, joins plans to their calls.
import type OpenAI from 'openai'
import type { EventOf } from '../../../sessions/event.ts'
import type { ShownCall } from './call.ts'
import type { Versions } from './note.ts'
import { partsOf, type PictureUrls } from './picture.ts'
import type { CellRecord, DrawingRecord } from './result.ts'
import type { Protocol } from '../prompt.ts'

export type Message = OpenAI.ChatCompletionMessageParam

export interface MessageDraft {
  readonly protocol: Protocol
  readonly urls: PictureUrls
  readonly messages: Message[]
  /** The model's text, held until the cell or answer that it belongs to. */
  plan: string[]
  uploads: EventOf<'upload'>[]
  /** Notes for the next message to the model; earlier messages never change. */
  notes: string[]
  readonly versions: Versions
  /** Code by cell number, so that an edit's result can quote the changed lines. */
  readonly codes: Map<number, string>
  /** True between a request and its end; a cell outside of that was run by the user. */
  asked: boolean
  open:
    | { type: 'ask'; text: string; looks: EventOf<'look'>[]; pictures: boolean }
    | { type: 'cell'; record: CellRecord }
    | { type: 'drawing'; record: DrawingRecord }
    | undefined
  callIds: Set<string>
}

/** Adds text and pictures as one message. `pictures`: some were attached, whether or not they were looked at. */
export function pushRequest(
  { messages, urls }: MessageDraft,
  request: string,
  looks: readonly EventOf<'look'>[],
  pictures: boolean,
): void {
  const shown = partsOf(looks, urls, pictures)
  const text = [request, shown.text].filter(Boolean).join('\n\n')
  const content = shown.parts.length > 0 ? [{ type: 'text' as const, text }, ...shown.parts] : text
  messages.push({ role: 'user', content })
}

export function pushCall(draft: MessageDraft, id: string, { name, args, fenced }: ShownCall, result: string): void {
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

export function pushAssistant(draft: MessageDraft, text: string): void {
  const content = [...draft.plan, text].filter(Boolean).join('\n\n')
  draft.plan = []
  draft.messages.push({ role: 'assistant', content })
}

/** Some endpoints restart their call ids with each answer; strict ones reject a repeated id. */
function ownId(taken: Set<string>, id: string): string {
  let own = id
  for (let n = 2; taken.has(own); n++) own = `${id}-${n}`
  taken.add(own)
  return own
}

/** Whether the model owes a reply: its message must come before the user's next one. */
export function isReplyOwed({ messages }: MessageDraft): boolean {
  const last = messages.at(-1)?.role
  return last === 'tool' || last === 'user'
}

export function endWith(draft: MessageDraft, text: string): void {
  if (isReplyOwed(draft)) pushAssistant(draft, text)
}
