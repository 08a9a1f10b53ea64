// Builds the body of a Chat Completions request from the journal, without the features that the endpoint refused.
import type OpenAI from 'openai'
import type { Event } from '../../../sessions/event.ts'
import { buildMessages } from '../messages/messages.ts'
import type { UnsupportedFeature, SentFeatures } from './unsupported-features.ts'
import type { PictureUrls } from '../messages/picture.ts'
import type { Protocol } from '../prompt.ts'
import { toolsFor } from '../tools.ts'

export type ChatRequest = OpenAI.ChatCompletionCreateParams

/** How tools are presented to a model with these refusals. */
export function protocolOf(learnt: ReadonlySet<UnsupportedFeature>): Protocol {
  return learnt.has('no tools') ? 'fenced' : 'tools'
}

/** What the model can be given besides text and tools. */
export interface RequestExtras {
  /** The pictures of the journal's looks; undefined: none are shown. */
  readonly urls: PictureUrls
  /** Whether its endpoint generates pictures. */
  readonly draws: boolean
}

export function buildRequest(
  model: string,
  journal: readonly Event[],
  learnt: ReadonlySet<UnsupportedFeature>,
  gifts: RequestExtras,
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

/** Only the picture that was looked at last. */
function newest(journal: readonly Event[], urls: PictureUrls): PictureUrls {
  const pictures = journal.flatMap((event) => (event.type === 'look' ? event.pictures : []))
  const last = pictures.findLast(({ hash }) => urls?.has(hash))
  return urls && new Map([...urls].filter(([hash]) => hash === last?.hash))
}

/** The features of a request that an endpoint may refuse. */
export function sentFeatures({ messages, tools, stream }: ChatRequest): SentFeatures {
  const pictures = messages.some(({ content }) => {
    return Array.isArray(content) && content.some((part) => part.type === 'image_url')
  })
  return { tools: tools !== undefined, pictures, stream: stream === true }
}

/** What to leave out next if the first restriction did not help. */
const STRICTER: Partial<Record<UnsupportedFeature, UnsupportedFeature>> = {
  'effort none': 'no tools',
  'one picture': 'no pictures',
}

/** Adds the refused capability and returns it; undefined if nothing new was learnt. */
export function addCapability(
  learnt: Set<UnsupportedFeature>,
  capability: UnsupportedFeature,
): UnsupportedFeature | undefined {
  const next = learnt.has(capability) ? (STRICTER[capability] ?? capability) : capability
  if (learnt.has(next)) return undefined
  learnt.add(next)
  return next
}
