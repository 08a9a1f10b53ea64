// The journal -> the body of one Chat Completions request, without what the endpoint has refused to take.
import type OpenAI from 'openai'
import type { Event } from '../../../sessions/event.ts'
import { buildMessages } from '../messages/messages.ts'
import type { Capability, Sent } from './capabilities.ts'
import type { PictureUrls } from '../messages/picture.ts'
import type { Protocol } from '../prompt.ts'
import { toolsFor } from '../tools.ts'

/** With `stream: false` the answer comes whole. */
export type ChatRequest = OpenAI.ChatCompletionCreateParams

/** How a model that has taught `learnt` is told of tools. */
export function protocolOf(learnt: ReadonlySet<Capability>): Protocol {
  return learnt.has('no tools') ? 'fenced' : 'tools'
}

/** What can be given to a model beside words and cells. */
export interface Gifts {
  /** Pictures of the journal's looks; undefined: it is shown none. */
  readonly urls: PictureUrls
  /** Its endpoint makes pictures. */
  readonly draws: boolean
}

export function buildRequest(
  model: string,
  journal: readonly Event[],
  learnt: ReadonlySet<Capability>,
  gifts: Gifts,
): ChatRequest {
  const urls = learnt.has('no pictures')
    ? undefined
    : learnt.has('one picture')
      ? newest(journal, gifts.urls)
      : gifts.urls
  const protocol = protocolOf(learnt)
  const fenced = protocol === 'fenced'
  const stream = !learnt.has('no stream')
  return {
    model,
    messages: buildMessages(journal, protocol, urls),
    stream,
    ...(fenced ? {} : { tools: toolsFor({ sees: urls !== undefined, draws: gifts.draws }) }),
    ...(!stream || learnt.has('no usage') ? {} : { stream_options: { include_usage: true } }),
    ...(!fenced && learnt.has('effort none') && !learnt.has('no effort') ? { reasoning_effort: 'none' } : {}),
  }
}

/** The one picture that was looked at last. */
function newest(journal: readonly Event[], urls: PictureUrls): PictureUrls {
  const pictures = journal.flatMap((event) => (event.type === 'look' ? event.pictures : []))
  const last = pictures.findLast(({ hash }) => urls?.has(hash))
  return urls && new Map([...urls].filter(([hash]) => hash === last?.hash))
}

/** What of it an endpoint may refuse. */
export function sentIn({ messages, tools, stream }: ChatRequest): Sent {
  const pictures = messages.some(({ content }) => {
    return Array.isArray(content) && content.some((part) => part.type === 'image_url')
  })
  return { tools: tools !== undefined, pictures, stream: stream === true }
}

/** What is left where the lesson did not help. */
const HARDER: Partial<Record<Capability, Capability>> = { 'effort none': 'no tools', 'one picture': 'no pictures' }

/** What the refusal taught; undefined: nothing new. */
export function learn(learnt: Set<Capability>, capability: Capability): Capability | undefined {
  const next = learnt.has(capability) ? (HARDER[capability] ?? capability) : capability
  if (learnt.has(next)) return undefined
  learnt.add(next)
  return next
}
